//! Reading requests: one, or those a person may see.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    PreviewReport, Request, RequestFilter, RequestView, SeenBy, Snapshot, StateName, VoidReason,
    review::Proposal,
};
use crate::{
    access::{Act, Actor},
    console::Console,
    ids::RequestId,
    page::{Page, PageRequest},
    problem::{Problem, ProblemCode},
    tenants::VisibleTenant,
};

/// A request as one person sees it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestNow {
    /// The request.
    #[serde(flatten)]
    pub view: RequestView,
    /// What it would do now; only for whoever may decide about it.
    pub now: Option<Now>,
}

/// What a request would do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "now", rename_all = "snake_case")]
pub enum Now {
    /// This.
    Preview(Box<PreviewReport>),
    /// Nothing: its target is no longer what was asked about.
    Drifted {
        /// How it differs.
        reason: VoidReason,
    },
    /// It cannot be said.
    Unavailable {
        /// Why not.
        problem: Problem,
    },
}

impl Console {
    /// One request, if the person may see it: their own, or of a tenant they may see. If its target turns out to be
    /// no longer what was asked about, it is void from then on.
    pub async fn request(&self, actor: &Actor, id: RequestId) -> Result<RequestNow, Problem> {
        let request = self.visible_request(actor, id).await?;
        let view = self.view_of(&self.policy(), actor, &request).await;
        let Some(decision) = view.may.first() else {
            return Ok(RequestNow { view, now: None });
        };
        let now = self.now_of(actor, decision.act(request.body.action), &request).await;
        if let Now::Drifted { reason } = now {
            // Whoever looks first ends it: nobody need sign what can only be refused.
            let _drifted = self.void(request, reason).await;
            let request = self.visible_request(actor, id).await?;
            let view = self.view_of(&self.policy(), actor, &request).await;
            return Ok(RequestNow { view, now: Some(now) });
        }
        Ok(RequestNow { view, now: Some(now) })
    }

    async fn now_of(&self, actor: &Actor, act: Act, request: &Request) -> Now {
        match self.preview_now(actor, act, request).await {
            Ok(Ok(preview)) => Now::Preview(Box::new(preview)),
            Ok(Err(reason)) => Now::Drifted { reason },
            Err(problem) => Now::Unavailable { problem },
        }
    }

    /// What a request would do now, or how its target differs from what was asked about.
    pub(crate) async fn preview_now(
        &self,
        actor: &Actor,
        act: Act,
        request: &Request,
    ) -> Result<Result<PreviewReport, VoidReason>, Problem> {
        let (tenant, snapshot) = match self.target_as_asked(actor, request).await? {
            Ok(found) => found,
            Err(reason) => return Ok(Err(reason)),
        };
        let policy = self.policy();
        let resource = request.as_resource(&policy);
        let proposal = Proposal::from(request);
        self.preview(&policy, actor, act, &resource, &tenant, &snapshot, proposal).await.map(Ok)
    }

    /// The target of a request, read now, or how it differs from what was asked about.
    pub(crate) async fn target_as_asked(
        &self,
        actor: &Actor,
        request: &Request,
    ) -> Result<Result<(VisibleTenant, Snapshot), VoidReason>, Problem> {
        let target = request.body.target.to_ref();
        let tenant = self.visible_tenant(actor, &target.tenant()).await?;
        let snapshot = match self.look_up(actor, &tenant, request.body.action, &target).await {
            Ok(snapshot) => snapshot,
            Err(problem) if problem.code == ProblemCode::NotVisible => {
                return Ok(Err(VoidReason::Gone));
            }
            Err(problem) => return Err(problem),
        };
        if let Some(reason) = request.drift(Some(&snapshot.target)) {
            return Ok(Err(reason));
        }
        // What it is told from beside the target may have moved: nothing is sent but what was signed.
        let effect = Proposal::from(request).effect(&snapshot);
        let same = effect.is_ok_and(|it| it.change.digest() == Ok(request.body.change));
        Ok(match &request.pinned {
            _ if !same => Err(VoidReason::Changed),
            Some(pinned) if pinned.are_all_gone(&snapshot.pods) => Err(VoidReason::Gone),
            _ => Ok((tenant, snapshot)),
        })
    }

    /// The request, if the person may see it.
    pub(crate) async fn visible_request(
        &self,
        actor: &Actor,
        id: RequestId,
    ) -> Result<Request, Problem> {
        let request = self.ports.requests.request(id).await?.ok_or(ProblemCode::NotVisible)?;
        if request.body.requester != *actor.login() {
            self.visible_tenant(actor, &request.body.target.tenant()).await?;
        }
        Ok(request)
    }

    /// The requests a person may see, newest first.
    pub async fn requests(
        &self,
        actor: &Actor,
        filter: &RequestFilter,
        page: &PageRequest,
    ) -> Result<Page<RequestView>, Problem> {
        let policy = self.policy();
        let (visible, _silent) = self.visible_tenants(actor).await;
        let seen_by = SeenBy {
            requester: actor.login().clone(),
            tenants: visible.into_iter().map(|tenant| tenant.name).collect(),
        };
        let filter = RequestFilter { seen_by: Some(seen_by), ..filter.clone() };
        let found = self.ports.requests.requests(&filter, page).await?;
        let items = self.views_of(&policy, actor, &found.items).await;
        Ok(Page { items, next: found.next })
    }

    /// The open requests that wait for this person: to approve, or approved and theirs to execute.
    pub async fn waiting_for(&self, actor: &Actor) -> Result<Vec<RequestView>, Problem> {
        let open = RequestFilter {
            states: vec![StateName::Pending, StateName::Approved],
            ..RequestFilter::default()
        };
        let open = self.all(&open).await?;
        let policy = self.policy();
        // Few are open at a time: only their tenants are asked about, not every tenant there is.
        let concerned: BTreeSet<_> = open.iter().map(|it| it.body.target.tenant()).collect();
        let mut seen_by = SeenBy { requester: actor.login().clone(), tenants: BTreeSet::new() };
        for tenant in concerned {
            if self.visible_tenant(actor, &tenant).await.is_ok() {
                seen_by.tenants.insert(tenant);
            }
        }
        let seen: Vec<_> = open.into_iter().filter(|request| seen_by.includes(request)).collect();
        let mut waiting = self.views_of(&policy, actor, &seen).await;
        waiting.retain(|request| !request.may.is_empty());
        Ok(waiting)
    }
}
