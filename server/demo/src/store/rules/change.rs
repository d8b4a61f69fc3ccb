//! What of an object may never change once it is there.
//!
//! Never judges a new value by itself: see `workload`.

use serde_json::Value;

use crate::{complaint::Complaint, kinds::Kind, object::Object};

const IMMUTABLE: &str = "field is immutable";
const ROLE_REF: &str = "cannot change roleRef";
const POD: &str = "pod updates may not change fields other than `spec.containers[*].image`,\
    `spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,\
    `spec.tolerations` (only additions to existing tolerations),\
    `spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
const STATEFUL_SET: &str = "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', \
    'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

pub(super) fn check(kind: &Kind, object: &Object, current: &Object) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut fixed = |pointer: &str, field: &str| {
        let value = object.at(pointer);
        if value != current.at(pointer) {
            complaints.push(Complaint::invalid(field, value, IMMUTABLE));
        }
    };
    fixed("/metadata/name", "metadata.name");
    fixed("/metadata/namespace", "metadata.namespace");
    fixed("/metadata/uid", "metadata.uid");
    match kind.name {
        "Deployment" | "ReplicaSet" | "DaemonSet" => fixed("/spec/selector", "spec.selector"),
        "Job" => {
            fixed("/spec/selector", "spec.selector");
            fixed("/spec/completions", "spec.completions");
            // A job that has not begun may still be moved; this is all that may change of its template.
            if current.at("/spec/suspend") != true || current.has("/status/startTime") {
                fixed("/spec/template", "spec.template");
            }
        }
        "Pod" if !is_allowed_to_pod(object.at("/spec"), current.at("/spec")) => {
            complaints.push(Complaint::forbidden("spec", POD));
        }
        "StatefulSet" if !is_allowed_to_stateful_set(object, current) => {
            complaints.push(Complaint::forbidden("spec", STATEFUL_SET));
        }
        "RoleBinding" | "ClusterRoleBinding" if object.at("/roleRef") != current.at("/roleRef") => {
            complaints.push(Complaint::invalid("roleRef", object.at("/roleRef"), ROLE_REF));
        }
        "ControllerRevision" => fixed("/data", "data"),
        _ => {}
    }
    complaints
}

fn is_allowed_to_pod(spec: &Value, current: &Value) -> bool {
    let mut rest = spec.clone();
    // Here the scheduler writes the node by itself: there is no binding subresource.
    let free: &[&str] = if current["nodeName"].is_null() {
        &["activeDeadlineSeconds", "nodeName"]
    } else {
        &["activeDeadlineSeconds"]
    };
    for field in free {
        restore(&mut rest, current, field);
    }
    let kept = current["tolerations"].as_array().is_none_or(|old| {
        let new = spec["tolerations"].as_array();
        new.is_some_and(|new| old.iter().all(|toleration| new.contains(toleration)))
    });
    if kept {
        restore(&mut rest, current, "tolerations");
    }
    for list in ["containers", "initContainers"] {
        let containers = rest.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
        for (container, old) in containers.zip(current[list].as_array().into_iter().flatten()) {
            restore(container, old, "image");
        }
    }
    rest == *current
}

fn is_allowed_to_stateful_set(object: &Object, current: &Object) -> bool {
    let mut rest = object.at("/spec").clone();
    for field in [
        "replicas",
        "ordinals",
        "template",
        "updateStrategy",
        "revisionHistoryLimit",
        "persistentVolumeClaimRetentionPolicy",
        "minReadySeconds",
    ] {
        restore(&mut rest, current.at("/spec"), field);
    }
    rest == *current.at("/spec")
}

/// Gives a field the value it had.
fn restore(value: &mut Value, current: &Value, field: &str) {
    let Value::Object(fields) = value else { return };
    match current.get(field) {
        Some(old) => {
            fields.insert(field.to_owned(), old.clone());
        }
        None => {
            fields.remove(field);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn of_a_pod_the_image_may_change_but_not_the_resources() {
        let pod = |image: &str, memory: &str, node: Value| {
            let limits = json!({ "limits": { "memory": memory } });
            let container = json!({ "name": "api", "image": image, "resources": limits });
            json!({ "containers": [container], "nodeName": node })
        };
        let current = pod("api:1", "1Gi", json!("node-a-1"));
        assert!(is_allowed_to_pod(&pod("api:2", "1Gi", json!("node-a-1")), &current));
        assert!(!is_allowed_to_pod(&pod("api:1", "2Gi", json!("node-a-1")), &current));
        assert!(!is_allowed_to_pod(&pod("api:1", "1Gi", json!("node-a-2")), &current));
        let homeless = json!({ "containers": [] });
        assert!(is_allowed_to_pod(&json!({ "containers": [], "nodeName": "node-a-1" }), &homeless));
    }
}
