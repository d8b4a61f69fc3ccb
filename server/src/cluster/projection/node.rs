//! Nodes as rows.

use std::collections::BTreeSet;

use domain::resources::{ConditionRow, NodeRow};
use k8s_openapi::{
    api::core::v1::{Node, NodeCondition},
    apimachinery::pkg::apis::meta::v1::ObjectMeta,
};

use super::metadata::{created_at, moment};

/// The row of a node.
pub(in crate::cluster) fn node_row(node: Node) -> Option<NodeRow> {
    let (metadata, status) = (node.metadata, node.status.unwrap_or_default());
    let cordoned = node.spec.and_then(|spec| spec.unschedulable).unwrap_or(false);
    let conditions: Vec<_> = status.conditions.into_iter().flatten().map(condition).collect();
    Some(NodeRow {
        name: metadata.name.as_deref()?.parse().ok()?,
        uid: metadata.uid.clone()?,
        status: printed(&conditions, cordoned),
        cordoned,
        roles: roles(&metadata),
        version: status.node_info.map(|info| info.kubelet_version).unwrap_or_default(),
        created_at: created_at(&metadata),
        conditions,
    })
}

/// Without its heartbeats, which come again and again and tell nothing that a page shows.
fn condition(condition: NodeCondition) -> ConditionRow {
    ConditionRow {
        kind: condition.type_,
        status: condition.status,
        reason: condition.reason,
        message: condition.message,
        since: condition.last_transition_time.as_ref().map(moment),
    }
}

/// The status, as `kubectl get nodes` prints it.
fn printed(conditions: &[ConditionRow], cordoned: bool) -> String {
    let ready = match conditions.iter().find(|condition| condition.kind == "Ready") {
        Some(ready) if ready.status == "True" => "Ready",
        Some(_) => "NotReady",
        None => "Unknown",
    };
    if cordoned { format!("{ready},SchedulingDisabled") } else { ready.to_owned() }
}

/// The roles that its labels give it, as `kubectl get nodes` prints them.
fn roles(metadata: &ObjectMeta) -> Vec<String> {
    let labels = metadata.labels.iter().flatten();
    let roles: BTreeSet<_> = labels
        .filter_map(|(label, value)| match label.as_str() {
            "kubernetes.io/role" => Some(value.as_str()),
            label => label.strip_prefix("node-role.kubernetes.io/"),
        })
        .filter(|role| !role.is_empty())
        .map(str::to_owned)
        .collect();
    roles.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn row(spec: &Value, conditions: &Value) -> NodeRow {
        let labels = json!({
            "kubernetes.io/hostname": "node-a-1",
            "node-role.kubernetes.io/worker": "",
            "node-role.kubernetes.io/": "",
            "kubernetes.io/role": "gpu",
        });
        let metadata = json!({"name": "node-a-1.example", "uid": "n", "labels": labels});
        let info = json!({"kubeletVersion": "v1.33.0", "architecture": "", "bootID": "", "containerRuntimeVersion": "",
            "kernelVersion": "", "kubeProxyVersion": "", "machineID": "", "operatingSystem": "", "osImage": "", "systemUUID": ""});
        let node = json!({"metadata": metadata, "spec": spec, "status": {"conditions": conditions, "nodeInfo": info}});
        node_row(serde_json::from_value(node).unwrap()).unwrap()
    }

    fn ready(status: &str) -> Value {
        json!([{"type": "MemoryPressure", "status": "False"}, {"type": "Ready", "status": status}])
    }

    #[test]
    fn the_status_is_what_kubectl_prints() {
        let table = [
            (json!({}), ready("True"), "Ready"),
            (json!({"unschedulable": true}), ready("True"), "Ready,SchedulingDisabled"),
            (json!({"unschedulable": false}), ready("False"), "NotReady"),
            (json!({"unschedulable": true}), ready("Unknown"), "NotReady,SchedulingDisabled"),
            (json!({}), json!([]), "Unknown"),
        ];
        for (spec, conditions, printed) in table {
            assert_eq!(row(&spec, &conditions).status, printed);
        }
    }

    #[test]
    fn a_node_keeps_what_the_pages_show() {
        let row = row(&json!({}), &ready("True"));
        assert_eq!(row.name.as_str(), "node-a-1.example");
        assert_eq!(row.roles, ["gpu", "worker"]);
        assert_eq!(row.version, "v1.33.0");
        assert!(row.is_ready() && !row.cordoned);
    }

    #[test]
    fn a_heartbeat_is_no_change() {
        let beat = |at: &str| json!([{"type": "Ready", "status": "True", "lastHeartbeatTime": at}]);
        let (one, next) = (beat("2026-01-01T00:00:00Z"), beat("2026-01-01T00:00:10Z"));
        assert_eq!(row(&json!({}), &one), row(&json!({}), &next));
    }
}
