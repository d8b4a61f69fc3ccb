//! How an executed request ended, as it was observed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Finding;
use crate::{names::ClusterName, tenants::TenantName, time::Timestamp};

/// How it ended, and when that was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How it ended.
    pub verdict: Verdict,
    /// When that was seen.
    pub at: Timestamp,
}

/// How an executed request ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// What was wanted came about.
    Succeeded {
        /// The pod or job that came of it, where one did.
        made: Option<String>,
        /// The cluster's audit id of the call, where it was heard.
        audit_id: Option<String>,
    },
    /// It did not.
    Failed {
        /// Whether the cluster was changed all the same.
        effect: EffectSeen,
        /// What went wrong.
        reason: Finding,
    },
    /// Nobody saw how it ended.
    Unknown {
        /// Why not.
        reason: Finding,
    },
}

/// Whether the cluster was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectSeen {
    /// Nothing was changed.
    None,
    /// The effect took place; what should follow it did not.
    TookPlace,
}

impl Outcome {
    /// The same for whoever may see these tenants of the cluster only.
    pub(super) fn seen_in(self, cluster: &ClusterName, visible: &BTreeSet<TenantName>) -> Self {
        let verdict = match self.verdict {
            Verdict::Failed { effect, reason } => {
                let reason = reason.seen_in(|namespace| {
                    let (cluster, namespace) = (cluster.clone(), namespace.clone());
                    visible.contains(&TenantName { cluster, namespace })
                });
                Verdict::Failed { effect, reason }
            }
            verdict => verdict,
        };
        Self { verdict, ..self }
    }
}
