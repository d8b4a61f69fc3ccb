//! Reading grants: one, one's own, or those that wait for somebody.

use super::{Grant, GrantFilter, GrantStateName, GrantView};
use crate::{
    access::Actor,
    console::Console,
    ids::GrantId,
    page::{Page, PageRequest},
    problem::{Problem, ProblemCode},
    tenants::TenantName,
};

impl Console {
    /// One grant, if the person may see it.
    pub async fn grant(&self, actor: &Actor, id: GrantId) -> Result<GrantView, Problem> {
        let grant = self.visible_grant(actor, id).await?;
        Ok(self.view_of_grant(&self.policy(), actor, &grant))
    }

    /// What this person holds, asked for and held, newest first.
    pub async fn own_grants(
        &self,
        actor: &Actor,
        page: &PageRequest,
    ) -> Result<Page<GrantView>, Problem> {
        let own = GrantFilter { holder: Some(actor.login().clone()), ..GrantFilter::default() };
        self.grant_views(actor, &own, page).await
    }

    /// The grants of a tenant that the person may see, newest first.
    pub async fn grants_in(
        &self,
        actor: &Actor,
        tenant: &TenantName,
        page: &PageRequest,
    ) -> Result<Page<GrantView>, Problem> {
        self.visible_tenant(actor, tenant).await?;
        let there = GrantFilter { tenant: Some(tenant.clone()), ..GrantFilter::default() };
        self.grant_views(actor, &there, page).await
    }

    /// The grants that wait for this person to decide about them.
    pub async fn grants_waiting_for(&self, actor: &Actor) -> Result<Vec<GrantView>, Problem> {
        let pending = GrantFilter::that_are(&[GrantStateName::Pending]);
        let policy = self.policy();
        let pending = self.all_grants(&pending).await?;
        let views = pending.iter().map(|grant| self.view_of_grant(&policy, actor, grant));
        let may: Vec<_> = views.filter(|view| !view.may.is_empty()).collect();
        let mut waiting = Vec::with_capacity(may.len());
        for view in may {
            if self.visible_tenant(actor, &view.tenant()).await.is_ok() {
                waiting.push(view);
            }
        }
        Ok(waiting)
    }

    /// Refuses whoever does not see a grant.
    pub(crate) async fn check_sees(&self, actor: &Actor, grant: &Grant) -> Result<(), Problem> {
        let own = grant.body.holder == *actor.login();
        if !own && !self.policy().may_end(actor.person(), grant) {
            self.visible_tenant(actor, &grant.body.tenant.name()).await?;
        }
        Ok(())
    }

    async fn grant_views(
        &self,
        actor: &Actor,
        filter: &GrantFilter,
        page: &PageRequest,
    ) -> Result<Page<GrantView>, Problem> {
        let policy = self.policy();
        let found = self.ports.grants.grants(filter, page).await?;
        let items = found.items.iter().map(|grant| self.view_of_grant(&policy, actor, grant));
        Ok(Page { items: items.collect(), next: found.next })
    }

    /// The grant, if the person may see it: their own, one that they may end (which must not depend on what a cluster
    /// answers), or one of a tenant that they may see.
    pub(crate) async fn visible_grant(&self, actor: &Actor, id: GrantId) -> Result<Grant, Problem> {
        let grant = self.ports.grants.grant(id).await?.ok_or(ProblemCode::NotVisible)?;
        self.check_sees(actor, &grant).await?;
        Ok(grant)
    }
}
