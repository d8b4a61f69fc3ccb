//! Pods, as a Deployment makes them and a kubelet reports them.

use serde_json::{Value, json};

use super::{names::Place, node, writing::Write};
use crate::bench::{Trouble, caller::Caller};

/// Makes one that runs.
pub(super) async fn settle(
    admin: &Caller,
    place: Place,
    node: usize,
    number: usize,
) -> Result<Value, Trouble> {
    let pods = format!("/api/v1/namespaces/{}/pods", place.namespace());
    let pod = Write::create(pods.clone(), object(place, node)).send(admin).await?;
    let began = &pod["metadata"]["creationTimestamp"];
    let status = json!({"status": status(place, number, began)});
    Write::patch(format!("{pods}/{}/status", place.name()), status).send(admin).await
}

fn object(place: Place, node: usize) -> Value {
    let Value::Object(mut pod) = template(place) else { return Value::Null };
    pod.insert("apiVersion".to_owned(), "v1".into());
    pod.insert("kind".to_owned(), "Pod".into());
    let mut pod = Value::Object(pod);
    pod["metadata"]["name"] = place.name().into();
    pod["metadata"]["labels"]["pod-template-hash"] = place.hash().into();
    pod["spec"]["nodeName"] = node::name(node).into();
    pod
}

/// What all pods of a workload have in common.
pub(super) fn template(place: Place) -> Value {
    let app = place.app();
    let probe = json!({"httpGet": {"path": "/healthz", "port": 8080}});
    let variables =
        (0..6).map(|n| json!({"name": format!("SETTING_{n}"), "value": format!("value-{n}")}));
    json!({
        "metadata": {
            "labels": {
                "app": app,
                "app.kubernetes.io/name": app,
                "app.kubernetes.io/version": place.version(),
            },
            "annotations": {"prometheus.io/scrape": "true", "prometheus.io/port": "8080"},
        },
        "spec": {"containers": [{
            "name": "app",
            "image": place.image(),
            "args": ["serve", "--port=8080"],
            "ports": [{"containerPort": 8080}],
            "env": variables.collect::<Vec<_>>(),
            "resources": {
                "requests": {"cpu": "10m", "memory": "32Mi"},
                "limits": {"memory": "128Mi"},
            },
            "readinessProbe": probe,
            "livenessProbe": probe,
        }]},
    })
}

fn status(place: Place, number: usize, began: &Value) -> Value {
    let conditions = ["Initialized", "Ready", "ContainersReady", "PodScheduled"]
        .map(|kind| json!({"type": kind, "status": "True", "lastTransitionTime": began}));
    let [high, middle, low] = [number >> 16 & 255, number >> 8 & 255, number & 255];
    let image = place.image();
    json!({
        "phase": "Running",
        "hostIP": "127.0.0.1",
        "podIP": format!("10.{high}.{middle}.{low}"),
        "startTime": began,
        "conditions": conditions,
        "containerStatuses": [{
            "name": "app",
            "image": image,
            "imageID": format!("{image}@sha256:{number:064x}"),
            "containerID": format!("containerd://{number:064x}"),
            "ready": true,
            "started": true,
            "restartCount": number % 3,
            "state": {"running": {"startedAt": began}},
        }],
    })
}
