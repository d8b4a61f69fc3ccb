//! Asking for a role.

use std::time::Duration;

use super::{Grant, GrantChange, GrantView, InvalidGrant, NewGrant, PinnedTenant, roles::wanted};
use crate::{
    access::{Act, Actor, authorise},
    actions::Decided,
    audit::{EntryAction, EntryOutcome},
    console::Console,
    ids::GrantId,
    names::GrantableRoleName,
    problem::{Problem, ProblemCode},
    tenants::{TenantName, VisibleTenant},
};

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedRole {
    /// Where.
    pub tenant: TenantName,
    /// The role.
    pub role: GrantableRoleName,
    /// For how many seconds; whatever somebody wrote.
    pub ttl_seconds: i64,
    /// Why.
    pub reason: String,
    /// Where that is written down.
    pub ticket: Option<String>,
}

impl Console {
    /// Asks for a role for oneself. From now on it waits for its approvals.
    pub async fn ask_for_role(
        &self,
        actor: &Actor,
        asked: AskedRole,
    ) -> Result<GrantView, Problem> {
        let (tenant, role) = (asked.tenant.clone(), asked.role.clone());
        let grant = self.try_ask_for_role(actor, asked).await;
        self.note_grant_refusal(actor, EntryAction::Grant, &tenant, &role, None, grant).await
    }

    async fn try_ask_for_role(
        &self,
        actor: &Actor,
        asked: AskedRole,
    ) -> Result<GrantView, Problem> {
        let policy = self.policy();
        let tenant = self.visible_tenant(actor, &asked.tenant).await?;
        let resource = wanted(actor, &tenant, &asked.role);
        let role = policy.policy.roles.role(&asked.role).ok_or_else(|| {
            Problem::from(ProblemCode::Refused)
                .with("act", Act::AskRole)
                .with("rule", "not-in-roles.toml")
        })?;
        authorise(&policy, actor, Act::AskRole, &resource)?;
        let seconds = u64::try_from(asked.ttl_seconds);
        let longest = role.longest;
        let ttl = seconds.map_err(|_| InvalidGrant::Ttl { longest }).map(Duration::from_secs)?;
        let new = NewGrant {
            id: GrantId::new(self.ports.ids.uuid()),
            holder: actor.login().clone(),
            tenant: pinned(&tenant)?,
            cluster_role: self.role_now(&tenant, role).await?,
            ttl,
            reason: asked.reason,
            ticket: asked.ticket,
            extends: None,
            lapses_by: None,
        };
        let (tier, now) = (policy.policy.tiers.of(&tenant.name), self.now());
        let grant = Grant::ask(new, role, tier, now)?;
        let entry =
            grant.entry(now, actor.login(), EntryOutcome::Requested).with_json("body", &grant.body);
        let decided = Some(Decided::under(&policy, actor, None));
        let change = GrantChange { decided, ..GrantChange::of(grant.clone(), entry) };
        self.ports.grants.commit_grant(change).await?;
        Ok(self.view_of_grant(&policy, actor, &grant))
    }
}

/// A tenant as it is now, so that no other of its name is taken for it.
pub(crate) fn pinned(tenant: &VisibleTenant) -> Result<PinnedTenant, Problem> {
    let name = &tenant.name;
    let row = tenant.cluster.namespace(&name.namespace).ok_or(ProblemCode::NotVisible)?;
    Ok(PinnedTenant {
        cluster: name.cluster.clone(),
        cluster_uid: tenant.cluster.uid().ok_or(ProblemCode::ClusterUnavailable)?,
        namespace: name.namespace.clone(),
        namespace_uid: row.uid.clone(),
    })
}
