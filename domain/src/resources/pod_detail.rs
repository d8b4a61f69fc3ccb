//! One pod, with what the cluster reported about it.

use serde::{Deserialize, Serialize};

use super::{EventRow, Freshness, PodRow, WorkloadKind, WorkloadRow};
use crate::{
    access::Actor,
    console::Console,
    names::{Namespace, ObjectName},
    problem::{Problem, ProblemCode},
    resources::Cluster,
    tenants::TenantName,
};

/// What the page of a pod shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodDetail {
    /// The pod.
    pub pod: PodRow,
    /// The workload it belongs to, past its `ReplicaSet`.
    pub workload: Option<WorkloadRow>,
    /// What the cluster reported about it, newest first.
    pub events: Vec<EventRow>,
    /// How old this is.
    pub freshness: Freshness,
}

impl Console {
    /// One pod of a tenant, if the person may see that.
    pub async fn pod(
        &self,
        actor: &Actor,
        tenant: &TenantName,
        name: &ObjectName,
    ) -> Result<PodDetail, Problem> {
        let visible = self.visible_tenant(actor, tenant).await?;
        let pods = visible.cluster.pods(&tenant.namespace);
        let pod = pods.into_iter().find(|pod| pod.name == *name).ok_or(ProblemCode::NotVisible)?;
        let events = visible.cluster.events(&tenant.namespace, &pod.uid);
        Ok(PodDetail {
            workload: workload_of(visible.cluster.as_ref(), &tenant.namespace, &pod),
            events: events.iter().map(|event| event.as_ref().clone()).collect(),
            freshness: visible.cluster.freshness(),
            pod: pod.as_ref().clone(),
        })
    }
}

/// The workload that a pod belongs to: its controller, or the Deployment behind its `ReplicaSet`.
fn workload_of(cluster: &dyn Cluster, namespace: &Namespace, pod: &PodRow) -> Option<WorkloadRow> {
    let workloads = cluster.workloads(namespace);
    let owned_by = |uid: &str| workloads.iter().find(|workload| workload.uid == uid);
    let controller = owned_by(&pod.owner.as_ref()?.uid)?;
    let workload = match (&controller.owner, controller.kind) {
        (Some(owner), WorkloadKind::ReplicaSet) => owned_by(&owner.uid).unwrap_or(controller),
        _ => controller,
    };
    Some(workload.as_ref().clone())
}
