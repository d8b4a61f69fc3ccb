//! Deployments, `StatefulSet`s, `DaemonSet`s, `ReplicaSet`s and Jobs as rows.

use domain::resources::{ConditionRow, WorkloadKind, WorkloadRow};
use k8s_openapi::{
    api::{
        apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet},
        batch::v1::Job,
        core::v1::PodTemplateSpec,
    },
    apimachinery::pkg::apis::meta::v1::{ObjectMeta, Time},
};

use super::metadata::{controller, count, identity, moment};

/// The replicas of a workload, as its controller counts them.
struct Replicas {
    desired: u32,
    ready: u32,
    total: u32,
    updated: u32,
    held_back: u32,
    available: u32,
}

fn row(
    kind: WorkloadKind,
    metadata: &ObjectMeta,
    template: Option<&PodTemplateSpec>,
    replicas: &Replicas,
    conditions: Vec<ConditionRow>,
    observed_generation: Option<i64>,
) -> Option<WorkloadRow> {
    let identity = identity(metadata)?;
    Some(WorkloadRow {
        namespace: identity.namespace,
        kind,
        name: identity.name,
        uid: identity.uid,
        owner: controller(metadata),
        desired: replicas.desired,
        ready: replicas.ready,
        total: replicas.total,
        updated: replicas.updated,
        held_back: replicas.held_back,
        available: replicas.available,
        images: template.map(images).unwrap_or_default(),
        conditions,
        created_at: identity.created_at,
        generation: metadata.generation.unwrap_or(0),
        settling: observed_generation.is_some_and(|seen| Some(seen) < metadata.generation),
    })
}

/// The images of a template, init containers last, each once.
pub(super) fn images(template: &PodTemplateSpec) -> Vec<String> {
    let mut images: Vec<String> = Vec::new();
    let containers = template
        .spec
        .iter()
        .flat_map(|spec| spec.containers.iter().chain(spec.init_containers.iter().flatten()));
    for image in containers.filter_map(|container| container.image.as_ref()) {
        if !images.contains(image) {
            images.push(image.clone());
        }
    }
    images
}

/// Conditions of any API type that has the usual fields.
macro_rules! conditions {
    ($conditions:expr) => {
        $conditions
            .into_iter()
            .flatten()
            .map(|c| {
                condition(c.type_, c.status, c.reason, c.message, c.last_transition_time.as_ref())
            })
            .collect()
    };
}

fn condition(
    kind: impl Into<Option<String>>,
    status: impl Into<Option<String>>,
    reason: Option<String>,
    message: Option<String>,
    since: Option<&Time>,
) -> ConditionRow {
    ConditionRow {
        kind: kind.into().unwrap_or_default(),
        status: status.into().unwrap_or_default(),
        reason,
        message,
        since: since.map(moment),
    }
}

/// The row of a Deployment.
pub(in crate::cluster) fn deployment_row(deployment: Deployment) -> Option<WorkloadRow> {
    let spec = deployment.spec;
    let status = deployment.status.unwrap_or_default();
    row(
        WorkloadKind::Deployment,
        &deployment.metadata,
        Some(&spec.template),
        &Replicas {
            desired: count(spec.replicas.unwrap_or(1)),
            ready: count(status.ready_replicas),
            total: count(status.replicas),
            updated: count(status.updated_replicas),
            held_back: 0,
            available: count(status.available_replicas),
        },
        conditions!(status.conditions),
        Some(status.observed_generation.unwrap_or(0)),
    )
}

/// The row of a `StatefulSet`.
pub(in crate::cluster) fn stateful_set_row(set: StatefulSet) -> Option<WorkloadRow> {
    let spec = set.spec;
    let status = set.status.unwrap_or_default();
    let ready = count(status.ready_replicas);
    let desired = count(spec.replicas.unwrap_or(1));
    let rolling = spec.update_strategy.and_then(|strategy| strategy.rolling_update);
    // Where the template is what it was, nothing is held back: all pods are to be of it.
    let is_changing = status.current_revision != status.update_revision;
    let partition = rolling.and_then(|rolling| rolling.partition).filter(|_| is_changing);
    let held_back = count(partition).min(desired);
    row(
        WorkloadKind::StatefulSet,
        &set.metadata,
        Some(&spec.template),
        &Replicas {
            desired,
            ready,
            total: count(status.replicas),
            updated: count(status.updated_replicas),
            held_back,
            // Clusters before 1.22 do not count them: ready ones are as good.
            available: status.available_replicas.map_or(ready, count),
        },
        conditions!(status.conditions),
        Some(status.observed_generation.unwrap_or(0)),
    )
}

/// The row of a `DaemonSet`.
pub(in crate::cluster) fn daemon_set_row(set: DaemonSet) -> Option<WorkloadRow> {
    let spec = set.spec;
    let status = set.status.unwrap_or_default();
    row(
        WorkloadKind::DaemonSet,
        &set.metadata,
        Some(&spec.template),
        &Replicas {
            desired: count(status.desired_number_scheduled),
            ready: count(status.number_ready),
            total: count(status.current_number_scheduled),
            updated: count(status.updated_number_scheduled),
            held_back: 0,
            available: count(status.number_available),
        },
        conditions!(status.conditions),
        Some(status.observed_generation.unwrap_or(0)),
    )
}

/// The row of a `ReplicaSet`; none for one that wants no replicas, as old revisions do.
pub(in crate::cluster) fn replica_set_row(set: ReplicaSet) -> Option<WorkloadRow> {
    let spec = set.spec;
    let desired = count(spec.replicas.unwrap_or(1));
    if desired == 0 {
        return None;
    }
    let status = set.status.unwrap_or_default();
    row(
        WorkloadKind::ReplicaSet,
        &set.metadata,
        spec.template.as_ref(),
        &Replicas {
            desired,
            ready: count(status.ready_replicas),
            total: count(status.replicas),
            updated: count(status.replicas),
            held_back: 0,
            available: count(status.available_replicas),
        },
        conditions!(status.conditions),
        Some(status.observed_generation.unwrap_or(0)),
    )
}

/// The row of a Job.
pub(in crate::cluster) fn job_row(job: Job) -> Option<WorkloadRow> {
    let spec = job.spec?;
    let status = job.status.unwrap_or_default();
    row(
        WorkloadKind::Job,
        &job.metadata,
        Some(&spec.template),
        &Replicas {
            desired: count(spec.completions.or(spec.parallelism).unwrap_or(1)),
            ready: count(status.succeeded),
            total: count(status.active),
            updated: count(status.active),
            held_back: 0,
            available: count(status.succeeded),
        },
        conditions!(status.conditions),
        None,
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn metadata(generation: i64) -> Value {
        json!({"namespace": "checkout", "name": "api", "uid": "w", "generation": generation,
               "creationTimestamp": "2026-01-01T00:00:00Z"})
    }

    fn template() -> Value {
        json!({"spec": {
            "initContainers": [{"name": "migrate", "image": "registry.example/api:9"}],
            "containers": [{"name": "api", "image": "registry.example/api:9"},
                           {"name": "proxy", "image": "registry.example/proxy:2"}],
        }})
    }

    #[test]
    fn a_deployment_tells_of_its_rollout() {
        let deployment = json!({
            "metadata": metadata(3),
            "spec": {"replicas": 4, "selector": {}, "template": template()},
            "status": {"readyReplicas": 3, "updatedReplicas": 2, "availableReplicas": 3, "observedGeneration": 2,
                "conditions": [{"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded",
                                "lastTransitionTime": "2026-01-01T01:00:00Z"}]},
        });
        let row = deployment_row(serde_json::from_value(deployment).unwrap()).unwrap();
        assert_eq!((row.desired, row.ready, row.updated, row.available), (4, 3, 2, 3));
        assert!(row.settling && row.is_stuck());
        assert_eq!(row.images, ["registry.example/api:9", "registry.example/proxy:2"]);
    }

    #[test]
    fn replicas_default_to_one() {
        let set = json!({"metadata": metadata(1), "spec": {"selector": {}, "serviceName": "", "template": template()},
                         "status": {"replicas": 1, "readyReplicas": 1, "observedGeneration": 1}});
        let row = stateful_set_row(serde_json::from_value(set).unwrap()).unwrap();
        assert_eq!((row.desired, row.ready, row.available), (1, 1, 1));
        assert!(row.is_healthy() && !row.settling);
    }

    #[test]
    fn what_a_partition_holds_back_is_not_waited_for() {
        let set = |partition: u32, updated: u32, revision: &str| {
            let strategy =
                json!({"type": "RollingUpdate", "rollingUpdate": {"partition": partition}});
            let set = json!({"metadata": metadata(1),
                "spec": {"replicas": 3, "selector": {}, "serviceName": "", "template": template(),
                         "updateStrategy": strategy},
                "status": {"replicas": 3, "readyReplicas": 3, "updatedReplicas": updated, "observedGeneration": 1,
                           "currentRevision": "api-1", "updateRevision": revision}});
            stateful_set_row(serde_json::from_value(set).unwrap()).unwrap()
        };
        for (partition, updated, rolled_out) in
            [(0, 3, true), (0, 2, false), (2, 1, true), (2, 0, false), (9, 0, true), (2, 3, true)]
        {
            let row = set(partition, updated, "api-2");
            assert_eq!(row.is_rolled_out(), rolled_out, "{partition} {updated}");
            assert_eq!(row.is_rolling_out(), !rolled_out);
        }
        let back = set(2, 2, "api-1");
        assert!(!back.is_rolled_out(), "the last is to come back to what the others are");
    }

    #[test]
    fn a_replica_set_of_the_past_is_no_row() {
        let old = json!({"metadata": metadata(1), "spec": {"replicas": 0, "selector": {}}});
        assert_eq!(replica_set_row(serde_json::from_value(old).unwrap()), None);
    }

    #[test]
    fn a_replica_set_names_its_deployment() {
        let mut metadata = metadata(1);
        metadata["ownerReferences"] = json!([
            {"apiVersion": "v1", "kind": "Other", "name": "o", "uid": "o"},
            {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api", "uid": "d", "controller": true},
        ]);
        let set = json!({"metadata": metadata, "spec": {"replicas": 2, "selector": {}, "template": template()}});
        let row = replica_set_row(serde_json::from_value(set).unwrap()).unwrap();
        assert_eq!(row.owner.unwrap().uid, "d");
    }

    #[test]
    fn a_daemon_set_wants_what_its_nodes_want() {
        let set = json!({"metadata": metadata(1), "spec": {"selector": {}, "template": template()},
            "status": {"currentNumberScheduled": 5, "desiredNumberScheduled": 6, "numberMisscheduled": 0, "numberReady": 4,
                       "updatedNumberScheduled": 6, "numberAvailable": 4}});
        let row = daemon_set_row(serde_json::from_value(set).unwrap()).unwrap();
        assert_eq!((row.desired, row.ready, row.updated), (6, 4, 6));
        assert!(row.settling, "a controller that has not looked yet is behind");
    }

    #[test]
    fn a_failed_job_is_stuck() {
        let job = json!({"metadata": metadata(1), "spec": {"completions": 3, "template": template()},
            "status": {"succeeded": 1, "failed": 4, "conditions": [{"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"}]}});
        let row = job_row(serde_json::from_value(job).unwrap()).unwrap();
        assert_eq!((row.desired, row.ready), (3, 1));
        assert!(row.is_stuck() && !row.settling);
    }
}
