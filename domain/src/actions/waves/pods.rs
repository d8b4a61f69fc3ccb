//! The pods of a target, as the watches know them: those that a workload keeps, or that are on a node.

use std::sync::Arc;

use crate::{
    actions::{Snapshot, TargetKind},
    problem::{Problem, ProblemCode},
    resources::{Cluster, PodRow, WatchState, is_kept_by},
};

impl Snapshot {
    /// The same with its pods.
    ///
    /// # Errors
    /// [`ProblemCode::ClusterUnavailable`] while the watches lag: who is not seen would be left out silently.
    pub(in crate::actions) fn with_pods(self, cluster: &dyn Cluster) -> Result<Self, Problem> {
        if cluster.freshness().watch != WatchState::Live {
            return Err(Problem::from(ProblemCode::ClusterUnavailable)
                .with("message", "what runs there is not known as of now"));
        }
        let pods = self.pods_in(cluster);
        Ok(Self { pods, ..self })
    }

    fn pods_in(&self, cluster: &dyn Cluster) -> Vec<Arc<PodRow>> {
        if self.target.kind == TargetKind::Node {
            return self.pods_on(cluster);
        }
        let namespace = &self.target.namespace;
        let workloads = cluster.workloads(namespace);
        let Some(row) = workloads.iter().find(|row| row.uid == self.target.uid) else {
            return Vec::new();
        };
        let mut pods = cluster.pods(namespace);
        pods.retain(|pod| is_kept_by(pod, row, &workloads));
        pods
    }

    fn pods_on(&self, cluster: &dyn Cluster) -> Vec<Arc<PodRow>> {
        let node = Some(self.target.name.as_str());
        let namespaces = cluster.namespaces();
        let pods = namespaces.iter().flat_map(|namespace| cluster.pods(&namespace.name));
        pods.filter(|pod| pod.node.as_deref() == node).collect()
    }
}
