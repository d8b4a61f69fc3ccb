//! How much hangs on a tenant: tier 0 is what the company cannot be without for a minute.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::tenants::TenantName;

/// How much hangs on a tenant: the lower, the more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tier(pub u8);

impl Tier {
    /// The tier of what nobody would miss for a day.
    pub const LEAST: Self = Self(3);
    /// Every tier.
    pub const ALL: [Self; 4] = [Self(0), Self(1), Self(2), Self::LEAST];
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The tier of every tenant, existing or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiers {
    /// The tier of whatever is not named.
    pub default: Tier,
    /// The tenants that are named.
    pub named: BTreeMap<TenantName, Tier>,
}

impl Tiers {
    /// How much hangs on a tenant.
    #[must_use]
    pub fn of(&self, tenant: &TenantName) -> Tier {
        self.named.get(tenant).copied().unwrap_or(self.default)
    }
}

impl Default for Tiers {
    fn default() -> Self {
        Self { default: Tier(2), named: BTreeMap::new() }
    }
}
