//! Which roles there are for somebody in a tenant, and what each would add.

use serde::{Deserialize, Serialize};

use super::{
    Added, ClusterRole, GrantFilter, GrantStateName, GrantableRole, LastTime, Risk, SHORTEST,
};
use crate::{
    access::{Act, Actor, Resource, authorise, cluster_user},
    approvals::Quorum,
    console::Console,
    names::{ClusterRoleName, GrantableRoleName, Login},
    policy::{ApproverGroup, PolicySnapshot, TicketRule},
    problem::{Problem, ProblemCode},
    tenants::{TenantName, VisibleTenant},
    time::Timestamp,
};

/// A role that may be asked for in a tenant, or why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleOffer {
    /// What it is called.
    pub name: GrantableRoleName,
    /// What it is for.
    pub summary: String,
    /// The worst that it lets its holder do; absent where the cluster cannot tell.
    pub risk: Option<Risk>,
    /// For how long it may be asked, in seconds.
    pub longest_seconds: u64,
    /// Approvals it needs here.
    pub approvals_needed: u32,
    /// Whether a ticket must be named.
    pub ticket: TicketRule,
    /// What a ticket looks like.
    pub ticket_pattern: Option<String>,
    /// Why it cannot be asked for, if so.
    pub refusal: Option<Problem>,
}

/// What a person sees before they ask for a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleReview {
    /// The role.
    #[serde(flatten)]
    pub offer: RoleOffer,
    /// The tenant.
    pub tenant: TenantName,
    /// The shortest time for which it may be asked, in seconds.
    pub shortest_seconds: u64,
    /// The cluster role that is bound for it.
    pub cluster_role: ClusterRoleName,
    /// What it adds to what the person may do there already.
    pub added: Vec<Added>,
    /// Whether the cluster could not tell all that the person may do already: then less may be added than is told.
    pub incomplete: bool,
    /// Who holds it there, but the person themself.
    pub holders: Vec<Holder>,
    /// When they held it there last.
    pub last: Option<LastTime>,
    /// Groups of each of which somebody must approve.
    pub approvals_from: Vec<ApproverGroup>,
    /// Who may approve it.
    pub approvers: Vec<Login>,
}

/// Somebody who holds a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Who.
    pub login: Login,
    /// Until when.
    pub until: Option<Timestamp>,
}

impl Console {
    /// The roles there are in a tenant that the person may see, the smallest first.
    pub async fn grantable_roles(
        &self,
        actor: &Actor,
        tenant: &TenantName,
    ) -> Result<Vec<RoleOffer>, Problem> {
        let tenant = self.visible_tenant(actor, tenant).await?;
        self.role_offers(actor, &tenant, Act::AskRole).await
    }

    /// The roles there are in a tenant, and whether that may be done to have each.
    pub(crate) async fn role_offers(
        &self,
        actor: &Actor,
        tenant: &VisibleTenant,
        act: Act,
    ) -> Result<Vec<RoleOffer>, Problem> {
        let policy = self.policy();
        let mut offers = Vec::new();
        for role in &policy.policy.roles.0 {
            let read = tenant.cluster.grants().cluster_role(&role.cluster_role).await;
            let found = read.map_err(Problem::from).and_then(|found| fit(&found).map(|()| found));
            offers.push(offer(&policy, actor, tenant, role, &found, act));
        }
        Ok(offers)
    }

    /// What a role in a tenant would add, for somebody who may ask for it.
    pub async fn review_role(
        &self,
        actor: &Actor,
        tenant: &TenantName,
        name: &GrantableRoleName,
    ) -> Result<RoleReview, Problem> {
        let policy = self.policy();
        let tenant = self.visible_tenant(actor, tenant).await?;
        let role = policy.policy.roles.role(name).ok_or(ProblemCode::NotVisible)?;
        let resource = wanted(actor, &tenant, name);
        authorise(&policy, actor, Act::AskRole, &resource)?;
        let found = self.role_now(&tenant, role).await?;
        let user = cluster_user(actor, &tenant.name.cluster)?;
        let held = tenant.cluster.grants().rules_of(user, &tenant.name.namespace).await?;
        let offer = offer(&policy, actor, &tenant, role, &Ok(found.clone()), Act::AskRole);
        let needed = offer.approvals_needed;
        let quorum = Quorum::new(&policy, Some(&role.asking), &tenant.name, actor.login(), needed);
        let eligible = policy.who_may(Act::DecideGrant, &resource, actor.login());
        Ok(RoleReview {
            shortest_seconds: SHORTEST.as_secs(),
            cluster_role: role.cluster_role.clone(),
            added: Added::to(&held.rules, &found.rules),
            incomplete: held.incomplete,
            holders: self.holders(actor.login(), &tenant.name, name).await?,
            last: self.last_time(actor.login(), &tenant.name, name).await?,
            approvals_from: role
                .asking
                .approvals_from(policy.policy.tiers.of(&tenant.name))
                .to_vec(),
            approvers: quorum.open_to(eligible, &[]),
            tenant: tenant.name,
            offer,
        })
    }

    /// The cluster role behind a role as it is now, if it may be granted at all.
    pub(crate) async fn role_now(
        &self,
        tenant: &VisibleTenant,
        role: &GrantableRole,
    ) -> Result<ClusterRole, Problem> {
        let found =
            tenant.cluster.grants().cluster_role(&role.cluster_role).await.map_err(|error| {
                let problem = Problem::from(error);
                if problem.code != ProblemCode::NotVisible {
                    return problem;
                }
                Problem::from(ProblemCode::RoleUnfit)
                    .with("why", "missing")
                    .with("cluster_role", &role.cluster_role)
            })?;
        fit(&found)?;
        Ok(found)
    }

    /// Who holds a role in a tenant, but for this person.
    pub(super) async fn holders(
        &self,
        but: &Login,
        tenant: &TenantName,
        role: &GrantableRoleName,
    ) -> Result<Vec<Holder>, Problem> {
        let held = GrantFilter {
            tenant: Some(tenant.clone()),
            ..GrantFilter::that_are(&GrantStateName::IN_CLUSTER)
        };
        let held = self.all_grants(&held).await?;
        let others = held
            .into_iter()
            .filter(|grant| grant.body.role.name == *role && grant.body.holder != *but)
            .filter(|grant| !grant.is_drill());
        Ok(others
            .map(|grant| Holder { until: grant.ends_at(), login: grant.body.holder })
            .collect())
    }
}

fn offer(
    policy: &PolicySnapshot,
    actor: &Actor,
    tenant: &VisibleTenant,
    role: &GrantableRole,
    found: &Result<ClusterRole, Problem>,
    act: Act,
) -> RoleOffer {
    let resource = wanted(actor, tenant, &role.name);
    let refused = authorise(policy, actor, act, &resource).err().map(Problem::from);
    let rules = found.as_ref().ok().map(|found| &found.rules).or(role.rules.as_ref());
    RoleOffer {
        name: role.name.clone(),
        summary: role.summary.clone(),
        risk: rules.map(|rules| Risk::of(rules)),
        longest_seconds: role.longest.as_secs(),
        approvals_needed: role.asking.approvals_in(policy.policy.tiers.of(&tenant.name)),
        ticket: role.asking.ticket,
        ticket_pattern: role.asking.ticket_pattern.clone(),
        refusal: refused.or_else(|| found.as_ref().err().cloned()),
    }
}

/// What the rules are asked about when somebody wants a role for themself.
pub(crate) fn wanted(actor: &Actor, tenant: &VisibleTenant, role: &GrantableRoleName) -> Resource {
    Resource::Grant {
        holder: actor.login().clone(),
        role: role.clone(),
        tenant: tenant.name.clone(),
        owners: tenant.owners.clone(),
    }
}

fn fit(found: &ClusterRole) -> Result<(), Problem> {
    match found.never_granted() {
        None => Ok(()),
        Some(never) => Err(Problem::from(ProblemCode::RoleUnfit).with("why", never)),
    }
}
