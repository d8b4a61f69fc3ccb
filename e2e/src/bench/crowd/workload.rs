//! ReplicaSets and Deployments for pods that are there already: their controllers adopt what their selectors match.

use serde_json::{Value, json};

use super::{names::Place, pod, writing::Write};

/// The ReplicaSet of a workload.
pub(super) fn replica_set(place: Place, replicas: usize) -> Write {
    let (app, hash) = (place.app(), place.hash());
    let mut template = pod::template(place);
    template["metadata"]["labels"]["pod-template-hash"] = hash.as_str().into();
    let labels = template["metadata"]["labels"].clone();
    let metadata = json!({"name": place.replica_set(), "labels": labels});
    let selector = json!({"app": app, "pod-template-hash": hash});
    create(place, "ReplicaSet", &metadata, &selector, &template, replicas)
}

/// The Deployment of a workload. Its template is that of the ReplicaSet, so that there is nothing to roll out.
pub(super) fn deployment(place: Place, replicas: usize) -> Write {
    let app = place.app();
    let metadata = json!({"name": app, "labels": {"app": app}});
    create(place, "Deployment", &metadata, &json!({"app": app}), &pod::template(place), replicas)
}

fn create(
    place: Place,
    kind: &str,
    metadata: &Value,
    selector: &Value,
    template: &Value,
    replicas: usize,
) -> Write {
    let plural = format!("{}s", kind.to_lowercase());
    let object = json!({
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": metadata,
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": selector},
            "template": template,
        },
    });
    Write::create(format!("/apis/apps/v1/namespaces/{}/{plural}", place.namespace()), object)
}
