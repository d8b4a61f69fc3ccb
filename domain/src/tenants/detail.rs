//! One tenant: its workloads and pods.

use serde::{Deserialize, Serialize};

use super::{TenantName, TenantSummary};
use crate::{
    access::Actor,
    console::Console,
    problem::Problem,
    resources::{PodRow, WorkloadKind, WorkloadRow},
};

/// What the page of a tenant shows beside its pods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantDetail {
    /// As in a list.
    pub summary: TenantSummary,
    /// Its workloads; `ReplicaSet`s only where no Deployment keeps them.
    pub workloads: Vec<WorkloadRow>,
}

impl Console {
    /// One tenant, if the person may see it.
    pub async fn tenant(&self, actor: &Actor, name: &TenantName) -> Result<TenantDetail, Problem> {
        let tenant = self.visible_tenant(actor, name).await?;
        let workloads = tenant.cluster.workloads(&name.namespace);
        Ok(TenantDetail {
            summary: tenant.summary(),
            workloads: workloads
                .iter()
                .filter(|w| is_shown(w))
                .map(|w| w.as_ref().clone())
                .collect(),
        })
    }

    /// All pods of a tenant, if the person may see it, by name.
    pub async fn tenant_pods(
        &self,
        actor: &Actor,
        name: &TenantName,
    ) -> Result<Vec<std::sync::Arc<PodRow>>, Problem> {
        let tenant = self.visible_tenant(actor, name).await?;
        Ok(tenant.cluster.pods(&name.namespace))
    }
}

fn is_shown(workload: &WorkloadRow) -> bool {
    workload.kind != WorkloadKind::ReplicaSet || workload.owner.is_none()
}
