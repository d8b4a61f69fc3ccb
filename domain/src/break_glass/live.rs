//! Whose sessions are live, and where: what is done within them needs no approval.

use crate::{
    access::Actor,
    actions::{ActionKind, Request},
    console::Console,
    grants::{Grant, GrantFilter, GrantStateName},
    ids::GrantId,
    names::Login,
    problem::{Problem, ProblemCode},
    tenants::TenantName,
    time::Timestamp,
};

impl Grant {
    /// Whether it is a live session of whoever made that request, in its tenant. A drill stands for nothing.
    fn stands_for(&self, request: &Request, now: Timestamp) -> bool {
        self.is_live_session_at(now)
            && !self.is_drill()
            && !request.body.action.is_cluster_wide()
            && self.body.holder == request.body.requester
            && self.body.tenant.name() == request.body.target.tenant()
    }

    /// Whether it is a session, and live. A time that is over counts, whatever the state says yet.
    fn is_live_session_at(&self, now: Timestamp) -> bool {
        self.is_live_session() && self.ends_at().is_some_and(|end| now < end)
    }

    /// Whether it is a session, and held.
    #[must_use]
    pub fn is_live_session(&self) -> bool {
        self.body.declaration.is_some() && self.is_held()
    }
}

impl Console {
    /// Refuses what was asked for within a session that is over.
    pub(crate) async fn check_session_lives(&self, request: &Request) -> Result<(), Problem> {
        let Some(id) = request.body.session else { return Ok(()) };
        let session = self.ports.grants.grant(id).await?;
        match session.filter(|session| session.stands_for(request, self.now())) {
            Some(_) => Ok(()),
            None => Err(ProblemCode::SessionOver.into()),
        }
    }

    /// The session of whoever acts that stands for the approvals of an action there. What is done to the cluster itself
    /// reaches other tenants than the session's: none stands for that.
    pub(crate) async fn session_for(
        &self,
        actor: &Actor,
        action: ActionKind,
        tenant: &TenantName,
    ) -> Result<Option<GrantId>, Problem> {
        if action.is_cluster_wide() {
            return Ok(None);
        }
        self.live_session(actor.login(), tenant).await
    }

    /// The session of somebody that is live in a tenant now.
    async fn live_session(
        &self,
        person: &Login,
        tenant: &TenantName,
    ) -> Result<Option<GrantId>, Problem> {
        let theirs = GrantFilter::of(person, tenant, &GrantStateName::HELD);
        let now = self.now();
        let held = self.all_grants(&theirs).await?;
        let stands = |it: &&Grant| it.is_live_session_at(now) && !it.is_drill();
        Ok(held.iter().find(stands).map(|it| it.body.id))
    }
}
