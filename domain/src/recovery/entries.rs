//! What the audit log is told about recoveries.

use super::Recovery;
use crate::{
    access::Actor,
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    names::Login,
    time::Timestamp,
};

impl Recovery {
    /// An entry about this recovery by a person.
    pub(crate) fn entry(&self, at: Timestamp, actor: &Login, outcome: EntryOutcome) -> EntryDraft {
        EntryDraft { actor: Some(actor.clone()), ..self.entry_by_itself(at, outcome) }
    }

    /// An entry about what happened to this recovery by itself.
    #[must_use]
    pub fn entry_by_itself(&self, at: Timestamp, outcome: EntryOutcome) -> EntryDraft {
        self.named_in(EntryDraft::new(at, None, EntryAction::Recovery, outcome))
    }

    fn named_in(&self, draft: EntryDraft) -> EntryDraft {
        draft
            .with("recovery", self.body.id.to_string())
            .with("digest", self.digest.to_string())
            .with("person", self.body.person.as_str())
    }
}

impl Console {
    /// An entry that tells that a person was refused something about a recovery now.
    pub(super) fn refused_recovery(&self, actor: &Actor, recovery: &Recovery) -> EntryDraft {
        recovery.named_in(self.refusal(actor, EntryAction::Recovery))
    }
}
