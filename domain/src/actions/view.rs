//! What a person sees of a request.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    ActionKind, Evicted, Intent, Outcome, Parameters, PreviewReport, Request, RequestBody,
    RequestState, StateName, Target, VoidReason, WayOn,
};
use crate::{
    access::{Act, Actor, Question, Resource},
    approvals::{Comment, Decision, Quorum, SignedDecision},
    canonical::Digest,
    console::Console,
    ids::{GrantId, RequestId},
    names::{ClusterName, Login, Namespace},
    policy::{ApproverGroup, GuardRail, Person, PolicySnapshot},
    tenants::TenantName,
    time::Timestamp,
};

/// A request, without the bytes of its signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestView {
    /// Its identifier.
    pub id: RequestId,
    /// What signatures commit to.
    pub digest: Digest,
    /// Where it stands.
    pub state: StateName,
    /// How often it changed.
    pub version: u64,
    /// What is to be done.
    pub action: ActionKind,
    /// The cluster of its target.
    pub cluster: ClusterName,
    /// The namespace of its target.
    pub namespace: Namespace,
    /// To what.
    pub target: Target,
    /// How.
    pub parameters: Parameters,
    /// The guard rails that it asks to be lifted.
    pub lifts: Vec<GuardRail>,
    /// What exactly is sent to the cluster, digested.
    pub change: Digest,
    /// Who asks.
    pub requester: Login,
    /// Why.
    pub reason: String,
    /// Where that is written down.
    pub ticket: Option<String>,
    /// The break-glass session within which it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<GrantId>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Until when it may be approved.
    pub expires_at: Timestamp,
    /// When it ends by itself; absent once it cannot.
    pub ends_at: Option<Timestamp>,
    /// When it ended, once it did.
    pub ended_at: Option<Timestamp>,
    /// What its requester saw.
    pub preview: PreviewReport,
    /// Approvals it needs.
    pub approvals_needed: u32,
    /// Groups of each of which somebody must still approve, while it waits for approvals.
    pub approvals_missing_from: Vec<ApproverGroup>,
    /// Approvals it has.
    pub approvals: Vec<DecisionView>,
    /// The denial that ended it.
    pub denial: Option<DecisionView>,
    /// Why it is void.
    pub void: Option<VoidReason>,
    /// The word given, once it was.
    pub intent: Option<Intent>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What this person may decide about it now.
    pub may: Vec<Decision>,
    /// Whether this person may take it back, or have it go no further.
    pub may_withdraw: bool,
    /// Who may approve it, while it waits for approvals.
    pub approvers: Vec<Login>,
    /// How many pods went, once its waves have ended; nothing where none go in waves.
    pub evicted: Option<Evicted>,
    /// What undoes it or mends what it broke, as a new request, once it has ended.
    pub way_back: Option<WayOn>,
    /// The same once more, as a new request: for the pods that were left, or all of it where nothing was done.
    pub again: Option<WayOn>,
}

/// A signed decision, without the bytes of its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    /// Who decided.
    pub person: Login,
    /// When.
    pub at: Timestamp,
    /// What they wrote.
    pub comment: Option<Comment>,
}

impl RequestView {
    /// The part that its digest covers, as it is seen here.
    #[must_use]
    pub fn body(&self) -> RequestBody {
        RequestBody {
            id: self.id,
            action: self.action,
            target: self.target.clone(),
            parameters: self.parameters.clone(),
            lifts: self.lifts.clone(),
            change: self.change,
            approvals_needed: self.approvals_needed,
            session: self.session,
            requester: self.requester.clone(),
            reason: self.reason.clone(),
            ticket: self.ticket.clone(),
            created_at: self.created_at,
            expires_at: self.expires_at,
        }
    }
}

impl From<&SignedDecision> for DecisionView {
    fn from(signed: &SignedDecision) -> Self {
        Self { person: signed.person().clone(), at: signed.at, comment: signed.comment.clone() }
    }
}

impl Console {
    /// What this person sees of a request that is theirs to see.
    pub(crate) async fn view_of(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        request: &Request,
    ) -> RequestView {
        let visible = self.visible_of(actor, request).await;
        self.view_with(policy, actor, request, &visible)
    }

    /// The same, where it is known already which tenants the person may be told of.
    pub(crate) fn view_with(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        request: &Request,
        visible: &BTreeSet<TenantName>,
    ) -> RequestView {
        let Request { body, digest, preview, approvals, state, .. } = request.clone();
        let preview = preview.seen_in(visible);
        let pending = state == RequestState::Pending;
        let cluster = body.target.cluster.clone();
        RequestView {
            id: body.id,
            digest,
            state: state.name(),
            version: request.version,
            action: body.action,
            cluster: cluster.clone(),
            namespace: body.target.namespace.clone(),
            ends_at: request.ends_at(),
            ended_at: request.state.ended_at(),
            may: self.may_decide(policy, actor, request),
            may_withdraw: policy.may_withdraw(actor.person(), request),
            approvers: if pending { policy.approvers_of(request) } else { Vec::new() },
            approvals_missing_from: if pending {
                Quorum::of(policy, request).missing_from(&request.approvers())
            } else {
                Vec::new()
            },
            evicted: request.evicted(),
            way_back: request.way_back(),
            again: request.again(),
            target: body.target,
            parameters: body.parameters,
            lifts: body.lifts,
            change: body.change,
            requester: body.requester,
            reason: body.reason,
            ticket: body.ticket,
            created_at: body.created_at,
            expires_at: body.expires_at,
            preview,
            approvals_needed: body.approvals_needed,
            session: body.session,
            approvals: approvals.iter().map(DecisionView::from).collect(),
            denial: match &state {
                RequestState::Denied { denial } => Some(denial.as_ref().into()),
                _ => None,
            },
            void: match &state {
                RequestState::Void { reason, .. } => Some(*reason),
                _ => None,
            },
            intent: state.execution().map(|execution| execution.intent),
            outcome: state.outcome().map(|outcome| outcome.clone().seen_in(&cluster, visible)),
        }
    }

    /// What this person sees of requests that are theirs to see.
    pub(crate) async fn views_of(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        requests: &[Request],
    ) -> Vec<RequestView> {
        let mut views = Vec::with_capacity(requests.len());
        for request in requests {
            views.push(self.view_of(policy, actor, request).await);
        }
        views
    }

    /// The tenants of which a person may be told in this request.
    pub(crate) async fn visible_of(
        &self,
        actor: &Actor,
        request: &Request,
    ) -> BTreeSet<TenantName> {
        let Some(pinned) = &request.pinned else { return BTreeSet::new() };
        let cluster = &request.body.target.cluster;
        let reached = &request.preview.blast_radius.reached;
        let tenants: BTreeSet<_> = pinned
            .pods
            .iter()
            .map(|pod| pod.tenant(cluster))
            .chain(reached.iter().map(|reach| reach.tenant.clone()))
            .collect();
        self.visible_among(actor, tenants).await
    }

    /// What this person may decide about a request now.
    pub(crate) fn may_decide(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        request: &Request,
    ) -> Vec<Decision> {
        let mut decisions = vec![Decision::Approve, Decision::Deny, Decision::Execute];
        decisions.retain(|decision| {
            self.check_open_for(actor, request, *decision).is_ok()
                && policy.may_decide(actor.person(), *decision, request)
                && policy.check_has_room_for(actor.login(), *decision, request).is_ok()
        });
        decisions
    }
}

impl PolicySnapshot {
    /// Who may still approve a request: whoever the rules let decide and is of a group that is missing, but its
    /// requester and those who did.
    #[must_use]
    pub fn approvers_of(&self, request: &Request) -> Vec<Login> {
        let RequestBody { action, lifts, requester, .. } = &request.body;
        let resource = request.as_resource(self);
        let eligible = self.who_may_decide(*action, lifts, &resource, requester);
        Quorum::of(self, request).open_to(eligible, &request.approvers())
    }

    /// Who, but the requester, may approve such a request that asks for these guard rails to be lifted.
    pub(crate) fn who_may_decide(
        &self,
        action: ActionKind,
        lifts: &[GuardRail],
        resource: &Resource,
        requester: &Login,
    ) -> Vec<Login> {
        let mut people = self.who_may(Act::Decide(action), resource, requester);
        if !lifts.is_empty() {
            let lifters = self.who_may(Act::Lift(action), resource, requester);
            people.retain(|login| lifters.contains(login));
        }
        people
    }

    /// Whether a person may take a request back or, once it is carried out, have it go no further or no longer watched:
    /// its requester may, and then also whoever may decide about it.
    #[must_use]
    pub fn may_withdraw(&self, person: &Person, request: &Request) -> bool {
        let requester = person.login == request.body.requester;
        match &request.state {
            RequestState::Pending | RequestState::Approved { .. } => requester,
            RequestState::Executing(_) => {
                let decides = || self.may_decide(person, Decision::Deny, request);
                (request.may_stop() || request.may_be_unwatched()) && (requester || decides())
            }
            _ => false,
        }
    }

    /// Whether the rules let a person decide so about a request.
    pub(crate) fn may_decide(
        &self,
        person: &Person,
        decision: Decision,
        request: &Request,
    ) -> bool {
        let resource = request.as_resource(self);
        decision.acts(request).into_iter().all(|act| {
            self.rules
                .decide(Question { person, act, resource: &resource, at: self.at })
                .is_allowed()
        })
    }
}
