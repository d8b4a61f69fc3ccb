//! What a person sees before they declare an emergency.

use serde::{Deserialize, Serialize};

use super::{ClosedAlone, alone::Whose};
use crate::{
    access::{Act, Actor},
    console::Console,
    grants::{RoleOffer, SHORTEST, wanted},
    ids::GrantId,
    names::{GrantableRoleName, Login},
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
    /// Whether drills are held here.
    pub may_be_drilled: bool,
    /// The live session of theirs that they would go on from.
    pub before: Option<SessionBefore>,
}

/// The live session that somebody would go on from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionBefore {
    /// Its identifier.
    pub id: GrantId,
    /// With which role.
    pub role: GrantableRoleName,
    /// What is broken.
    pub broken: String,
    /// Where the incident is written down.
    pub incident: String,
    /// Whether it is a drill.
    pub is_drill: bool,
}

impl Console {
    /// How glass is broken in a tenant that the person may see, or gone on with from a live session of theirs.
    pub async fn session_offer(
        &self,
        actor: &Actor,
        tenant: &TenantName,
        after: Option<GrantId>,
    ) -> Result<SessionOffer, Problem> {
        let policy = self.policy();
        let tenant = self.visible_tenant(actor, tenant).await?;
        let settings = policy.break_glass()?;
        let live = self.gone_on_from(actor, &tenant.name, after).await?;
        let now = self.now();
        let before = live.as_ref().and_then(|live| live.as_before(now));
        let rung = |name: &GrantableRoleName| policy.policy.roles.rung(name);
        let least = live.as_ref().and_then(|live| rung(&live.body.role.name));
        let mut roles = self.role_offers(actor, &tenant, Act::BreakGlass).await?;
        roles.retain(|role| rung(&role.name) >= least);
        for offered in &mut roles {
            let longest = policy.policy.roles.role(&offered.name);
            let longest = longest.map(|role| settings.longest_of(role, before.as_ref(), now));
            offered.longest_seconds = longest.unwrap_or_default().as_secs();
            offered.approvals_needed = 1;
        }
        let smallest = roles.first();
        let approvers = smallest.map_or_else(Vec::new, |role| {
            let resource = wanted(actor, &tenant, &role.name);
            policy.who_may(Act::DecideGrant, &resource, actor.login())
        });
        let tier = policy.policy.tiers.of(&tenant.name);
        let patience = match &before {
            Some(before) if before.is_alone => 0,
            _ => settings.alone_from(tier, now).since(now).as_secs(),
        };
        let mut destinations = policy.policy.destinations.values();
        let is_anybody_told = destinations
            .any(|it| it.wants_of(EventKind::BreakGlassOpened, Some(&tenant.name), &tenant.owners));
        let whose = Whose {
            person: actor.login().clone(),
            tenant: tenant.name.clone(),
            goes_on_from: before.map(|before| before.first),
        };
        Ok(SessionOffer {
            roles,
            shortest_seconds: SHORTEST.as_secs(),
            patience_seconds: patience,
            alone_closed: self.closed_alone(&policy, whose).await?,
            approvers,
            is_anybody_told,
            may_be_drilled: settings.drills_in.contains(&tenant.name),
            before: live.map(|live| SessionBefore {
                id: live.body.id,
                is_drill: live.is_drill(),
                role: live.body.role.name,
                broken: live.body.reason,
                incident: live.body.ticket.unwrap_or_default(),
            }),
            tenant: tenant.name,
        })
    }
}
