//! Carrying out an approved request: first the word, then the deed.
//!
//! [`Console::begin_execution`] commits the intent and answers; [`Console::carry_out`] does the deed
//! and may outlive the call that began it.

use std::sync::Arc;

use webauthn_rs_proto::PublicKeyCredential;

use super::{
    Accepted, CommittedIntent, Decided, EffectError, EffectSeen, Outcome, Request, RequestChange,
    RequestState, RequestView, Verdict, review::settings,
};
use crate::{
    access::{Act, Actor, Execute, Permit, Question, permit_execution},
    approvals::{Decision, SignedDecision},
    audit::EntryOutcome,
    console::Console,
    identity::{CeremonyId, CredentialId, PersonStatus},
    ids::RequestId,
    names::Login,
    policy::PolicySnapshot,
    problem::{Problem, ProblemCode},
    resources::{Cluster, WatchState},
};

/// An effect whose intent is committed and which is now to be carried out, once.
#[must_use = "an intent that is not carried out must be settled"]
pub struct ReadyEffect {
    request: Request,
    permit: Permit<Execute>,
    intent: CommittedIntent,
    cluster: Arc<dyn Cluster>,
}

impl Console {
    /// Takes the requester's touch and commits the intent of their approved request.
    pub async fn begin_execution(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: RequestId,
        credential: &PublicKeyCredential,
    ) -> Result<(RequestView, ReadyEffect), Problem> {
        let request = self.visible_request(actor, id).await?;
        let (tenant, action) = (request.body.target.tenant(), request.body.action);
        let begun = self.try_begin_execution(actor, browser, request, credential).await;
        self.note_refusal(actor, action, &tenant, Some(id), begun).await
    }

    async fn try_begin_execution(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        request: Request,
        credential: &PublicKeyCredential,
    ) -> Result<(RequestView, ReadyEffect), Problem> {
        let policy = self.policy();
        self.check_open_for(actor, &request, Decision::Execute)?;
        let permit = permit_execution(&policy, actor, &request)?;
        let touch = self.finish_step_up(actor, browser, credential).await?;
        let touch = self.signed(&request, Decision::Execute, touch, None)?;
        let counted_on = self.approvals_that_count(&policy, &request).await?;
        let cluster = match self.target_as_asked(actor, &request).await? {
            Ok((tenant, _)) => tenant.cluster,
            Err(reason) => return Err(self.void(request, reason).await),
        };
        if cluster.freshness().watch != WatchState::Live {
            // Who is a replacement is told by who was there before: an old view would tell it wrongly.
            return Err(Problem::from(ProblemCode::ClusterUnavailable)
                .with("message", "what runs there is not known as of now"));
        }
        let siblings = siblings(cluster.as_ref(), &request);
        let nonce = touch.commitment.nonce;
        let evidence = touch.clone();
        let settings = settings(&policy, request.body.action)?;
        let now = self.now();
        let request = request.begin(touch, siblings, settings, now)?;
        let entry = request
            .entry(now, actor.login(), EntryOutcome::Intended)
            .with_json("signature", &evidence)
            .with("deadline", now.plus(settings.execution_deadline).to_string());
        let decided = Decided { counted_on, ..Decided::under(&policy, actor, Some(nonce)) };
        let change = RequestChange { request: request.clone(), entry, decided: Some(decided) };
        let entry = self.ports.requests.commit(change).await?;
        let RequestState::Executing(execution) = &request.state else {
            return Err(ProblemCode::Internal.into());
        };
        let intent =
            CommittedIntent::committed(request.body.id, request.digest, execution.intent, &entry);
        let view = self.view_of(&policy, actor, &request);
        Ok((view, ReadyEffect { request, permit, intent, cluster }))
    }

    /// Those who approved and might approve still, if they are enough.
    async fn approvals_that_count(
        &self,
        policy: &PolicySnapshot,
        request: &Request,
    ) -> Result<Vec<Login>, Problem> {
        let resource = request.as_resource(policy);
        let act = Act::Decide(request.body.action);
        let mut counted = Vec::new();
        for approval in &request.approvals {
            let approver = approval.person().clone();
            let Some(person) = policy.policy.people.get(&approver) else { continue };
            if !self.is_signed_by_them(approval).await? {
                continue;
            }
            let question = Question { person, act, resource: &resource };
            let open = self.ports.identity.status(&approver).await? == PersonStatus::Open;
            if open && policy.rules.decide(question).is_allowed() {
                counted.push(approver);
            }
        }
        // Who raised the number meanwhile meant the requests that wait, too.
        let now_needed = settings(policy, request.body.action)?.approvals;
        let needed = request.approvals_needed.max(now_needed);
        if counted.len() < needed as usize {
            return Err(Problem::from(ProblemCode::ApprovalLapsed)
                .with("counted", counted.len())
                .with("needed", needed));
        }
        Ok(counted)
    }

    /// Whether an approval that was kept is signed with a passkey that its person still has.
    async fn is_signed_by_them(&self, approval: &SignedDecision) -> Result<bool, Problem> {
        let id = CredentialId(approval.assertion.credential_id.clone());
        let passkey = self.ports.identity.passkey(&id).await?;
        let theirs = passkey.filter(|passkey| passkey.login == *approval.person());
        Ok(theirs
            .is_some_and(|passkey| self.ports.relying_party.confirms(approval, &passkey.record)))
    }

    /// Carries the effect out and writes down what the cluster said. What follows from it is observed
    /// by [`Console::settle_executions`].
    pub async fn carry_out(&self, ready: ReadyEffect) -> Result<(), Problem> {
        let ReadyEffect { request, permit, intent, cluster } = ready;
        let actor = permit.scope().actor.clone();
        let effect = request.effect();
        let said = cluster.carry_out(permit, intent, &effect).await;
        let now = self.now();
        let change = match said {
            Ok(accepted) => acknowledged(request, accepted, |request| {
                request.entry(now, &actor, EntryOutcome::Accepted)
            })?,
            // Nobody knows: the settling job asks the cluster once the deadline has passed.
            Err(EffectError::Unknown { .. }) => return Ok(()),
            Err(refused) => {
                let reason = refused.to_string();
                let verdict = Verdict::Failed { effect: EffectSeen::None, reason: reason.clone() };
                let request = request.settle(Outcome { verdict, at: now })?;
                let entry = request.entry(now, &actor, EntryOutcome::Failed).with("reason", reason);
                RequestChange { request, entry, decided: None }
            }
        };
        self.ports.requests.commit(change).await?;
        Ok(())
    }
}

fn acknowledged(
    request: Request,
    accepted: Accepted,
    entry: impl FnOnce(&Request) -> crate::audit::EntryDraft,
) -> Result<RequestChange, Problem> {
    let audit_id = accepted.audit_id.clone();
    let request = request.acknowledge(accepted)?;
    let entry = entry(&request).with("audit_id", audit_id);
    Ok(RequestChange { request, entry, decided: None })
}

/// The pods that the target's controller keeps now.
fn siblings(cluster: &dyn Cluster, request: &Request) -> Vec<String> {
    let target = &request.body.target;
    let pods = cluster.pods(&target.namespace);
    let owner = pods.iter().find(|pod| pod.uid == target.uid).and_then(|pod| pod.owner.clone());
    let kept =
        pods.iter().filter(|pod| pod.uid == target.uid || (owner.is_some() && pod.owner == owner));
    kept.map(|pod| pod.uid.clone()).collect()
}
