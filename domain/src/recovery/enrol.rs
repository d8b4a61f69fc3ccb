//! Coming in again by the link of a recovery: one new passkey in the place of all others.

use super::{ComingBack, Recovery, RecoveryChange};
use crate::{
    actions::Decided,
    audit::EntryOutcome,
    console::Console,
    identity::{Passkey, Session},
    ids::UserHandle,
    names::Login,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// Refuses a link on the word of people who might not sign any more. Answers who they are.
    pub(crate) async fn check_lets_in(&self, recovery: &Recovery) -> Result<Vec<Login>, Problem> {
        let agreement = recovery.state.agreement().ok_or(ProblemCode::LinkInvalid)?;
        self.check_still_agreed(&self.policy(), &recovery.body.person, agreement).await
    }

    /// Enrols the new passkey of a recovery, removes all others, and opens the one session that the person has then.
    pub(crate) async fn come_back(
        &self,
        recovery: Recovery,
        handle: UserHandle,
        passkey: Passkey,
        session: Session,
    ) -> Result<(), Problem> {
        let policy = self.policy();
        let counted_on = self.check_lets_in(&recovery).await?;
        let before = self.ports.identity.passkeys(&recovery.body.person).await?;
        let removed: Vec<_> = before.into_iter().map(|passkey| passkey.id).collect();
        let reviewer = self.recovery_reviewers(&policy, &recovery).await?.into_iter().next();
        let (now, within) = (session.created_at, policy.policy.review_within());
        let recovery =
            recovery.enrol(passkey.id.clone(), removed.clone(), within, reviewer, now)?;
        let entry = recovery
            .entry(now, &recovery.body.person, EntryOutcome::Enrolled)
            .with("credential", passkey.id.0.as_str())
            .with("label", passkey.label.as_str())
            .with("session", session.id.to_string())
            .with_json("removed", &removed)
            .with_json("due", &recovery.state.due());
        let decided = Decided { counted_on, ..Decided::by(&policy, &recovery.body.person, None) };
        let decided = Some(decided);
        let change = RecoveryChange { decided, ..RecoveryChange::of(recovery, entry) };
        let back = ComingBack { change, passkey, handle, session };
        self.ports.recoveries.come_back(back).await?;
        Ok(())
    }
}
