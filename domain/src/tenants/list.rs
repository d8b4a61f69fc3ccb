//! The tenants a person may see, with their health.

use super::{Health, PodCounts, TenantSummary, visible::VisibleTenant};
use crate::{access::Actor, console::Console};

impl Console {
    /// Every tenant the person may see: the worst health first, then by name.
    pub async fn tenants(&self, actor: &Actor) -> Vec<TenantSummary> {
        let mut tenants: Vec<_> = self
            .visible_tenants(actor)
            .await
            .iter()
            .map(VisibleTenant::summary)
            .collect();
        tenants.sort_by(|a, b| {
            b.health
                .cmp(&a.health)
                .then_with(|| a.name().cmp(&b.name()))
        });
        tenants
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
