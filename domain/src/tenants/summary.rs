//! A tenant in a list.

use serde::{Deserialize, Serialize};

use super::{Health, PodCounts, TenantName};
use crate::{
    names::{ClusterName, Namespace, TeamName},
    resources::Freshness,
};

/// What a list tells of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantSummary {
    /// The cluster it is in.
    pub cluster: ClusterName,
    /// Its namespace there.
    pub namespace: Namespace,
    /// The team that owns it; absent for a namespace that nobody owns.
    pub team: Option<TeamName>,
    /// All teams that own it.
    pub teams: Vec<TeamName>,
    /// Whether its service is all right.
    pub health: Health,
    /// How its pods fare.
    pub pods: PodCounts,
    /// How old this is.
    pub freshness: Freshness,
}

impl TenantSummary {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> TenantName {
        TenantName { cluster: self.cluster.clone(), namespace: self.namespace.clone() }
    }
}
