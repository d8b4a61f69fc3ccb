//! Asking for the challenge of a decision about a request.

use serde::{Deserialize, Serialize};

use super::{Decision, Purpose};
use crate::{
    access::{Actor, authorise},
    actions::{PreviewReport, Request},
    canonical::Digest,
    console::Console,
    identity::{BegunStepUp, CeremonyId, StepUpWish},
    ids::RequestId,
    problem::{Problem, ProblemCode},
};

/// What a browser needs to sign a decision about a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignatureOptions {
    /// The challenge, and what it commits to; the browser computes it again from what it shows.
    #[serde(flatten)]
    pub step_up: BegunStepUp,
    /// What will happen, as the signature covers it.
    pub preview: PreviewReport,
}

impl Console {
    /// The challenge for a decision about a request, over a preview computed now.
    pub async fn signature_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: RequestId,
        decision: Decision,
        comment: Option<&str>,
    ) -> Result<SignatureOptions, Problem> {
        let request = self.visible_request(actor, id).await?;
        let (tenant, action) = (request.body.target.tenant(), request.body.action);
        let options = self.try_signature_options(actor, browser, request, decision, comment).await;
        self.note_refusal(actor, action, &tenant, Some(id), options).await
    }

    async fn try_signature_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        request: Request,
        decision: Decision,
        comment: Option<&str>,
    ) -> Result<SignatureOptions, Problem> {
        let policy = self.policy();
        let act = decision.act(request.body.action);
        self.check_open_for(actor, &request, decision)?;
        for act in decision.acts(&request) {
            authorise(&policy, actor, act, &request.as_resource(&policy))?;
        }
        policy.check_has_room_for(actor.login(), decision, &request)?;
        if decision == Decision::Approve {
            self.check_may_agree(actor).await?;
        }
        let preview = match self.preview_now(actor, act, &request).await? {
            Ok(preview) => preview,
            Err(reason) => return Err(self.void(request, reason).await),
        };
        let wish = StepUpWish {
            purpose: Purpose::Request,
            decision,
            digest: request.digest,
            preview: Some(preview.clone()),
            cluster_uid: Some(request.body.target.cluster_uid.clone()),
            comment_hash: comment.map(|comment| Digest::of(comment.as_bytes())),
        };
        let step_up = self.begin_step_up(actor, browser, wish).await?;
        Ok(SignatureOptions { step_up, preview })
    }

    /// Says early what the transition would say late.
    pub(crate) fn check_open_for(
        &self,
        actor: &Actor,
        request: &Request,
        decision: Decision,
    ) -> Result<(), Problem> {
        let own = *actor.login() == request.body.requester;
        let code = match decision {
            decision if !decision.is_about_requests() => {
                return Err(Problem::malformed("decision", "approve, deny or execute"));
            }
            Decision::Approve | Decision::Deny if own => ProblemCode::OwnRequest,
            Decision::Execute if !own => ProblemCode::NotRequester,
            _ if request.ends_at().is_some_and(|end| self.now() >= end) => {
                ProblemCode::RequestExpired
            }
            _ if !request.awaits(decision) => ProblemCode::WrongState,
            Decision::Approve if request.approvers().contains(actor.login()) => {
                ProblemCode::DecidedTwice
            }
            _ => return Ok(()),
        };
        Err(Problem::from(code).with("state", request.state.name().as_str()))
    }
}
