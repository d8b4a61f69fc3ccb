//! Where a request stands. Each state carries the evidence that it was reached rightly.

use serde::{Deserialize, Serialize};

use super::{Accepted, Before, Change, Intent, Outcome, PodPin, Wave};
use crate::{approvals::SignedDecision, names::Login, time::Timestamp};

/// Where a request stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RequestState {
    /// Waits for approvals.
    Pending,
    /// Has the approvals it needs; may be executed by its requester.
    Approved {
        /// Until when.
        until: Timestamp,
    },
    /// An approver said no.
    Denied {
        /// Who, when, why, signed.
        denial: Box<SignedDecision>,
    },
    /// Its requester took it back, or lost the right to have it.
    Withdrawn {
        /// When.
        at: Timestamp,
        /// By whom, where it was not the requester.
        by: Option<Login>,
    },
    /// Its time ran out.
    Expired {
        /// When.
        at: Timestamp,
    },
    /// Its target is no longer what was asked about.
    Void {
        /// When that was seen.
        at: Timestamp,
        /// What was seen.
        reason: VoidReason,
    },
    /// Its intent is committed; the effect may be under way.
    Executing(Box<Execution>),
    /// Ended well.
    Succeeded(Ended),
    /// Ended badly.
    Failed(Ended),
    /// Nobody saw how it ended.
    Unknown(Ended),
}

/// An execution that came to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// What was done.
    pub execution: Box<Execution>,
    /// How it ended, as far as observed.
    pub outcome: Outcome,
}

/// What is known of an execution under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Execution {
    /// The word given.
    pub intent: Intent,
    /// The requester's touch.
    pub touch: SignedDecision,
    /// What the cluster is told to change.
    pub change: Change,
    /// How it stood before the word was given.
    pub before: Before,
    /// What the cluster answered, once it was heard to accept.
    pub accepted: Option<Accepted>,
    /// The pods that were sent away, where that is done in waves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waves: Vec<Wave>,
    /// Who has no further wave sent, if somebody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Login>,
    /// The pods that were there still when the waves had ended, of those that were to go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Vec<PodPin>>,
}

/// Why a request is void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoidReason {
    /// The target is gone.
    Gone,
    /// Another object has its name now.
    Recreated,
    /// Its spec, labels or owners changed.
    Changed,
}

impl std::fmt::Display for VoidReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Gone => "gone",
            Self::Recreated => "recreated",
            Self::Changed => "changed",
        })
    }
}

/// The name of a state, as the API writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    /// See [`RequestState::Pending`].
    Pending,
    /// See [`RequestState::Approved`].
    Approved,
    /// See [`RequestState::Denied`].
    Denied,
    /// See [`RequestState::Withdrawn`].
    Withdrawn,
    /// See [`RequestState::Expired`].
    Expired,
    /// See [`RequestState::Void`].
    Void,
    /// See [`RequestState::Executing`].
    Executing,
    /// See [`RequestState::Succeeded`].
    Succeeded,
    /// See [`RequestState::Failed`].
    Failed,
    /// See [`RequestState::Unknown`].
    Unknown,
}

impl StateName {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::Pending,
        Self::Approved,
        Self::Denied,
        Self::Withdrawn,
        Self::Expired,
        Self::Void,
        Self::Executing,
        Self::Succeeded,
        Self::Failed,
        Self::Unknown,
    ];

    /// As the API and the database write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Denied => "denied",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Void => "void",
            Self::Executing => "executing",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// Whether nothing can change it any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Pending | Self::Approved | Self::Executing)
    }
}

impl RequestState {
    /// What was done, once the word was given.
    #[must_use]
    pub fn execution(&self) -> Option<&Execution> {
        match self {
            Self::Executing(execution) => Some(execution),
            Self::Succeeded(ended) | Self::Failed(ended) | Self::Unknown(ended) => {
                Some(&ended.execution)
            }
            _ => None,
        }
    }

    /// When it ended, once it did.
    #[must_use]
    pub fn ended_at(&self) -> Option<Timestamp> {
        match self {
            Self::Pending | Self::Approved { .. } | Self::Executing(_) => None,
            Self::Denied { denial } => Some(denial.at),
            Self::Withdrawn { at, .. } | Self::Expired { at } | Self::Void { at, .. } => Some(*at),
            Self::Succeeded(ended) | Self::Failed(ended) | Self::Unknown(ended) => {
                Some(ended.outcome.at)
            }
        }
    }

    /// How it ended, once that was observed.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Succeeded(ended) | Self::Failed(ended) | Self::Unknown(ended) => {
                Some(&ended.outcome)
            }
            _ => None,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> StateName {
        match self {
            Self::Pending => StateName::Pending,
            Self::Approved { .. } => StateName::Approved,
            Self::Denied { .. } => StateName::Denied,
            Self::Withdrawn { .. } => StateName::Withdrawn,
            Self::Expired { .. } => StateName::Expired,
            Self::Void { .. } => StateName::Void,
            Self::Executing(_) => StateName::Executing,
            Self::Succeeded(_) => StateName::Succeeded,
            Self::Failed(_) => StateName::Failed,
            Self::Unknown(_) => StateName::Unknown,
        }
    }
}
