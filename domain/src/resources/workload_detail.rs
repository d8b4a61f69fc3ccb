//! One workload, with the pods and jobs it keeps.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{EventRow, Freshness, PodRow, WorkloadKind, WorkloadRow, is_kept_by};
use crate::{
    access::Actor,
    actions::TargetRef,
    console::Console,
    problem::{Problem, ProblemCode},
};

/// What the page of a workload shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkloadDetail {
    /// The workload.
    pub workload: WorkloadRow,
    /// The pods it keeps, failing ones first, then by name.
    pub pods: Vec<PodRow>,
    /// The jobs it keeps, the newest first.
    pub jobs: Vec<WorkloadRow>,
    /// What the cluster reported about it, newest first.
    pub events: Vec<EventRow>,
    /// How old this is.
    pub freshness: Freshness,
}

impl Console {
    /// One workload of a tenant, if the person may see that. Kinds that nobody watches are as absent as others.
    pub async fn workload(
        &self,
        actor: &Actor,
        target: &TargetRef,
    ) -> Result<WorkloadDetail, Problem> {
        let visible = self.visible_tenant(actor, &target.tenant()).await?;
        let workloads = visible.cluster.workloads(&target.namespace);
        let wanted = |row: &&Arc<WorkloadRow>| {
            row.kind.to_string() == target.kind.as_str() && row.name == target.name
        };
        let workload = workloads.iter().find(wanted).ok_or(ProblemCode::NotVisible)?;
        let mut pods = visible.cluster.pods(&target.namespace);
        pods.retain(|pod| is_kept_by(pod, workload, &workloads));
        pods.sort_by(|a, b| b.is_failing().cmp(&a.is_failing()).then_with(|| a.name.cmp(&b.name)));
        let kept = |row: &&Arc<WorkloadRow>| {
            row.kind == WorkloadKind::Job
                && row.owner.as_ref().is_some_and(|owner| owner.uid == workload.uid)
        };
        let mut jobs: Vec<_> =
            workloads.iter().filter(kept).map(|job| job.as_ref().clone()).collect();
        jobs.sort_by(|a, b| b.created_at.cmp(&a.created_at).then_with(|| a.name.cmp(&b.name)));
        let events = visible.cluster.events(&target.namespace, &workload.uid);
        Ok(WorkloadDetail {
            pods: pods.iter().map(|pod| pod.as_ref().clone()).collect(),
            jobs,
            events: events.iter().map(|event| event.as_ref().clone()).collect(),
            freshness: visible.cluster.freshness(),
            workload: workload.as_ref().clone(),
        })
    }
}
