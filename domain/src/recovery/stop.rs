//! Stopping a recovery, with one click and no touch: whoever is to be recovered must not need a passkey for that.

use super::{Recovery, RecoveryChange, RecoveryView};
use crate::{
    access::Actor,
    actions::CommitError,
    audit::EntryOutcome,
    console::Console,
    ids::RecoveryId,
    problem::{Problem, ProblemCode},
};

/// How often it is tried anew where somebody else moved the recovery at the same moment: nobody may outrun a stop.
const TRIES: usize = 8;

impl Console {
    /// Stops a recovery: by the person, by whoever asked, or by whoever manages people. Depends on no valid policy.
    pub async fn stop_recovery(
        &self,
        actor: &Actor,
        id: RecoveryId,
    ) -> Result<RecoveryView, Problem> {
        for _ in 0..TRIES {
            let recovery = self.visible_recovery(actor, id).await?;
            if !self.may_stop(actor, &recovery) {
                let about = self.refused_recovery(actor, &recovery);
                let refused = Problem::from(ProblemCode::Refused)
                    .with("act", "stop")
                    .with("rule", "the-person-whoever-asked-or-an-admin");
                return self.note_if_refused(about, Err(refused)).await;
            }
            let now = self.now();
            let recovery = recovery.stop(Some(actor.login()), now)?;
            let entry = recovery.entry(now, actor.login(), EntryOutcome::Withdrawn);
            let change = RecoveryChange::of(recovery.clone(), entry);
            match self.ports.recoveries.commit_recovery(change).await {
                Ok(_) => return Ok(self.recovery_view(actor, recovery).await),
                Err(CommitError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ProblemCode::Conflict.into())
    }

    pub(super) fn may_stop(&self, actor: &Actor, recovery: &Recovery) -> bool {
        [&recovery.body.person, &recovery.body.asked_by].contains(&actor.login())
            || self.may_manage(actor).is_ok()
    }
}
