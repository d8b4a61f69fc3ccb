//! What happens to recoveries by themselves: they run out of time, and their verdicts are asked for until somebody gives one.

use super::{Recovery, RecoveryChange, RecoveryFilter, RecoveryStateName};
use crate::{
    actions::CommitError,
    audit::EntryOutcome,
    break_glass::{Due, Nudge},
    console::Console,
    problem::Problem,
    tally::Tally,
};

impl Console {
    /// Ends recoveries that ran out of time. Answers how many; one that cannot be ended keeps no other.
    pub async fn expire_recoveries(&self) -> Result<usize, Problem> {
        let under_way =
            RecoveryFilter { states: RecoveryStateName::UNDER_WAY.to_vec(), person: None };
        let mut tally = Tally::default();
        for recovery in self.all_recoveries(&under_way).await? {
            let now = self.now();
            let Ok(recovery) = recovery.expire(now) else { continue };
            let entry = recovery.entry_by_itself(now, EntryOutcome::Expired);
            let change = RecoveryChange::of(recovery, entry);
            tally.add(self.commit_recovery_if_first(change).await);
        }
        tally.finish()
    }

    /// Reminds whoever is to judge a recovery, asks somebody else where they are gone, and escalates what is late. Answers
    /// how many moved; one that cannot be moved keeps no other.
    pub async fn chase_recoveries(&self) -> Result<usize, Problem> {
        // Who may judge goes by the policy in force: a replica that holds another one would ask others over and over.
        if !self.holds_policy_in_force().await? {
            return Ok(0);
        }
        let mut tally = Tally::default();
        for recovery in self.recoveries_that_are(RecoveryStateName::Enrolled).await? {
            tally.add(self.chase_recovery(recovery).await);
        }
        tally.finish()
    }

    async fn chase_recovery(&self, recovery: Recovery) -> Result<bool, Problem> {
        let Some(due) = recovery.state.due().cloned() else { return Ok(false) };
        let now = self.now();
        let reviewers = self.recovery_reviewers(&self.policy(), &recovery).await?;
        let is_there = due.reviewer.as_ref().is_some_and(|asked| reviewers.contains(asked));
        let next = reviewers.into_iter().next();
        let (recovery, outcome) = if !is_there && next != due.reviewer {
            (recovery.follow(|due| Due { reviewer: next, ..due })?, EntryOutcome::Assigned)
        } else {
            match due.nudge(now) {
                None => return Ok(false),
                Some(Nudge::Remind) => {
                    let reminded = |due| Due { reminded_at: Some(now), ..due };
                    (recovery.follow(reminded)?, EntryOutcome::Reminded)
                }
                Some(Nudge::Escalate) => {
                    let escalated = |due| Due { escalated_at: Some(now), ..due };
                    (recovery.follow(escalated)?, EntryOutcome::Escalated)
                }
            }
        };
        let entry = recovery.entry_by_itself(now, outcome).with_json("due", &recovery.state.due());
        self.commit_recovery_if_first(RecoveryChange::of(recovery, entry)).await
    }

    /// Commits a change unless another replica, or a person, was first.
    async fn commit_recovery_if_first(&self, change: RecoveryChange) -> Result<bool, Problem> {
        match self.ports.recoveries.commit_recovery(change).await {
            Ok(_) => Ok(true),
            Err(CommitError::Conflict) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}
