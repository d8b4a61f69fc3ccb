//! What an action asks for, as `actions.toml` says.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

use super::{ApproverGroup, GuardRails, Tier};

/// How an action is approved, how long things last, and within which bounds it stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionSettings {
    /// Approvals needed, by different people, none of them the requester.
    pub approvals: u32,
    /// Approvals needed instead in tenants of these tiers; none where the requester's own touch is enough.
    pub approvals_in_tier: BTreeMap<Tier, u32>,
    /// Groups of each of which somebody must be among those who approve.
    pub approvals_from: Vec<ApproverGroup>,
    /// The groups instead in tenants of these tiers.
    pub approvals_from_in_tier: BTreeMap<Tier, Vec<ApproverGroup>>,
    /// How long a request may wait for its approvals.
    pub request_ttl: Duration,
    /// How long an approved request may wait for its execution.
    pub approval_ttl: Duration,
    /// How long after its intent the effect may still be sent.
    pub execution_deadline: Duration,
    /// How long the outcome is watched for before it is recorded as not settled.
    pub settle_within: Duration,
    /// Whether a ticket must be named.
    pub ticket: TicketRule,
    /// What a ticket looks like, as a regular expression that the whole of it must match.
    pub ticket_pattern: Option<String>,
    /// The bounds within which it is carried out without more ado.
    pub guard_rails: GuardRails,
}

impl ActionSettings {
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

/// Whether a request must name a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketRule {
    /// It may.
    Optional,
    /// It must.
    Required,
}
