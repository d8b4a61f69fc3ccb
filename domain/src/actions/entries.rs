//! What the audit log is told about requests.

use super::{ActionKind, Decided, Limits, Request, RequestChange, StandsAs, VoidReason};
use crate::{
    access::{Actor, Resource},
    approvals::Nonce,
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    ids::RequestId,
    names::Login,
    policy::{GuardRail, PolicySnapshot},
    problem::{Problem, ProblemCode},
    tenants::TenantName,
    time::Timestamp,
};

impl Request {
    /// An entry about this request by a person.
    pub(crate) fn entry(&self, at: Timestamp, actor: &Login, outcome: EntryOutcome) -> EntryDraft {
        EntryDraft { actor: Some(actor.clone()), ..self.entry_by_itself(at, outcome) }
    }

    /// An entry about what happened to this request by itself.
    #[must_use]
    pub fn entry_by_itself(&self, at: Timestamp, outcome: EntryOutcome) -> EntryDraft {
        let draft = EntryDraft::new(at, None, EntryAction::Action(self.body.action), outcome);
        let digest = self.digest.to_string();
        EntryDraft {
            tenant: Some(self.body.target.tenant()),
            request: Some(self.body.id),
            grant: self.body.session,
            ..draft
        }
        .with("digest", digest)
    }
}

impl Decided {
    /// A decision under the policy in force.
    pub(crate) fn under(policy: &PolicySnapshot, actor: &Actor, nonce: Option<Nonce>) -> Self {
        Self::by(policy, actor.login(), nonce)
    }

    /// The same, by which somebody agrees to what another does.
    pub(crate) fn agreeing(policy: &PolicySnapshot, actor: &Actor, nonce: Option<Nonce>) -> Self {
        Self { stands_as: StandsAs::Agreement, ..Self::under(policy, actor, nonce) }
    }

    /// A decision of somebody who need not be signed in yet.
    pub(crate) fn by(policy: &PolicySnapshot, person: &Login, nonce: Option<Nonce>) -> Self {
        Self {
            by: person.clone(),
            policy: policy.policy.digest,
            nonce,
            counted_on: Vec::new(),
            session: None,
            limits: Limits::default(),
            stands_as: StandsAs::OwnDoing,
        }
    }
}

impl Console {
    /// Ends a request whose target is no longer what was asked about, and says so.
    pub(crate) async fn void(&self, request: Request, reason: VoidReason) -> Problem {
        let drifted = Problem::from(ProblemCode::TargetDrifted).with("drift", reason);
        let now = self.now();
        let Ok(request) = request.void(reason, now) else { return drifted };
        let entry =
            request.entry_by_itself(now, EntryOutcome::Void).with("drift", reason.to_string());
        match self.ports.requests.commit(RequestChange::of(request, entry)).await {
            Ok(_) => drifted,
            Err(error) => error.into(),
        }
    }

    /// Adds who could lift the guard rail that refused somebody, where it can be lifted.
    fn naming_lifters(
        &self,
        actor: &Actor,
        action: ActionKind,
        tenant: &TenantName,
        problem: Problem,
    ) -> Problem {
        let rail = problem.facts.get("rail").and_then(|rail| rail.parse::<GuardRail>().ok());
        let Some(rail) = rail.filter(|_| problem.facts.contains_key("lifted_by")) else {
            return problem;
        };
        let policy = self.policy();
        let asked = Resource::Request {
            requester: actor.login().clone(),
            tenant: tenant.clone(),
            owners: policy.policy.ownership.owners(tenant),
        };
        let lifters = policy.who_may_decide(action, &[rail], &asked, actor.login());
        let lifters: Vec<_> = lifters.iter().map(Login::as_str).collect();
        problem.with("lifters", lifters.join(", "))
    }

    /// Writes down that rules or checks refused a person, before they are told.
    pub(crate) async fn note_refusal<T>(
        &self,
        actor: &Actor,
        action: ActionKind,
        tenant: &TenantName,
        request: Option<RequestId>,
        result: Result<T, Problem>,
    ) -> Result<T, Problem> {
        let result = result.map_err(|problem| self.naming_lifters(actor, action, tenant, problem));
        let about = EntryDraft {
            tenant: Some(tenant.clone()),
            request,
            ..self.refusal(actor, EntryAction::Action(action))
        };
        self.note_if_refused(about, result).await
    }

    /// An entry that tells that a person was refused something now.
    pub(crate) fn refusal(&self, actor: &Actor, action: EntryAction) -> EntryDraft {
        EntryDraft::new(self.now(), Some(actor.login().clone()), action, EntryOutcome::Refused)
    }

    /// Writes an entry down where rules or checks refused what it is about.
    pub(crate) async fn note_if_refused<T>(
        &self,
        about: EntryDraft,
        result: Result<T, Problem>,
    ) -> Result<T, Problem> {
        const REFUSALS: [ProblemCode; 15] = [
            ProblemCode::GuardRail,
            ProblemCode::Refused,
            ProblemCode::NoClusterUser,
            ProblemCode::OwnRequest,
            ProblemCode::NotRequester,
            ProblemCode::OtherApproverNeeded,
            ProblemCode::ClusterRefused,
            ProblemCode::ApprovalLapsed,
            ProblemCode::CredentialRejected,
            ProblemCode::RoleUnfit,
            ProblemCode::SoloClosed,
            ProblemCode::Patience,
            ProblemCode::Involved,
            ProblemCode::SessionOver,
            ProblemCode::RecoveredLately,
        ];
        if let Err(problem) = &result
            && REFUSALS.contains(&problem.code)
        {
            let draft =
                about.with("problem", problem.code.as_str()).with_json("facts", &problem.facts);
            self.ports.entries.append(draft).await?;
        }
        result
    }
}
