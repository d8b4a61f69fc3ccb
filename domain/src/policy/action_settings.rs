//! What an action asks for, as `actions.toml` says.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{ApprovalSettings, GuardRails};

/// How an action is approved, how long things last, and within which bounds it stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionSettings {
    /// Who must agree, and what must be written.
    pub asking: ApprovalSettings,
    /// How long an approved request may wait for its execution.
    pub approval_ttl: Duration,
    /// How long after its intent the effect may still be sent.
    pub execution_deadline: Duration,
    /// How long the outcome is watched for before it is recorded as not settled.
    pub settle_within: Duration,
    /// The bounds within which it is carried out without more ado.
    pub guard_rails: GuardRails,
}
