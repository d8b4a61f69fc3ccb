//! Judging a session: a signed verdict on its case, by somebody who was no part of it.

use serde::{Deserialize, Serialize};
use webauthn_rs_proto::PublicKeyCredential;

use super::{CaseView, Review, ReviewChange, ReviewStateName, case::Case};
use crate::{
    access::{Act, Actor, authorise},
    actions::Decided,
    approvals::{Decision, Purpose},
    audit::{EntryAction, EntryDraft, EntryOutcome},
    canonical::Digest,
    console::Console,
    identity::{BegunStepUp, CeremonyId, StepUpWish},
    ids::GrantId,
    problem::{Problem, ProblemCode},
};

/// What a reviewer finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It was right.
    Justified,
    /// It was right, and something is to be done about what made it necessary.
    JustifiedWithFollowUps,
    /// It was not right.
    Unjustified,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Justified, Self::JustifiedWithFollowUps, Self::Unjustified];

    /// The decision that is signed.
    #[must_use]
    pub const fn decision(self) -> Decision {
        match self {
            Self::Justified => Decision::Justified,
            Self::JustifiedWithFollowUps => Decision::JustifiedWithFollowUps,
            Self::Unjustified => Decision::Unjustified,
        }
    }

    /// The verdict that a decision is, if it is one.
    #[must_use]
    pub fn of(decision: Decision) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.decision() == decision)
    }
}

/// A verdict, as it comes in.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// The touch.
    pub credential: PublicKeyCredential,
    /// What the reviewer wrote.
    pub comment: Option<String>,
}

impl Console {
    /// The challenge of a verdict on the case as it is now.
    pub async fn verdict_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: GrantId,
        verdict: Verdict,
        comment: Option<&str>,
    ) -> Result<BegunStepUp, Problem> {
        let review = self.visible_review(actor, id).await?;
        let about = self.refused_verdict(actor, &review);
        let options = self.try_verdict_options(actor, browser, &review, verdict, comment).await;
        self.note_if_refused(about, options).await
    }

    async fn try_verdict_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        review: &Review,
        verdict: Verdict,
        comment: Option<&str>,
    ) -> Result<BegunStepUp, Problem> {
        self.check_may_judge(actor, review).await?;
        let wish = StepUpWish {
            purpose: Purpose::Review,
            decision: verdict.decision(),
            digest: digest(&self.case(actor, review).await?)?,
            preview: None,
            cluster_uid: None,
            comment_hash: comment.map(|comment| Digest::of(comment.as_bytes())),
        };
        self.begin_step_up(actor, browser, wish).await
    }

    /// Takes a reviewer's signed verdict.
    pub async fn judge(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: GrantId,
        judged: Judged,
    ) -> Result<CaseView, Problem> {
        let review = self.visible_review(actor, id).await?;
        let about = self.refused_verdict(actor, &review);
        let result = self.try_judge(actor, browser, review, judged).await;
        self.note_if_refused(about, result).await
    }

    async fn try_judge(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        review: Review,
        judged: Judged,
    ) -> Result<CaseView, Problem> {
        let policy = self.policy();
        let comment = judged.comment.as_deref().unwrap_or_default().trim();
        if judged.verdict != Verdict::Justified && comment.is_empty() {
            return Err(ProblemCode::ReasonMissing.into());
        }
        self.check_may_judge(actor, &review).await?;
        let touch = self.finish_step_up(actor, browser, &judged.credential).await?;
        let judged_on = self.case(actor, &review).await?;
        let case = digest(&judged_on)?;
        if touch.commitment.digest != case {
            // Something was done or said since they looked: that is not what they judged.
            return Err(ProblemCode::Conflict.into());
        }
        let decision = judged.verdict.decision();
        let signed = self.signed_about(Purpose::Review, decision, case, touch, judged.comment)?;
        let (evidence, now) = (signed.clone(), self.now());
        let nonce = Some(signed.commitment.nonce);
        let review = review.judge(signed, case)?;
        let entry = review
            .entry(now, actor.login(), EntryOutcome::Judged)
            .with_json("verdict", &judged.verdict)
            .with("case", case.to_string())
            .with("deeds", judged_on.deeds.iter().map(|deed| deed.sequence).collect::<Vec<_>>())
            .with("is_cut", judged_on.is_cut)
            .with_json("account", &judged_on.account)
            .with_json("signature", &evidence);
        let decided = Some(Decided::agreeing(&policy, actor, nonce));
        let change = ReviewChange { decided, ..ReviewChange::of(review.clone(), entry) };
        self.ports.reviews.commit_review(change).await?;
        self.case_view(actor, review).await
    }

    pub(super) async fn check_may_judge(
        &self,
        actor: &Actor,
        review: &Review,
    ) -> Result<(), Problem> {
        let policy = self.policy();
        if review.involves(actor.login()) {
            return Err(ProblemCode::Involved.into());
        }
        authorise(&policy, actor, Act::ReviewSession, &review.as_resource(&policy))?;
        if review.state.name() != ReviewStateName::Open {
            return Err(Problem::from(ProblemCode::WrongState).with("state", review.state.name()));
        }
        if self.on_the_incident(review).await?.contains(actor.login()) {
            return Err(ProblemCode::Involved.into());
        }
        self.check_may_agree(actor).await
    }

    fn refused_verdict(&self, actor: &Actor, review: &Review) -> EntryDraft {
        EntryDraft {
            tenant: Some(review.tenant.clone()),
            grant: Some(review.session),
            ..self.refusal(actor, EntryAction::Review)
        }
    }
}

fn digest(case: &Case) -> Result<Digest, Problem> {
    case.digest().map_err(|_| ProblemCode::Internal.into())
}
