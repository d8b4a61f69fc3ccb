//! Who must agree to what somebody asks for, how long it waits for them, and what must be written beside it.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

use super::{ApproverGroup, Tier};

/// How something that is asked for is approved: an action as `actions.toml` says, a role as `roles.toml` does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalSettings {
    /// Approvals needed, by different people, none of them the requester.
    pub approvals: u32,
    /// Approvals needed instead in tenants of these tiers; none where the requester's own touch is enough.
    pub approvals_in_tier: BTreeMap<Tier, u32>,
    /// Groups of each of which somebody must be among those who approve.
    pub approvals_from: Vec<ApproverGroup>,
    /// The groups instead in tenants of these tiers.
    pub approvals_from_in_tier: BTreeMap<Tier, Vec<ApproverGroup>>,
    /// How long it may wait for its approvals.
    pub request_ttl: Duration,
    /// Whether a ticket must be named.
    pub ticket: TicketRule,
    /// What a ticket looks like, as a regular expression that the whole of it must match.
    pub ticket_pattern: Option<String>,
}

impl ApprovalSettings {
    /// Approvals needed in a tenant of this tier.
    #[must_use]
    pub fn approvals_in(&self, tier: Tier) -> u32 {
        self.approvals_in_tier.get(&tier).copied().unwrap_or(self.approvals)
    }

    /// Groups of each of which somebody must be among those who approve in a tenant of this tier.
    #[must_use]
    pub fn approvals_from(&self, tier: Tier) -> &[ApproverGroup] {
        self.approvals_from_in_tier.get(&tier).unwrap_or(&self.approvals_from)
    }
}

/// Whether a ticket must be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketRule {
    /// It may.
    Optional,
    /// It must.
    Required,
}
