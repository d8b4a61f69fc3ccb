//! How the console itself stands: its database, its policy, its clusters.

use serde::{Deserialize, Serialize};

use crate::{
    audit::EntryFilter,
    console::Console,
    page::PageRequest,
    policy::PolicyStatus,
    resources::{Cluster, WatchState},
    store::StoreError,
};

/// How the console stands.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Whether the database answers.
    pub database: Result<(), StoreError>,
    /// How the policy folder stands to the policy in force.
    pub policy: PolicyStatus,
    /// How the clusters' watches run.
    pub clusters: ClusterCounts,
}

/// Clusters, by the state of their watches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterCounts {
    /// Whose first lists are not complete.
    pub starting: usize,
    /// Whose watches all run.
    pub live: usize,
    /// Of which at least one watch is broken.
    pub stale: usize,
}

impl Console {
    /// How the console stands now.
    pub async fn condition(&self) -> Condition {
        let newest = PageRequest { limit: Some(1), ..PageRequest::default() };
        let read = self.ports.entries.entries(&EntryFilter::default(), &newest).await;
        let mut clusters = ClusterCounts::default();
        for cluster in self.ports.clusters.all() {
            *clusters.of(cluster.as_ref()) += 1;
        }
        Condition { database: read.map(drop), policy: self.ports.policy.status(), clusters }
    }
}

impl ClusterCounts {
    fn of(&mut self, cluster: &dyn Cluster) -> &mut usize {
        match cluster.freshness().watch {
            WatchState::Starting => &mut self.starting,
            WatchState::Live => &mut self.live,
            WatchState::Stale => &mut self.stale,
        }
    }
}
