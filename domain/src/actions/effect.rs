//! What an action does to a cluster, and what the cluster says to it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Change, Finding, Target};
use crate::{resources::ClusterError, tenants::TenantName};

/// A change to one very object of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// That object.
    pub target: Target,
    /// What is changed.
    #[serde(flatten)]
    pub change: Change,
}

/// What the cluster answered when it was asked what it would say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DryRun {
    /// Whether it would accept.
    pub verdict: DryRunVerdict,
    /// The object as it would be, with all that admission makes of it; absent where none would be left.
    pub after: Option<Value>,
}

/// What the cluster would say to an effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum DryRunVerdict {
    /// It would accept.
    Accepted,
    /// It would refuse.
    Refused {
        /// Why.
        reason: DryRunRefusal,
        /// The cluster's own words.
        message: String,
    },
}

/// Why a cluster would refuse an effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum DryRunRefusal {
    /// Disruption budgets have no room for it.
    Budget {
        /// The budgets that cover the pod and allow nothing now.
        names: Vec<String>,
    },
    /// Its RBAC, admission or quota refuses the person with the action's group.
    Forbidden,
    /// The object would not be valid.
    Invalid,
    /// Something else; the message says it.
    Other,
}

impl DryRunVerdict {
    /// The same without the cluster's own words, which may name what somebody may not see; of budgets, those of these
    /// tenants.
    pub(super) fn without_words(self, visible: &BTreeSet<TenantName>) -> Self {
        let Self::Refused { reason, .. } = self else { return self };
        let seen = |name: &String| {
            let namespace = name.split('/').next().unwrap_or_default();
            visible.iter().any(|tenant| tenant.namespace.as_str() == namespace)
        };
        let reason = match reason {
            DryRunRefusal::Budget { names } => {
                DryRunRefusal::Budget { names: names.into_iter().filter(seen).collect() }
            }
            reason => reason,
        };
        Self::Refused { reason, message: String::new() }
    }
}

/// The cluster accepted an effect.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The `Audit-Id` of the call, by which the cluster's own audit log tells of it.
    pub audit_id: Option<String>,
    /// The `metadata.generation` that the answer had: who sees an older one does not see the effect yet.
    pub generation: Option<i64>,
}

/// Why an effect was not carried out, or may have been.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EffectError {
    /// The object is gone, is a namesake, or changed in substance. Nothing was done.
    #[error("the target is no longer what was approved")]
    Drifted,
    /// The intent's deadline passed first. Nothing was done.
    #[error("the deadline of the intent passed before the call was sent")]
    TooLate,
    /// Disruption budgets have no room for it now. Nothing was done.
    #[error("disruption budgets refuse: {message}")]
    Budget {
        /// The budgets that cover the pod and allow nothing now.
        names: Vec<String>,
        /// The cluster's own words.
        message: String,
    },
    /// The cluster refused or was not reached. Nothing was done.
    #[error(transparent)]
    Refused(ClusterError),
    /// The call was sent and its answer was lost. Whether something was done is for the cluster to tell.
    #[error("the answer of the cluster was lost: {message}")]
    Unknown {
        /// How it was lost.
        message: String,
    },
}

impl EffectError {
    /// What is written down of an effect that was surely not carried out; `None` where that is not sure.
    #[must_use]
    pub fn finding(self) -> Option<Finding> {
        Some(match self {
            Self::Drifted => Finding::Drifted,
            Self::TooLate => Finding::TooLate,
            Self::Budget { names, message } => Finding::Budget { names, message },
            Self::Refused(ClusterError::Refused { message }) => Finding::Refused { message },
            Self::Refused(error) => Finding::NotReached { message: error.to_string() },
            Self::Unknown { .. } => return None,
        })
    }
}
