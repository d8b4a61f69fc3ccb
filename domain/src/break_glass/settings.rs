//! What the policy says of break-glass.

use std::{collections::BTreeSet, time::Duration};

use crate::{policy::Tier, tenants::TenantName, time::Timestamp};

/// How sessions are opened, how long they last and when they are reviewed, as `roles.toml` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakGlassSettings {
    /// How long approvers have before somebody may open alone.
    pub patience: Duration,
    /// The tiers in which nobody waits for them.
    pub at_once_in_tier: BTreeSet<Tier>,
    /// How long a session lasts at most.
    pub longest: Duration,
    /// How long a declaration may be opened.
    pub declared_for: Duration,
    /// How long after the close account and review are due.
    pub review_within: Duration,
    /// The tenants in which it is practised.
    pub drills_in: BTreeSet<TenantName>,
}

impl BreakGlassSettings {
    /// From when on what is declared now in a tenant of this tier may be opened alone.
    #[must_use]
    pub fn alone_from(&self, tier: Tier, now: Timestamp) -> Timestamp {
        if self.at_once_in_tier.contains(&tier) { now } else { now.plus(self.patience) }
    }
}
