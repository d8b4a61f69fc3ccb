//! How a target stood before the word was given.

use serde::{Deserialize, Serialize};

use super::{Snapshot, Target};
use crate::{
    resources::{Cluster, PodRow, is_kept_by},
    time::Timestamp,
};

/// How it stood before the word was given, so that what was there is not taken for what follows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The pods of the same controller or workload; a pod that is none of them is new.
    pub siblings: Vec<String>,
    /// How often the target's spec had changed, where the cluster counts that.
    pub generation: Option<i64>,
    /// Since when the workload's rollout was stuck, if it was: the cluster says so until it sees progress.
    pub stuck_since: Option<Timestamp>,
}

impl Before {
    /// How the target stands now, read from the cluster itself and from what the watches know around it.
    pub(super) fn of(cluster: &dyn Cluster, snapshot: &Snapshot) -> Self {
        let workloads = cluster.workloads(&snapshot.target.namespace);
        let workload = workloads.iter().find(|row| row.uid == snapshot.target.uid);
        Self {
            siblings: siblings(cluster, &snapshot.target),
            generation: snapshot.object["metadata"]["generation"].as_i64(),
            stuck_since: workload.and_then(|row| row.stuck()).and_then(|stuck| stuck.since),
        }
    }
}

/// The pods that the target, or the target's controller, keeps now, but for those that take the place of a target that
/// is ending already.
fn siblings(cluster: &dyn Cluster, target: &Target) -> Vec<String> {
    let (pods, workloads) = (cluster.pods(&target.namespace), cluster.workloads(&target.namespace));
    let workload = workloads.iter().find(|row| row.uid == target.uid);
    let itself = pods.iter().find(|pod| pod.uid == target.uid);
    let owner = itself.and_then(|pod| pod.owner.as_ref());
    let ending = itself.and_then(|pod| pod.deleting_since);
    let kept = pods.iter().filter(|pod| {
        pod.uid == target.uid
            || (owner.is_some() && pod.owner.as_ref() == owner)
            || workload.is_some_and(|workload| is_kept_by(pod, workload, &workloads))
    });
    let replaces =
        |pod: &PodRow| pod.uid != target.uid && ending.is_some_and(|since| pod.created_at >= since);
    kept.filter(|pod| !replaces(pod)).map(|pod| pod.uid.clone()).collect()
}
