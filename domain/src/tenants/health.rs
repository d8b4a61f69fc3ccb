//! Whether a tenant's service is all right, in one word.

use serde::{Deserialize, Serialize};

use crate::resources::{PodRow, WorkloadKind, WorkloadRow};

/// The health of a tenant; the worse, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// Nothing runs here.
    Empty,
    /// Every workload has the replicas it wants, and no pod is failing.
    Healthy,
    /// Replicas are missing or a pod is failing, and every workload still has one that is ready.
    Degraded,
    /// A workload that should run has nothing ready.
    Failing,
}

/// How the pods of a tenant fare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodCounts {
    /// All but those that ended well.
    pub total: u32,
    /// Those that serve.
    pub ready: u32,
    /// Those that a person should look at.
    pub failing: u32,
}

impl PodCounts {
    /// Counts these pods.
    pub fn of<'a>(pods: impl IntoIterator<Item = &'a PodRow>) -> Self {
        let mut counts = Self::default();
        for pod in pods.into_iter().filter(|pod| !pod.is_completed()) {
            counts.total += 1;
            counts.ready += u32::from(pod.is_ready());
            counts.failing += u32::from(pod.is_failing());
        }
        counts
    }
}

impl Health {
    /// Judges a tenant by its workloads and pods.
    pub fn of<'a>(workloads: impl IntoIterator<Item = &'a WorkloadRow>, pods: PodCounts) -> Self {
        let of_pods = match pods {
            PodCounts { total: 0, .. } => Self::Empty,
            PodCounts { failing: 0, .. } => Self::Healthy,
            PodCounts { .. } => Self::Degraded,
        };
        workloads.into_iter().filter(|w| serves(w)).map(Self::of_workload).fold(of_pods, Self::max)
    }

    fn of_workload(workload: &WorkloadRow) -> Self {
        match workload {
            w if w.is_healthy() => Self::Healthy,
            w if w.ready == 0 => Self::Failing,
            _ => Self::Degraded,
        }
    }
}

/// Whether a workload says something about serving: jobs end, and owned `ReplicaSet`s belong to their Deployment.
fn serves(workload: &WorkloadRow) -> bool {
    match workload.kind {
        WorkloadKind::Deployment | WorkloadKind::StatefulSet | WorkloadKind::DaemonSet => {
            workload.desired > 0
        }
        WorkloadKind::ReplicaSet => workload.owner.is_none() && workload.desired > 0,
        WorkloadKind::Job | WorkloadKind::CronJob => false,
    }
}
