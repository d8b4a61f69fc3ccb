//! What a person sees before they declare an emergency.

use serde::{Deserialize, Serialize};

use super::ClosedAlone;
use crate::{
    access::{Act, Actor},
    console::Console,
    grants::{RoleOffer, SHORTEST, wanted},
    names::Login,
    notifications::EventKind,
    problem::Problem,
    tenants::TenantName,
};

/// How glass is broken in a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionOffer {
    /// The tenant.
    pub tenant: TenantName,
    /// The roles that may be taken, the smallest first, each for as long as a session lasts at most.
    pub roles: Vec<RoleOffer>,
    /// The shortest session, in seconds.
    pub shortest_seconds: u64,
    /// How long approvers have before somebody may open alone, in seconds; 0 where nobody waits.
    pub patience_seconds: u64,
    /// Why the person may not open alone.
    pub alone_closed: Option<ClosedAlone>,
    /// Who is asked to approve.
    pub approvers: Vec<Login>,
    /// Whether anybody is notified outside the console when it is opened.
    pub is_anybody_told: bool,
}

impl Console {
    /// How glass is broken in a tenant that the person may see.
    pub async fn session_offer(
        &self,
        actor: &Actor,
        tenant: &TenantName,
    ) -> Result<SessionOffer, Problem> {
        let policy = self.policy();
        let tenant = self.visible_tenant(actor, tenant).await?;
        let settings = policy.break_glass()?;
        let mut roles = self.role_offers(actor, &tenant, Act::BreakGlass).await?;
        for role in &mut roles {
            role.longest_seconds = role.longest_seconds.min(settings.longest.as_secs());
            role.approvals_needed = 1;
        }
        let smallest = policy.policy.roles.0.first();
        let approvers = smallest.map_or_else(Vec::new, |role| {
            let resource = wanted(actor, &tenant, &role.name);
            policy.who_may(Act::DecideGrant, &resource, actor.login())
        });
        let (now, tier) = (self.now(), policy.policy.tiers.of(&tenant.name));
        let mut destinations = policy.policy.destinations.values();
        let is_anybody_told = destinations
            .any(|it| it.wants_of(EventKind::BreakGlassOpened, Some(&tenant.name), &tenant.owners));
        Ok(SessionOffer {
            roles,
            shortest_seconds: SHORTEST.as_secs(),
            patience_seconds: settings.alone_from(tier, now).since(now).as_secs(),
            alone_closed: self.closed_alone(&policy, actor.login(), &tenant.name).await?,
            approvers,
            is_anybody_told,
            tenant: tenant.name,
        })
    }
}
