//! What the audit log is told about sessions and their reviews.

use super::Review;
use crate::{
    audit::{EntryAction, EntryDraft, EntryOutcome},
    names::Login,
    time::Timestamp,
};

impl Review {
    /// An entry about this review by a person.
    pub(crate) fn entry(&self, at: Timestamp, actor: &Login, outcome: EntryOutcome) -> EntryDraft {
        EntryDraft { actor: Some(actor.clone()), ..self.entry_by_itself(at, outcome) }
    }

    /// An entry about what happened to this review by itself.
    #[must_use]
    pub fn entry_by_itself(&self, at: Timestamp, outcome: EntryOutcome) -> EntryDraft {
        let draft = EntryDraft::new(at, None, EntryAction::Review, outcome);
        EntryDraft { tenant: Some(self.tenant.clone()), grant: Some(self.session), ..draft }
            .with("digest", self.digest.to_string())
            .with("person", self.person.as_str())
    }
}
