//! Pods as rows.

use domain::resources::{ConditionRow, PodRow};
use k8s_openapi::api::core::v1::{Pod, PodCondition, PodStatus};

use super::{
    containers::container_rows,
    metadata::{controller, deletion_asked_for, identity, moment},
    pod_status::printed,
};

/// By this the kubelet marks what it runs from files of its own.
const MIRROR: &str = "kubernetes.io/config.mirror";

/// The row of a pod.
pub(in crate::cluster) fn pod_row(pod: Pod) -> Option<PodRow> {
    let identity = identity(&pod.metadata)?;
    let printed = printed(&pod);
    let containers = container_rows(&pod);
    let owner = controller(&pod.metadata);
    let deleting_since = deletion_asked_for(&pod.metadata);
    let annotations = pod.metadata.annotations.unwrap_or_default();
    let (spec, status) = (pod.spec?, pod.status.unwrap_or_default());
    Some(PodRow {
        namespace: identity.namespace,
        name: identity.name,
        uid: identity.uid,
        status: printed.status,
        ready: printed.ready,
        containers_total: printed.total,
        restarts: printed.restarts,
        restarted_at: printed.restarted_at,
        created_at: identity.created_at,
        deleting_since,
        node: spec.node_name,
        owner,
        labels: pod.metadata.labels.unwrap_or_default(),
        containers,
        message: message(&status),
        conditions: status.conditions.into_iter().flatten().map(condition).collect(),
        phase: status.phase.unwrap_or_default(),
        mirror: annotations.contains_key(MIRROR),
        local_data: spec.volumes.iter().flatten().any(|volume| volume.empty_dir.is_some()),
        service_account: spec.service_account_name,
        ip: status.pod_ip.filter(|ip| !ip.is_empty()),
    })
}

/// What the cluster says about the pod as a whole: `Evicted: The node was low on resource: memory.`
fn message(status: &PodStatus) -> Option<String> {
    let parts = [&status.reason, &status.message];
    let said: Vec<_> =
        parts.into_iter().flatten().filter(|part| !part.is_empty()).map(String::as_str).collect();
    (!said.is_empty()).then(|| said.join(": "))
}

fn condition(condition: PodCondition) -> ConditionRow {
    ConditionRow {
        kind: condition.type_,
        status: condition.status,
        reason: condition.reason,
        message: condition.message,
        since: condition.last_transition_time.as_ref().map(moment),
    }
}

#[cfg(test)]
mod tests {
    use domain::resources::{ContainerKind, ContainerState};
    use serde_json::{Value, json};

    use super::*;

    fn object() -> Value {
        json!({
            "metadata": {"namespace": "checkout", "name": "api-7d9f-abcde", "uid": "p", "creationTimestamp": "2026-01-01T00:00:00Z",
                "labels": {"app": "api"},
                "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "api-7d9f", "uid": "r", "controller": true}]},
            "spec": {"nodeName": "node-1", "serviceAccountName": "api",
                "initContainers": [{"name": "migrate", "image": "registry.example/api:9"}],
                "containers": [{"name": "api", "image": "registry.example/api:9", "env": [{"name": "KEY", "value": "secret"}]}]},
            "status": {"phase": "Running", "podIP": "10.0.0.7", "reason": "Evicted", "message": "low on memory",
                "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-01T00:01:00Z"}],
                "initContainerStatuses": [{"name": "migrate", "image": "", "imageID": "", "ready": true, "restartCount": 0,
                    "state": {"terminated": {"exitCode": 0, "reason": "Completed", "finishedAt": "2026-01-01T00:00:30Z"}}}],
                "containerStatuses": [{"name": "api", "image": "", "imageID": "registry.example/api@sha256:0", "ready": true, "restartCount": 2,
                    "state": {"running": {"startedAt": "2026-01-01T00:00:40Z"}},
                    "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}}]},
        })
    }

    fn row(object: Value) -> Option<PodRow> {
        pod_row(serde_json::from_value(object).unwrap())
    }

    #[test]
    fn what_a_drain_must_not_take_silently_is_told() {
        let told = |object| row(object).map(|row| (row.mirror, row.local_data)).unwrap();
        assert_eq!(told(object()), (false, false));
        let mut mirror = object();
        mirror["metadata"]["annotations"] = json!({MIRROR: "a7c1"});
        mirror["spec"]["volumes"] = json!([{"name": "config", "configMap": {"name": "api"}}]);
        assert_eq!(told(mirror), (true, false));
        let mut scratch = object();
        scratch["spec"]["volumes"] = json!([{"name": "scratch", "emptyDir": {}}]);
        assert_eq!(told(scratch), (false, true));
    }

    #[test]
    fn a_pod_keeps_what_the_pages_show() {
        let row = row(object()).unwrap();
        assert_eq!((row.ready, row.containers_total, row.restarts), (1, 1, 2));
        assert!(row.is_ready());
        assert_eq!(row.owner.as_ref().unwrap().name, "api-7d9f");
        assert_eq!(row.message.as_deref(), Some("Evicted: low on memory"));
        assert_eq!(row.node.as_deref(), Some("node-1"));
        let kinds: Vec<_> = row.containers.iter().map(|c| c.kind).collect();
        assert_eq!(kinds, [ContainerKind::Init, ContainerKind::Main]);
        assert!(matches!(
            row.containers[1].last_state,
            Some(ContainerState::Terminated { exit_code: 137, .. })
        ));
        assert_eq!(row.containers[1].image_id.as_deref(), Some("registry.example/api@sha256:0"));
    }

    #[test]
    fn its_deletion_began_a_grace_before_it_is_due() {
        let mut object = object();
        object["metadata"]["deletionTimestamp"] = json!("2026-01-01T00:10:30Z");
        object["metadata"]["deletionGracePeriodSeconds"] = json!(600);
        let since = row(object).unwrap().deleting_since;
        assert_eq!(since, Some("2026-01-01T00:00:30Z".parse().unwrap()));
    }

    #[test]
    fn no_value_of_the_environment_is_kept() {
        let kept = serde_json::to_string(&row(object()).unwrap()).unwrap();
        assert!(!kept.contains("secret"));
    }

    #[test]
    fn a_container_nobody_reported_on_waits() {
        let mut object = object();
        object["status"] = json!({"phase": "Pending"});
        let row = row(object).unwrap();
        assert!(matches!(row.containers[1].state, ContainerState::Waiting { reason: None, .. }));
        assert_eq!((row.ready, row.containers_total), (0, 1));
    }

    #[test]
    fn an_impossible_name_is_no_row() {
        let mut object = object();
        object["metadata"]["name"] = json!("Not A Name");
        assert_eq!(row(object), None);
    }
}
