//! What an action asks for, as `actions.toml` says.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How an action is approved and how long things last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionSettings {
    /// Approvals needed, by different people, none of them the requester.
    pub approvals: u32,
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
