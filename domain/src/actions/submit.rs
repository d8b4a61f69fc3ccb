//! Asking for an action.

use super::{
    ActionKind, Decided, NewRequest, Parameters, Request, RequestChange, RequestView, TargetRef,
    review::{Proposal, settings},
};
use crate::{
    access::{Act, Actor, authorise},
    audit::EntryOutcome,
    console::Console,
    ids::RequestId,
    policy::GuardRail,
    problem::Problem,
};

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is to be done.
    pub action: ActionKind,
    /// To what.
    pub target: TargetRef,
    /// How.
    pub parameters: Parameters,
    /// The guard rails that are to be lifted.
    pub lifts: Vec<GuardRail>,
    /// Why.
    pub reason: String,
    /// Where that is written down.
    pub ticket: Option<String>,
}

impl Console {
    /// Asks for an action. From now on it waits for its approvals or, where the tier of the tenant
    /// asks for none, for its requester's own touch.
    pub async fn submit(&self, actor: &Actor, asked: Asked) -> Result<RequestView, Problem> {
        let tenant = asked.target.tenant();
        let action = asked.action;
        let submitted = self.try_submit(actor, asked).await;
        self.note_refusal(actor, action, &tenant, None, submitted).await
    }

    async fn try_submit(&self, actor: &Actor, asked: Asked) -> Result<RequestView, Problem> {
        let policy = self.policy();
        let settings = settings(&policy, asked.action)?;
        let tenant = self.visible_tenant(actor, &asked.target.tenant()).await?;
        let act = Act::Ask(asked.action);
        authorise(&policy, actor, act, &tenant.as_resource())?;
        let snapshot = self.look_up(actor, &tenant, asked.action, &asked.target).await?;
        let (id, now) = (RequestId::new(self.ports.ids.uuid()), self.now());
        let proposal = Proposal {
            action: asked.action,
            parameters: &asked.parameters,
            request: Some(id),
            asked_at: now,
            pinned: None,
        };
        let resource = tenant.as_resource();
        let preview =
            self.preview(&policy, actor, act, &resource, &tenant, &snapshot, proposal).await?;
        let change = proposal.effect(&snapshot)?.change;
        let session = self.session_for(actor, asked.action, &tenant.name).await?;
        let new = NewRequest {
            id,
            session,
            change: change.digest()?,
            pinned: change.evictions().cloned(),
            action: asked.action,
            target: snapshot.target,
            parameters: asked.parameters,
            lifts: asked.lifts,
            requester: actor.login().clone(),
            reason: asked.reason,
            ticket: asked.ticket,
        };
        let tier = policy.policy.tiers.of(&tenant.name);
        let request = Request::ask(new, settings, tier, preview, now)?;
        let entry = request
            .entry(now, actor.login(), EntryOutcome::Requested)
            .with_json("body", &request.body)
            .with_json("preview", &request.preview.as_evidence());
        let entry = match &request.pinned {
            Some(pinned) => entry.with_json("pinned", pinned),
            None => entry,
        };
        let decided = Some(Decided::under(&policy, actor, None));
        let change = RequestChange { decided, ..RequestChange::of(request.clone(), entry) };
        self.ports.requests.commit(change).await?;
        Ok(self.view_of(&policy, actor, &request).await)
    }
}
