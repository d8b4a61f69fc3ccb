//! Asking for an action.

use super::{
    ActionKind, Decided, NewRequest, Parameters, Request, RequestChange, RequestView, TargetRef,
    review::settings,
};
use crate::{
    access::{Act, Actor, authorise},
    audit::EntryOutcome,
    console::Console,
    ids::RequestId,
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
    /// Why.
    pub reason: String,
    /// Where that is written down.
    pub ticket: Option<String>,
}

impl Console {
    /// Asks for an action: from now on it waits for its approvals.
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
        let snapshot = self.look_up(actor, &tenant, &asked.target).await?;
        let preview =
            self.preview(&policy, actor, act, &tenant.as_resource(), &tenant, &snapshot).await?;
        let new = NewRequest {
            id: RequestId::new(self.ports.ids.uuid()),
            action: asked.action,
            target: snapshot.target,
            parameters: asked.parameters,
            requester: actor.login().clone(),
            reason: asked.reason,
            ticket: asked.ticket,
        };
        let request = Request::ask(new, settings, preview, self.now())?;
        let entry = request
            .entry(self.now(), actor.login(), EntryOutcome::Requested)
            .with_json("body", &request.body)
            .with("approvals_needed", request.approvals_needed)
            .with_json("preview", &request.preview);
        let decided = Decided::under(&policy, actor, None);
        let change = RequestChange { request: request.clone(), entry, decided: Some(decided) };
        self.ports.requests.commit(change).await?;
        Ok(self.view_of(&policy, actor, &request))
    }
}
