//! Approving and denying.

use webauthn_rs_proto::PublicKeyCredential;

use super::{Comment, Decision, Purpose, SignedDecision};
use crate::{
    access::{Actor, authorise},
    actions::{self, Request, RequestChange, RequestView, settings},
    audit::EntryOutcome,
    canonical::Digest,
    console::Console,
    identity::{CeremonyId, StepUp},
    ids::RequestId,
    problem::{Problem, ProblemCode},
};

/// The longest comment, in characters.
pub const COMMENT_MAX: usize = 1000;

/// An approver's decision, as it comes in.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Yes or no.
    pub decision: Decision,
    /// The touch.
    pub credential: PublicKeyCredential,
    /// What the approver wrote.
    pub comment: Option<String>,
}

impl Console {
    /// Takes an approver's signed decision about somebody else's request.
    pub async fn decide(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: RequestId,
        decided: Decided,
    ) -> Result<RequestView, Problem> {
        let request = self.visible_request(actor, id).await?;
        let (tenant, action) = (request.body.target.tenant(), request.body.action);
        let result = self.try_decide(actor, browser, request, decided).await;
        self.note_refusal(actor, action, &tenant, Some(id), result).await
    }

    async fn try_decide(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        request: Request,
        decided: Decided,
    ) -> Result<RequestView, Problem> {
        let policy = self.policy();
        let decision = decided.decision;
        if decision == Decision::Execute {
            return Err(Problem::malformed("decision", "approve or deny"));
        }
        let reason = decided.comment.as_deref().unwrap_or_default().trim();
        if decision == Decision::Deny && reason.is_empty() {
            return Err(ProblemCode::ReasonMissing.into());
        }
        self.check_open_for(actor, &request, decision)?;
        for act in decision.acts(&request) {
            authorise(&policy, actor, act, &request.as_resource(&policy))?;
        }
        policy.check_has_room_for(actor.login(), decision, &request)?;
        if decision == Decision::Approve {
            self.check_may_agree(actor).await?;
        }
        let touch = self.finish_step_up(actor, browser, &decided.credential).await?;
        let signed = self.signed(&request, decision, touch, decided.comment)?;
        if decision == Decision::Approve
            && let Err(reason) = self.target_as_asked(actor, &request).await?
        {
            return Err(self.void(request, reason).await);
        }
        let now = self.now();
        let nonce = signed.commitment.nonce;
        let evidence = signed.clone();
        let (request, outcome) = match decision {
            Decision::Approve => {
                let ttl = settings(&policy, request.body.action)?.approval_ttl;
                (request.approve(signed, ttl, now)?, EntryOutcome::Approved)
            }
            _ => (request.deny(signed, now)?, EntryOutcome::Denied),
        };
        let entry = request.entry(now, actor.login(), outcome).with_json("signature", &evidence);
        let decided = Some(match decision {
            Decision::Approve => actions::Decided::agreeing(&policy, actor, Some(nonce)),
            _ => actions::Decided::under(&policy, actor, Some(nonce)),
        });
        self.ports
            .requests
            .commit(RequestChange { decided, ..RequestChange::of(request.clone(), entry) })
            .await?;
        Ok(self.view_of(&policy, actor, &request).await)
    }

    /// The touch as a decision about this request, if it is one.
    pub(crate) fn signed(
        &self,
        request: &Request,
        decision: Decision,
        touch: StepUp,
        comment: Option<String>,
    ) -> Result<SignedDecision, Problem> {
        self.signed_about(Purpose::Request, decision, request.digest, touch, comment)
    }

    /// The touch as such a decision about what has this digest, if it is one.
    pub(crate) fn signed_about(
        &self,
        purpose: Purpose,
        decision: Decision,
        digest: Digest,
        touch: StepUp,
        comment: Option<String>,
    ) -> Result<SignedDecision, Problem> {
        let text = comment.unwrap_or_default();
        if text.chars().count() > COMMENT_MAX {
            return Err(Problem::malformed(
                "comment",
                format_args!("at most {COMMENT_MAX} characters"),
            ));
        }
        let covered = touch.commitment.comment_hash;
        if covered.is_some_and(|signed| signed != Digest::of(text.as_bytes())) {
            return Err(ProblemCode::OtherDecision.into());
        }
        let comment = (!text.is_empty()).then(|| Comment { text, signed: covered.is_some() });
        touch.decides(purpose, decision, digest, comment, self.now())
    }
}
