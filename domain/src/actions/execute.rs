//! Carrying out an approved request: first the word, then the deed.
//!
//! [`Console::begin_execution`] commits the intent and answers; [`Console::carry_out`] does the deed
//! and may outlive the call that began it.

use std::sync::Arc;

use webauthn_rs_proto::PublicKeyCredential;

use super::{
    Accepted, Before, CommitError, CommittedIntent, Decided, Effect, EffectSeen, Outcome, Request,
    RequestChange, RequestState, RequestView, Snapshot, Tripped, Verdict,
    request::{usual_approvals, with_lifted},
    review::{Proposal, settings},
};
use crate::{
    access::{Actor, Execute, Permit, permit_execution},
    approvals::{Decision, Quorum},
    audit::{EntryDraft, EntryOutcome},
    console::Console,
    identity::CeremonyId,
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
    /// The call to make first, if one is made before the waves.
    effect: Option<Effect>,
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
        let permit = permit_execution(&policy, actor.person(), &request)?;
        // Asked now: once the word is given, nothing stands before the deed.
        let visible = self.visible_of(actor, &request).await;
        let touch = self.finish_step_up(actor, browser, credential).await?;
        let touch = self.signed(&request, Decision::Execute, touch, None)?;
        let (cluster, snapshot) = match self.target_as_asked(actor, &request).await? {
            Ok((tenant, snapshot)) => (tenant.cluster, snapshot),
            Err(reason) => return Err(self.void(request, reason).await),
        };
        if cluster.freshness().watch != WatchState::Live {
            // Who is a replacement is told by who was there before: an old view would tell it wrongly.
            return Err(Problem::from(ProblemCode::ClusterUnavailable)
                .with("message", "what runs there is not known as of now"));
        }
        let change = Proposal::from(&request).effect(&snapshot)?.change;
        let bounds = self.bounds(&policy, cluster.as_ref(), &snapshot, (&request).into()).await?;
        let needed = approvals_needed_now(&policy, &request, &bounds.tripped)?;
        let counted_on = self.approvals_that_count(&policy, &request, needed).await?;
        let before = Before::of(cluster.as_ref(), &snapshot);
        let nonce = touch.commitment.nonce;
        let evidence = touch.clone();
        let settings = settings(&policy, request.body.action)?;
        let now = self.now();
        let first = change.first_call();
        let request = request.begin(touch, change, before, settings, now)?;
        let entry = request
            .entry(now, actor.login(), EntryOutcome::Intended)
            .with_json("signature", &evidence)
            .with("change", request.body.change.to_string())
            .with("deadline", now.plus(settings.execution_deadline).to_string());
        let limits = settings.guard_rails.limits(&request.body.lifts, now);
        let session = request.body.session;
        let decided =
            Decided { counted_on, session, limits, ..Decided::under(&policy, actor, Some(nonce)) };
        let change =
            RequestChange { decided: Some(decided), ..RequestChange::of(request.clone(), entry) };
        let entry = match self.ports.requests.commit(change).await {
            Ok(entry) => entry,
            Err(CommitError::Overtaken) => {
                return Err(self.overtaken(&policy, cluster.as_ref(), &snapshot, &request).await);
            }
            Err(error) => return Err(error.into()),
        };
        let RequestState::Executing(execution) = &request.state else {
            return Err(ProblemCode::Internal.into());
        };
        let sent = first.as_ref().unwrap_or(&execution.change);
        let intent = CommittedIntent::committed(&request, sent, execution.intent, &entry)?;
        let effect = first.map(|change| Effect { target: snapshot.target, change });
        let view = self.view_with(&policy, actor, &request, &visible);
        Ok((view, ReadyEffect { request, effect, permit, intent, cluster }))
    }

    /// What another execution, which came between, sets against this one.
    async fn overtaken(
        &self,
        policy: &PolicySnapshot,
        cluster: &dyn Cluster,
        snapshot: &Snapshot,
        request: &Request,
    ) -> Problem {
        match self.bounds(policy, cluster, snapshot, request.into()).await {
            Ok(now) => approvals_needed_now(policy, request, &now.tripped)
                .err()
                .unwrap_or_else(|| CommitError::Overtaken.into()),
            Err(problem) => problem,
        }
    }

    /// Those who approved and might approve still, if they are enough. Where a break-glass session stands for them, it
    /// must be live still.
    pub(super) async fn approvals_that_count(
        &self,
        policy: &PolicySnapshot,
        request: &Request,
        needed: u32,
    ) -> Result<Vec<Login>, Problem> {
        self.check_session_lives(request).await?;
        let may = |person: &_| policy.may_decide(person, Decision::Approve, request);
        let counted = self.counted(policy, &request.approvals, may).await?;
        Quorum::of(policy, request).check_are_enough(counted, needed)
    }

    /// Carries the effect out and writes down what the cluster said. What follows from it is observed
    /// by [`Console::settle_executions`]; waves are sent by [`Console::advance_waves`].
    pub async fn carry_out(&self, ready: ReadyEffect) -> Result<(), Problem> {
        let ReadyEffect { request, effect, permit, intent, cluster } = ready;
        let Some(effect) = effect else { return Ok(()) };
        let actor = permit.scope().actor.clone();
        let said = cluster.carry_out(permit, intent, &effect).await;
        let now = self.now();
        let change = match said {
            Ok(accepted) => acknowledged(request, accepted, |request| {
                request.entry(now, &actor, EntryOutcome::Accepted)
            })?,
            Err(error) => {
                let words = error.to_string();
                // Where nobody knows, the settling job asks the cluster once the deadline has passed.
                let Some(reason) = error.finding() else { return Ok(()) };
                let verdict = Verdict::Failed { effect: EffectSeen::None, reason };
                let request = request.settle(Outcome { verdict, at: now })?;
                let entry = request.entry(now, &actor, EntryOutcome::Failed).with("reason", words);
                RequestChange::of(request, entry)
            }
        };
        self.ports.requests.commit(change).await?;
        Ok(())
    }
}

/// Notes that the cluster was heard, or found, to have accepted the effect.
pub(super) fn acknowledged(
    request: Request,
    accepted: Accepted,
    entry: impl FnOnce(&Request) -> EntryDraft,
) -> Result<RequestChange, Problem> {
    let audit_id = accepted.audit_id.clone();
    let request = request.acknowledge(accepted)?;
    let entry = entry(&request).with("audit_id", audit_id);
    Ok(RequestChange::of(request, entry))
}

/// Approvals it needs by what stands against it now. Who raised a number meanwhile, or took a lift away, meant
/// the requests that wait, too.
fn approvals_needed_now(
    policy: &PolicySnapshot,
    request: &Request,
    tripped: &[Tripped],
) -> Result<u32, Problem> {
    let tier = policy.policy.tiers.of(&request.body.target.tenant());
    let settings = settings(policy, request.body.action)?;
    let usual = usual_approvals(settings, tier, request.body.session);
    let now = with_lifted(usual, tripped, &request.body.lifts)?;
    Ok(now.max(request.body.approvals_needed))
}
