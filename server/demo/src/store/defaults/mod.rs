//! What the API server adds to an object.
//!
//! Never changes a field that the object already has, except a status it may not bring along.

mod binding;
mod job;
mod template;

use serde_json::{Value, json};

use crate::{
    kinds,
    kinds::{Kind, Shape},
    object::Object,
};

/// Fills in what is not said, and leaves out what says nothing.
pub(super) fn fill(kind: &Kind, object: &mut Object) {
    if *kind == kinds::JOB && !object.has("/spec/parallelism") && !object.has("/spec/completions") {
        object.set("/spec/completions", 1);
    }
    for (pointer, value) in of(kind) {
        if !object.has(pointer) {
            object.set(pointer, value);
        }
    }
    if [&kinds::ROLE_BINDING, &kinds::CLUSTER_ROLE_BINDING].contains(&kind) {
        binding::fill(object);
    }
    drop_empty(object, "/metadata");
    if let Some(place) = template::place(kind) {
        template::fill(object, place);
        drop_empty(object, &format!("{place}/metadata"));
    }
    if *kind == kinds::POD {
        template::request_limits(object);
    }
}

/// Gives a new object what only the server may say: its first status, and what follows from its UID.
pub(super) fn begin(kind: &Kind, object: &mut Object) {
    if kind.shape == Shape::Generation || *kind == kinds::HORIZONTAL_POD_AUTOSCALER {
        object.set("/status", json!({}));
    }
    if *kind == kinds::POD {
        object.set("/status", json!({ "phase": "Pending", "qosClass": quality(object) }));
    }
    if *kind == kinds::JOB {
        job::select_own_pods(object);
    }
    if *kind == kinds::NAMESPACE {
        let name = object.name().to_owned();
        object
            .set("/metadata/labels/kubernetes.io~1metadata.name", name)
            .set("/spec/finalizers", json!(["kubernetes"]))
            .set("/status/phase", "Active");
    }
}

fn of(kind: &Kind) -> Vec<(&'static str, Value)> {
    let quarter = json!({ "maxSurge": "25%", "maxUnavailable": "25%" });
    match kind.name {
        "Pod" => vec![("/spec/serviceAccountName", json!("default"))],
        "Deployment" => vec![
            ("/spec/replicas", json!(1)),
            ("/spec/strategy", json!({ "type": "RollingUpdate", "rollingUpdate": quarter })),
            ("/spec/progressDeadlineSeconds", json!(600)),
            ("/spec/revisionHistoryLimit", json!(10)),
        ],
        "ReplicaSet" => vec![("/spec/replicas", json!(1))],
        "StatefulSet" => vec![
            ("/spec/replicas", json!(1)),
            ("/spec/podManagementPolicy", json!("OrderedReady")),
            ("/spec/revisionHistoryLimit", json!(10)),
            (
                "/spec/updateStrategy",
                json!({ "type": "RollingUpdate", "rollingUpdate": { "partition": 0 } }),
            ),
        ],
        "DaemonSet" => vec![
            ("/spec/revisionHistoryLimit", json!(10)),
            (
                "/spec/updateStrategy",
                json!({ "type": "RollingUpdate", "rollingUpdate": { "maxSurge": 0, "maxUnavailable": 1 } }),
            ),
        ],
        "Job" => vec![
            ("/spec/parallelism", json!(1)),
            ("/spec/backoffLimit", json!(6)),
            ("/spec/suspend", json!(false)),
        ],
        "CronJob" => vec![
            ("/spec/suspend", json!(false)),
            ("/spec/concurrencyPolicy", json!("Allow")),
            ("/spec/successfulJobsHistoryLimit", json!(3)),
            ("/spec/failedJobsHistoryLimit", json!(1)),
        ],
        "HorizontalPodAutoscaler" => vec![
            ("/spec/minReplicas", json!(1)),
            (
                "/spec/metrics",
                json!([{ "type": "Resource", "resource": {
                    "name": "cpu", "target": { "type": "Utilization", "averageUtilization": 80 },
                } }]),
            ),
        ],
        "Service" => vec![("/spec/type", json!("ClusterIP"))],
        _ => Vec::new(),
    }
}

/// Labels and annotations that are empty are none.
fn drop_empty(object: &mut Object, metadata: &str) {
    for field in ["labels", "annotations"] {
        let value = object.at(&format!("{metadata}/{field}"));
        if value.as_object().is_some_and(serde_json::Map::is_empty) {
            object.remove(metadata, field);
        }
    }
}

fn quality(pod: &Object) -> &'static str {
    let resources =
        || pod.items("/spec/containers").iter().map(|container| &container["resources"]);
    let says = |resources: &Value, part: &str| {
        resources[part].as_object().is_some_and(|amounts| !amounts.is_empty())
    };
    let guaranteed = |resources: &Value| {
        let (limits, requests) = (&resources["limits"], &resources["requests"]);
        ["cpu", "memory"].iter().all(|name| limits[name].is_string())
            && (requests.is_null() || requests == limits)
    };
    if resources().all(guaranteed) {
        "Guaranteed"
    } else if resources().any(|resources| says(resources, "limits") || says(resources, "requests"))
    {
        "Burstable"
    } else {
        "BestEffort"
    }
}
