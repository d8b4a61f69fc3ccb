//! The status of a target in a word or two, as `kubectl get` prints it.

use domain::actions::TargetKind;
use k8s_openapi::api::core::v1::{Node, Pod};
use serde_json::Value;

use crate::cluster::projection::{node_row, pod_row};

/// The status in a word or two.
pub(super) fn status(kind: TargetKind, object: &Value) -> String {
    let number = |pointer: &str| object.pointer(pointer).and_then(Value::as_i64);
    let of = |ready: &str, wanted: &str| {
        format!("{}/{}", number(ready).unwrap_or(0), number(wanted).unwrap_or(1))
    };
    match kind {
        TargetKind::Pod => serde_json::from_value::<Pod>(object.clone())
            .ok()
            .and_then(pod_row)
            .map(|row| row.status)
            .unwrap_or_default(),
        TargetKind::Deployment if object["spec"]["paused"] == true => {
            format!("{} Paused", of("/status/readyReplicas", "/spec/replicas"))
        }
        TargetKind::Deployment | TargetKind::StatefulSet => {
            of("/status/readyReplicas", "/spec/replicas")
        }
        TargetKind::DaemonSet => of("/status/numberReady", "/status/desiredNumberScheduled"),
        TargetKind::CronJob if object["spec"]["suspend"] == true => "Suspended".to_owned(),
        TargetKind::CronJob => object["spec"]["schedule"].as_str().unwrap_or_default().to_owned(),
        TargetKind::Job => job(object, of("/status/succeeded", "/spec/completions")),
        TargetKind::HorizontalPodAutoscaler => format!(
            "{} ({}–{})",
            number("/status/currentReplicas").unwrap_or(0),
            number("/spec/minReplicas").unwrap_or(1),
            number("/spec/maxReplicas").unwrap_or(0),
        ),
        TargetKind::Node => serde_json::from_value::<Node>(object.clone())
            .ok()
            .and_then(node_row)
            .map(|row| row.status)
            .unwrap_or_default(),
    }
}

fn job(object: &Value, succeeded: String) -> String {
    let conditions = object["status"]["conditions"].as_array();
    let holds = |kind: &str| {
        let holds = |it: &Value| it["type"] == kind && it["status"] == "True";
        conditions.is_some_and(|conditions| conditions.iter().any(holds))
    };
    match () {
        () if holds("Complete") => "Complete".to_owned(),
        () if holds("Failed") => "Failed".to_owned(),
        () if object["spec"]["suspend"] == true => "Suspended".to_owned(),
        () => succeeded,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_kind_is_told_as_kubectl_does() {
        let table = [
            (
                TargetKind::Deployment,
                json!({"spec": {"replicas": 4}, "status": {"readyReplicas": 3}}),
                "3/4",
            ),
            (TargetKind::Deployment, json!({"spec": {"paused": true}, "status": {}}), "0/1 Paused"),
            (
                TargetKind::DaemonSet,
                json!({"status": {"numberReady": 2, "desiredNumberScheduled": 3}}),
                "2/3",
            ),
            (
                TargetKind::CronJob,
                json!({"spec": {"suspend": true, "schedule": "0 2 * * *"}}),
                "Suspended",
            ),
            (TargetKind::CronJob, json!({"spec": {"schedule": "0 2 * * *"}}), "0 2 * * *"),
            (
                TargetKind::Job,
                json!({"spec": {"completions": 3}, "status": {"succeeded": 1}}),
                "1/3",
            ),
            (
                TargetKind::Job,
                json!({"status": {"conditions": [{"type": "Failed", "status": "True"}]}}),
                "Failed",
            ),
            (
                TargetKind::HorizontalPodAutoscaler,
                json!({"spec": {"minReplicas": 2, "maxReplicas": 9}, "status": {"currentReplicas": 4}}),
                "4 (2–9)",
            ),
            (
                TargetKind::Node,
                json!({"metadata": {"name": "a", "uid": "n"}, "spec": {"unschedulable": true},
                    "status": {"conditions": [{"type": "Ready", "status": "True"}]}}),
                "Ready,SchedulingDisabled",
            ),
        ];
        for (kind, object, printed) in table {
            assert_eq!(status(kind, &object), printed, "{kind}");
        }
    }
}
