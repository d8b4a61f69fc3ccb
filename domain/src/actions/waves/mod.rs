//! Several pods taken away by one request, some at a time: what is pinned when it is asked for, what was sent, and what
//! was answered.

mod advance;
mod end;
mod entries;
mod fate;
mod headroom;
mod moves;
mod next;
mod pods;
mod reach;
mod rehearse;
mod seen;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use fate::{Fate, Fated};
pub use next::{Next, WavesSight};
pub(super) use reach::by_tenant;
pub use reach::{PodReach, TenantReach, Unseen};
pub(super) use rehearse::Rehearsal;
pub use seen::WavesSeen;

use crate::{
    names::{ClusterName, Namespace, ObjectName},
    resources::PodRow,
    tenants::TenantName,
    time::Timestamp,
};

/// The most pods that one request takes away: as many as Kubernetes wants on the largest node, and some.
pub const MOST_PODS: usize = 256;

/// Pods that are evicted, so many at a time. Only these: what comes later is not touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evictions {
    /// What is merged into the target before the first of them; absent where nothing is.
    pub first: Option<Value>,
    /// The pods, in this order.
    pub pods: Vec<PodPin>,
    /// How many may be on their way at a time.
    pub at_once: u32,
}

impl Evictions {
    /// Whether there were pods to take away, and none of them is left.
    pub(super) fn are_all_gone(&self, seen: &[Arc<PodRow>]) -> bool {
        let is_seen = |pin: &PodPin| seen.iter().any(|pod| pod.uid == pin.uid);
        !self.pods.is_empty() && !self.pods.iter().any(is_seen)
    }
}

/// One very pod: a namesake is another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PodPin {
    /// The namespace it runs in.
    pub namespace: Namespace,
    /// Its name.
    pub name: ObjectName,
    /// The cluster's identifier of this very pod.
    pub uid: String,
}

/// Pods that were sent away together, under one word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wave {
    /// When the word was given.
    pub at: Timestamp,
    /// After this the cluster may no longer be called for it.
    pub deadline: Timestamp,
    /// The pods.
    pub pods: Vec<PodPin>,
    /// What the cluster said of each, once that is known of all.
    pub said: Option<Vec<Said>>,
}

/// What the cluster said to the eviction of a pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "snake_case")]
pub enum Said {
    /// It accepted.
    Accepted {
        /// The `Audit-Id` of the call.
        audit_id: Option<String>,
    },
    /// There was no such pod any more, as it said.
    Gone,
    /// Disruption budgets had no room.
    Budget {
        /// The budgets.
        names: Vec<String>,
    },
    /// It refused.
    Refused {
        /// Its own words.
        message: String,
    },
    /// The call surely never arrived.
    NotDelivered,
    /// Nobody heard the answer: whether the pod goes is seen after the deadline.
    Unheard,
}

impl Said {
    /// Whether the pod may be asked to go once more.
    const fn leaves_it(&self) -> bool {
        matches!(self, Self::Gone | Self::Budget { .. } | Self::NotDelivered | Self::Unheard)
    }
}

impl PodPin {
    /// The tenant it belongs to.
    #[must_use]
    pub fn tenant(&self, cluster: &ClusterName) -> TenantName {
        TenantName { cluster: cluster.clone(), namespace: self.namespace.clone() }
    }
}

impl From<&PodRow> for PodPin {
    fn from(row: &PodRow) -> Self {
        Self { namespace: row.namespace.clone(), name: row.name.clone(), uid: row.uid.clone() }
    }
}
