//! Judging a recovery: a signed verdict on its case, by somebody of security who was no part of it.

use super::{Recovery, RecoveryChange, RecoveryState, RecoveryView};
use crate::{
    access::{Act, Actor, Resource, authorise},
    actions::Decided,
    approvals::Purpose,
    audit::EntryOutcome,
    break_glass::{Judged, Verdict},
    canonical::Digest,
    console::Console,
    identity::{BegunStepUp, CeremonyId, StepUpWish},
    ids::RecoveryId,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// The challenge of a verdict on the case of a recovery.
    pub async fn recovery_verdict_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: RecoveryId,
        verdict: Verdict,
        comment: Option<&str>,
    ) -> Result<BegunStepUp, Problem> {
        let recovery = self.visible_recovery(actor, id).await?;
        let about = self.refused_recovery(actor, &recovery);
        let options =
            self.try_recovery_verdict_options(actor, browser, &recovery, verdict, comment).await;
        self.note_if_refused(about, options).await
    }

    async fn try_recovery_verdict_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        recovery: &Recovery,
        verdict: Verdict,
        comment: Option<&str>,
    ) -> Result<BegunStepUp, Problem> {
        self.check_may_judge_recovery(actor, recovery).await?;
        let wish = StepUpWish {
            purpose: Purpose::Review,
            decision: verdict.decision(),
            digest: self.recovery_case(recovery).await?.digest()?,
            preview: None,
            cluster_uid: None,
            comment_hash: comment.map(|comment| Digest::of(comment.as_bytes())),
        };
        self.begin_step_up(actor, browser, wish).await
    }

    /// Takes a reviewer's signed verdict on a recovery.
    pub async fn judge_recovery(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: RecoveryId,
        judged: Judged,
    ) -> Result<RecoveryView, Problem> {
        let recovery = self.visible_recovery(actor, id).await?;
        let about = self.refused_recovery(actor, &recovery);
        let result = self.try_judge_recovery(actor, browser, recovery, judged).await;
        self.note_if_refused(about, result).await
    }

    async fn try_judge_recovery(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        recovery: Recovery,
        judged: Judged,
    ) -> Result<RecoveryView, Problem> {
        let policy = self.policy();
        let comment = judged.comment.as_deref().unwrap_or_default().trim();
        if judged.verdict != Verdict::Justified && comment.is_empty() {
            return Err(ProblemCode::ReasonMissing.into());
        }
        self.check_may_judge_recovery(actor, &recovery).await?;
        let touch = self.finish_step_up(actor, browser, &judged.credential).await?;
        let judged_on = self.recovery_case(&recovery).await?;
        let (case, decision) = (judged_on.digest()?, judged.verdict.decision());
        if touch.commitment.digest != case {
            // Something was done since they looked: that is not what they judged.
            return Err(ProblemCode::Conflict.into());
        }
        let signed = self.signed_about(Purpose::Review, decision, case, touch, judged.comment)?;
        let (evidence, now) = (signed.clone(), self.now());
        let nonce = Some(signed.commitment.nonce);
        let recovery = recovery.judge(signed, case)?;
        let entry = recovery
            .entry(now, actor.login(), EntryOutcome::Judged)
            .with_json("verdict", &judged.verdict)
            .with("case", case.to_string())
            .with("deeds", judged_on.deeds.iter().map(|deed| deed.sequence).collect::<Vec<_>>())
            .with_json("signature", &evidence);
        let decided = Some(Decided::agreeing(&policy, actor, nonce));
        let change = RecoveryChange { decided, ..RecoveryChange::of(recovery.clone(), entry) };
        self.ports.recoveries.commit_recovery(change).await?;
        Ok(self.recovery_view(actor, recovery).await)
    }

    pub(super) async fn check_may_judge_recovery(
        &self,
        actor: &Actor,
        recovery: &Recovery,
    ) -> Result<(), Problem> {
        if recovery.involves(actor.login()) {
            return Err(ProblemCode::Involved.into());
        }
        authorise(&self.policy(), actor, Act::ReadHistory, &Resource::Console)?;
        if !matches!(recovery.state, RecoveryState::Enrolled { .. }) {
            return Err(Problem::from(ProblemCode::WrongState).with("state", recovery.state.name()));
        }
        self.check_may_agree(actor).await
    }
}
