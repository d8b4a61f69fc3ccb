//! Endpoint slices: which pods a service reaches, and which of them are ready.
//!
//! Never splits a slice: services here are small.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Step, scope::Scope};
use crate::{ids::fingerprint, kinds, object::Object, selector::Selector, store::Key};

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    scope.all(&kinds::SERVICE).filter_map(|service| slice(scope, service)).collect()
}

fn slice(scope: &Scope<'_>, service: &Object) -> Option<Step> {
    let selector = Selector::of_object(&json!({ "matchLabels": service.at("/spec/selector") }));
    if selector.is_empty() {
        return None;
    }
    let placed =
        scope.all(&kinds::POD).filter(|pod| selector.matches(pod) && pod.has("/status/podIP"));
    let endpoints: Vec<Value> = placed.map(|pod| endpoint(scope, pod)).collect();
    let name = format!("{}-{}", service.name(), &fingerprint(service.uid())[..5]);
    let known = scope.all(&kinds::ENDPOINT_SLICE).find(|slice| slice.name() == name);
    match known {
        Some(slice) if slice.items("/endpoints") == endpoints => None,
        Some(slice) => {
            let slice = Object::clone(slice).with("/endpoints", endpoints);
            Some(Step::Replace(Key::of(&kinds::ENDPOINT_SLICE, &slice), slice))
        }
        None => Some(Step::Create(
            &kinds::ENDPOINT_SLICE,
            Object::new(json!({
                "metadata": {
                    "name": name,
                    "namespace": service.namespace(),
                    "labels": { "kubernetes.io/service-name": service.name() },
                    "ownerReferences": [service.as_owner(&kinds::SERVICE)],
                },
                "addressType": "IPv4",
                "ports": service.at("/spec/ports"),
                "endpoints": endpoints,
            })),
        )),
    }
}

fn endpoint(scope: &Scope<'_>, pod: &Arc<Object>) -> Value {
    let ready = pod.is_true("Ready");
    let host = pod.text("/spec/nodeName");
    let node = scope.nodes().find(|node| node.name() == host);
    let zone = node.map_or("", |node| node.text("/metadata/labels/topology.kubernetes.io~1zone"));
    json!({
        "addresses": [pod.text("/status/podIP")],
        "conditions": {
            "ready": ready && !pod.is_terminating(), "serving": ready, "terminating": pod.is_terminating(),
        },
        "nodeName": host,
        "zone": zone,
        "targetRef": { "kind": "Pod", "namespace": pod.namespace(), "name": pod.name(), "uid": pod.uid() },
    })
}
