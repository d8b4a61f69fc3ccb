//! What each node runs by itself, whatever the API server says: a static pod, and the mirror by which that is seen.
//!
//! Never bound by the scheduler and kept by no controller.

use serde_json::{Value, json};

use super::company::SYSTEM;
use crate::{controllers, ids::fingerprint, kinds, object::Object, store::Store};

const NAME: &str = "apiserver-proxy";

/// The mirror of one static pod for each node that there is.
pub(super) fn mirrors(store: &Store) -> Vec<Value> {
    let (objects, _) = store.snapshot();
    controllers::of_kind(&objects, &kinds::NODE).map(|(_, node)| mirror(node)).collect()
}

fn mirror(node: &Object) -> Value {
    let hash = fingerprint(node.name());
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "name": format!("{NAME}-{}", node.name()),
            "namespace": SYSTEM.namespace,
            "labels": { "app.kubernetes.io/name": NAME, "tier": "control-plane" },
            "annotations": {
                "kubernetes.io/config.hash": hash,
                "kubernetes.io/config.mirror": hash,
                "kubernetes.io/config.source": "file",
            },
            "ownerReferences": [node.as_owner(&kinds::NODE)],
        },
        "spec": {
            "nodeName": node.name(),
            "hostNetwork": true,
            "priorityClassName": "system-node-critical",
            "tolerations": [{ "operator": "Exists", "effect": "NoExecute" }],
            "containers": [{
                "name": NAME,
                "image": format!("registry.kawase.example/{}/{NAME}:3.0.4", SYSTEM.namespace),
            }],
        },
    })
}
