//! Signing that somebody is recovered, and refusing it.

use std::collections::BTreeSet;

use super::{Part, Recovery, RecoveryChange, RecoveryState, RecoveryView, Signature};
use crate::{
    access::Actor,
    actions,
    approvals::{Decided, Decision, Purpose},
    audit::EntryOutcome,
    canonical::Digest,
    console::Console,
    identity::{BegunStepUp, CeremonyId, StepUpWish},
    ids::RecoveryId,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// The challenge of a decision about a recovery.
    pub async fn recovery_signature_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: RecoveryId,
        decision: Decision,
        comment: Option<&str>,
    ) -> Result<BegunStepUp, Problem> {
        let recovery = self.visible_recovery(actor, id).await?;
        let about = self.refused_recovery(actor, &recovery);
        let options = self.try_recovery_options(actor, browser, &recovery, decision, comment).await;
        self.note_if_refused(about, options).await
    }

    async fn try_recovery_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        recovery: &Recovery,
        decision: Decision,
        comment: Option<&str>,
    ) -> Result<BegunStepUp, Problem> {
        self.check_may_sign(actor, recovery, decision).await?;
        let wish = StepUpWish {
            purpose: Purpose::Recovery,
            decision,
            digest: recovery.digest,
            preview: None,
            cluster_uid: None,
            comment_hash: comment.map(|comment| Digest::of(comment.as_bytes())),
        };
        self.begin_step_up(actor, browser, wish).await
    }

    /// Takes somebody's signed decision about the recovery of another.
    pub async fn decide_recovery(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: RecoveryId,
        decided: Decided,
    ) -> Result<RecoveryView, Problem> {
        let recovery = self.visible_recovery(actor, id).await?;
        let about = self.refused_recovery(actor, &recovery);
        let result = self.try_decide_recovery(actor, browser, recovery, decided).await;
        self.note_if_refused(about, result).await
    }

    async fn try_decide_recovery(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        recovery: Recovery,
        decided: Decided,
    ) -> Result<RecoveryView, Problem> {
        let policy = self.policy();
        let Decided { decision, credential, comment } = decided;
        let reason = comment.as_deref().unwrap_or_default().trim();
        if decision == Decision::Deny && reason.is_empty() {
            return Err(ProblemCode::ReasonMissing.into());
        }
        let parts = self.check_may_sign(actor, &recovery, decision).await?;
        let touch = self.finish_step_up(actor, browser, &credential).await?;
        let signed =
            self.signed_about(Purpose::Recovery, decision, recovery.digest, touch, comment)?;
        let (evidence, now) = (signed.clone(), self.now());
        let nonce = Some(signed.commitment.nonce);
        let (recovery, outcome, decided) = match decision {
            Decision::Approve => (
                recovery.sign(Signature { parts: parts.clone(), signed }, now)?,
                EntryOutcome::Approved,
                actions::Decided::agreeing(&policy, actor, nonce),
            ),
            _ => (
                recovery.deny(signed, now)?,
                EntryOutcome::Denied,
                actions::Decided::under(&policy, actor, nonce),
            ),
        };
        let entry = recovery
            .entry(now, actor.login(), outcome)
            .with_json("parts", &parts)
            .with_json("signature", &evidence);
        let decided = Some(decided);
        let change = RecoveryChange { decided, ..RecoveryChange::of(recovery.clone(), entry) };
        self.ports.recoveries.commit_recovery(change).await?;
        Ok(self.recovery_view(actor, recovery).await)
    }

    /// As what the person may decide so now; says early what the transition would say late.
    pub(super) async fn check_may_sign(
        &self,
        actor: &Actor,
        recovery: &Recovery,
        decision: Decision,
    ) -> Result<BTreeSet<Part>, Problem> {
        if *actor.login() == recovery.body.person {
            return Err(ProblemCode::OwnRequest.into());
        }
        let wrong_state =
            || Problem::from(ProblemCode::WrongState).with("state", recovery.state.name());
        let first = match (decision, &recovery.state) {
            (Decision::Approve, RecoveryState::Pending(first)) => first.as_deref(),
            (Decision::Deny, RecoveryState::Pending(_) | RecoveryState::Approved(_)) => None,
            (Decision::Approve | Decision::Deny, _) => return Err(wrong_state()),
            _ => return Err(Problem::malformed("decision", "approve or deny")),
        };
        if recovery.ends_at().is_some_and(|end| self.now() >= end) {
            return Err(ProblemCode::RequestExpired.into());
        }
        let parts = self.policy().parts_of(actor.person(), &recovery.body.person);
        if parts.is_empty() {
            return Err(Problem::from(ProblemCode::Refused)
                .with("act", "recover")
                .with("rule", "neither-admin-nor-team-mate"));
        }
        if let Some(first) = first {
            if first.person() == actor.login() {
                return Err(ProblemCode::DecidedTwice.into());
            }
            if !Part::are_both(&first.parts, &parts) {
                return Err(Problem::from(ProblemCode::OtherApproverNeeded)
                    .with("from", Part::list(&Part::missing_beside(&first.parts))));
            }
        }
        if decision == Decision::Approve {
            self.check_may_agree(actor).await?;
        }
        Ok(parts)
    }
}
