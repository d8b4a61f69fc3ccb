//! The case of a recovery: everything that was done until the person came in again. A verdict is signed on exactly this.

use serde::{Deserialize, Serialize};

use super::Recovery;
use crate::{
    audit::{Entry, EntryAction, EntryFilter, EntryOutcome},
    canonical::{Digest, NotCanonical},
    console::Console,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};

/// What a reviewer sees of a recovery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCase {
    /// What its signatures commit to.
    pub recovery: Digest,
    /// When the person came in again.
    pub enrolled_at: Timestamp,
    /// What was done, in order.
    pub deeds: Vec<Entry>,
}

impl RecoveryCase {
    /// SHA-256 over its canonical JSON, marked `sekisho/recovery-case/v1`.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        #[derive(Serialize)]
        struct Versioned<'a> {
            r#type: &'static str,
            #[serde(flatten)]
            case: &'a RecoveryCase,
        }
        Digest::of_canonical(&Versioned { r#type: "sekisho/recovery-case/v1", case: self })
    }
}

impl Console {
    /// The case of a recovery by which the person came in.
    pub(super) async fn recovery_case(&self, recovery: &Recovery) -> Result<RecoveryCase, Problem> {
        let enrolment = recovery.state.enrolment().ok_or_else(|| {
            Problem::from(ProblemCode::WrongState).with("state", recovery.state.name())
        })?;
        let deeds = self.deeds_of_recovery(recovery, enrolment.at).await?;
        Ok(RecoveryCase { recovery: recovery.digest, enrolled_at: enrolment.at, deeds })
    }

    /// What was done until then; not what belongs to the review, nor what somebody tried in vain afterwards: that would keep
    /// moving what a verdict is signed on.
    async fn deeds_of_recovery(
        &self,
        recovery: &Recovery,
        until: Timestamp,
    ) -> Result<Vec<Entry>, Problem> {
        let id = recovery.body.id.to_string();
        let is_deed = |it: &Entry| {
            let is_its_own = it.detail.get("recovery").and_then(|it| it.as_str()) == Some(&id);
            let in_vain = it.outcome == EntryOutcome::Refused && it.at >= until;
            is_its_own && !in_vain && !REVIEWING.contains(&it.outcome)
        };
        let filter = EntryFilter {
            action: Some(EntryAction::Recovery),
            from: Some(recovery.body.created_at),
            ..EntryFilter::default()
        };
        let mut deeds = self.all_entries(&filter).await?;
        deeds.retain(is_deed);
        // The newest come first.
        deeds.reverse();
        Ok(deeds)
    }
}

/// What is written down of the review.
const REVIEWING: [EntryOutcome; 4] =
    [EntryOutcome::Assigned, EntryOutcome::Reminded, EntryOutcome::Escalated, EntryOutcome::Judged];
