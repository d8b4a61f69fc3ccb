//! What an action does to a cluster, and what the cluster says to it.

use serde::{Deserialize, Serialize};

use super::Target;
use crate::resources::ClusterError;

/// A change to a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Evicts a pod through the Eviction API, so that disruption budgets are honoured.
    EvictPod {
        /// That very pod.
        pod: Target,
    },
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
    /// Its RBAC or admission refuses the person with the action's group.
    Forbidden,
    /// Something else; the message says it.
    Other,
}

/// The cluster accepted an effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The `Audit-Id` of the call, by which the cluster's own audit log tells of it.
    pub audit_id: Option<String>,
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
