//! The tenants a person may see, with their health.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Health, PodCounts, TenantSummary, visible::VisibleTenant};
use crate::{access::Actor, console::Console, names::ClusterName};

/// The tenants a person may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantList {
    /// The worst health first, then by name.
    pub items: Vec<TenantSummary>,
    /// Clusters that could not say what the person may see: their tenants are missing above.
    pub silent_clusters: BTreeSet<ClusterName>,
}

impl Console {
    /// Every tenant the person may see.
    pub async fn tenants(&self, actor: &Actor) -> TenantList {
        let (visible, silent_clusters) = self.visible_tenants(actor).await;
        let mut items: Vec<_> = visible.iter().map(VisibleTenant::summary).collect();
        items.sort_by(|a, b| b.health.cmp(&a.health).then_with(|| a.name().cmp(&b.name())));
        TenantList { items, silent_clusters }
    }
}

impl VisibleTenant {
    pub(crate) fn summary(&self) -> TenantSummary {
        let pods = self.cluster.pods(&self.name.namespace);
        let workloads = self.cluster.workloads(&self.name.namespace);
        let counts = PodCounts::of(pods.iter().map(AsRef::as_ref));
        TenantSummary {
            cluster: self.name.cluster.clone(),
            namespace: self.name.namespace.clone(),
            team: self.owners.first().cloned(),
            teams: self.owners.clone(),
            health: Health::of(workloads.iter().map(AsRef::as_ref), counts),
            pods: counts,
            freshness: self.cluster.freshness(),
        }
    }
}
