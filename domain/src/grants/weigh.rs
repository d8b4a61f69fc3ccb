//! What an approver weighs: what a role adds to what its holder may do there now, who else holds it, and what became of it
//! last time.

use serde::{Deserialize, Serialize};

use super::{Added, EndReason, Grant, GrantFilter, GrantState, GrantStateName, Holder};
use crate::{
    access::{Actor, Refusal},
    audit::{EntryAction, EntryFilter, EntryOutcome},
    console::Console,
    ids::GrantId,
    names::{GrantableRoleName, Login},
    problem::{Problem, ProblemCode},
    tenants::TenantName,
    time::Timestamp,
};

/// What an approver weighs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// What it adds to what its holder may do there already, by the cluster's own word.
    pub added: Vec<Added>,
    /// Whether the cluster could not tell all that they may do already: then less may be added than is told.
    pub incomplete: bool,
    /// Who holds it there, but they themself.
    pub holders: Vec<Holder>,
    /// When they held it there last.
    pub last: Option<LastTime>,
}

/// What became of a role the last time that somebody held it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastTime {
    /// That grant.
    pub grant: GrantId,
    /// Since when.
    pub began_at: Timestamp,
    /// When the word was given that it ends.
    pub ended_at: Timestamp,
    /// Why it ended.
    pub reason: EndReason,
    /// How many tokens were made for it. What was done with them the cluster's own audit log knows.
    pub tokens: usize,
}

impl Console {
    /// What is to be weighed about a grant that waits.
    pub async fn weigh_grant(&self, actor: &Actor, id: GrantId) -> Result<Weighed, Problem> {
        let grant = self.visible_grant(actor, id).await?;
        let tenant = self.visible_tenant(actor, &grant.body.tenant.name()).await?;
        if grant.state != GrantState::Pending {
            return Err(Problem::from(ProblemCode::WrongState).with("state", grant.state.name()));
        }
        let (holder, role) = (&grant.body.holder, &grant.body.role);
        let policy = self.policy();
        let cluster = &tenant.name.cluster;
        let user = policy.policy.people.get(holder).and_then(|it| it.cluster_users.get(cluster));
        let user = user.ok_or_else(|| Refusal::NoClusterUser { cluster: cluster.clone() })?;
        let held = tenant.cluster.grants().rules_of(user, &tenant.name.namespace).await?;
        Ok(Weighed {
            added: Added::to(&held.rules, &role.rules),
            incomplete: held.incomplete,
            holders: self.holders(holder, &tenant.name, &role.name).await?,
            last: self.last_time(holder, &tenant.name, &role.name).await?,
        })
    }

    /// What became of a role the last time that somebody held it in a tenant.
    pub(super) async fn last_time(
        &self,
        holder: &Login,
        tenant: &TenantName,
        role: &GrantableRoleName,
    ) -> Result<Option<LastTime>, Problem> {
        let is_over = [GrantStateName::Ending, GrantStateName::Ended];
        let over = GrantFilter::of(holder, tenant, &is_over);
        let over = self.all_grants(&over).await?;
        let of_role = over.iter().filter(|it| it.body.role.name == *role && !it.is_drill());
        let Some(last) = of_role.max_by_key(|it| it.body.created_at) else { return Ok(None) };
        let (GrantState::Ending(ending) | GrantState::Ended { ending, .. }) = &last.state else {
            return Ok(None);
        };
        Ok(Some(LastTime {
            grant: last.body.id,
            began_at: ending.activation.at,
            ended_at: ending.at,
            reason: ending.reason,
            tokens: self.tokens_of(last).await?,
        }))
    }

    async fn tokens_of(&self, grant: &Grant) -> Result<usize, Problem> {
        let made = EntryFilter {
            grant: Some(grant.body.id),
            action: Some(EntryAction::Token),
            outcome: Some(EntryOutcome::Succeeded),
            ..EntryFilter::default()
        };
        Ok(self.all_entries(&made).await?.len())
    }
}
