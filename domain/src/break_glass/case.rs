//! The case: what was declared beside everything that was done. A verdict is signed on exactly this.

use serde::{Deserialize, Serialize};

use super::{Account, Review};
use crate::{
    access::Actor,
    audit::{Entry, EntryAction, EntryFilter, EntryOutcome},
    canonical::{Digest, NotCanonical},
    console::Console,
    page::{MAX_LIMIT, PageRequest},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};

/// The most entries that a case shows.
pub const MOST_DEEDS: usize = 1000;

/// What a reviewer sees of a session that closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// What the session's signatures commit to: with it, everything that was declared.
    pub session: Digest,
    /// When it closed.
    pub closed_at: Timestamp,
    /// What the person says of it.
    pub account: Option<Account>,
    /// What was done, as far as this console knows, in order.
    pub deeds: Vec<Entry>,
    /// Whether more was done than is shown.
    pub is_cut: bool,
}

impl Case {
    /// SHA-256 over its canonical JSON, marked `sekisho/review/v1`.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        #[derive(Serialize)]
        struct Versioned<'a> {
            r#type: &'static str,
            #[serde(flatten)]
            case: &'a Case,
        }
        Digest::of_canonical(&Versioned { r#type: "sekisho/review/v1", case: self })
    }
}

impl Console {
    /// The case of a session that closed, as this person may see it.
    pub(super) async fn case(&self, actor: &Actor, review: &Review) -> Result<Case, Problem> {
        let due = review.state.due().ok_or_else(|| {
            Problem::from(ProblemCode::WrongState).with("state", review.state.name())
        })?;
        let (deeds, is_cut) = self.deeds(actor, review, due.closed_at).await?;
        Ok(Case {
            session: review.digest,
            closed_at: due.closed_at,
            account: review.account.clone(),
            deeds,
            is_cut,
        })
    }

    /// What was done in a session, from its beginning; not what belongs to its review, nor what somebody tried in vain
    /// after its end: that would keep moving what a verdict is signed on.
    async fn deeds(
        &self,
        actor: &Actor,
        review: &Review,
        closed_at: Timestamp,
    ) -> Result<(Vec<Entry>, bool), Problem> {
        let is_deed = |it: &Entry| {
            let in_vain = it.outcome == EntryOutcome::Refused && it.at > closed_at;
            it.action != EntryAction::Review && !in_vain
        };
        let (mut deeds, mut is_cut) = (Vec::new(), false);
        for session in review.sessions() {
            let filter = EntryFilter { grant: Some(session), ..EntryFilter::default() };
            let mut page = PageRequest { cursor: None, limit: Some(MAX_LIMIT) };
            loop {
                let next = self.ports.entries.entries(&filter, &page).await?;
                deeds.extend(next.items.into_iter().filter(is_deed));
                deeds.sort_by_key(|deed: &Entry| deed.sequence);
                if deeds.len() > MOST_DEEDS {
                    is_cut = true;
                    deeds.truncate(MOST_DEEDS);
                }
                page.cursor = next.next;
                if page.cursor.is_none() {
                    break;
                }
            }
        }
        Ok((self.as_told(actor, deeds).await, is_cut))
    }
}
