//! What makes an object the one that was approved: its spec, labels and owners, digested.

use domain::{
    actions::TargetKind,
    canonical::{Digest, NotCanonical},
};
use serde_json::{Value, json};

/// SHA-256 over the canonical JSON of an object's spec, labels and owner references, as the API
/// server wrote them: fields unknown to this program count like any other.
pub(super) fn fingerprint(kind: TargetKind, object: &Value) -> Result<Digest, NotCanonical> {
    let mut spec = object["spec"].clone();
    if let Some(spec) = spec.as_object_mut() {
        spec.retain(|field, _| !written_by_the_cluster(kind).contains(&field.as_str()));
    }
    let mut substance = json!({
        "spec": spec,
        "labels": object["metadata"]["labels"],
        "ownerReferences": object["metadata"]["ownerReferences"],
    });
    floats_to_text(&mut substance);
    Digest::of_canonical(&substance)
}

/// The fields of a spec that the cluster itself writes as things come and go, so that they are status in all but name.
const fn written_by_the_cluster(kind: TargetKind) -> &'static [&'static str] {
    match kind {
        // A pressure, a lost heartbeat or a cordon taints a node, and their end takes the taint away.
        TargetKind::Node => &["taints", "unschedulable"],
        _ => &[],
    }
}

/// The API's own specs hold no floating-point numbers; should one appear, its text is compared.
fn floats_to_text(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => *value = Value::String(number.to_string()),
        Value::Array(items) => items.iter_mut().for_each(floats_to_text),
        Value::Object(fields) => fields.values_mut().for_each(floats_to_text),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(object: &Value) -> Result<Digest, NotCanonical> {
        super::fingerprint(TargetKind::Pod, object)
    }

    fn pod() -> Value {
        json!({
            "metadata": {"name": "api-1", "resourceVersion": "7", "labels": {"app": "api"},
                "ownerReferences": [{"kind": "ReplicaSet", "name": "api", "uid": "r"}], "annotations": {"seen": "1"}},
            "spec": {"nodeName": "node-1", "containers": [{"name": "api", "image": "registry.example/api:9"}]},
            "status": {"phase": "Running"},
        })
    }

    #[test]
    fn status_versions_and_annotations_do_not_matter() {
        let mut later = pod();
        later["status"]["phase"] = json!("Failed");
        later["metadata"]["resourceVersion"] = json!("8");
        later["metadata"]["annotations"]["seen"] = json!("2");
        assert_eq!(fingerprint(&pod()), fingerprint(&later));
    }

    #[test]
    fn spec_labels_and_owners_do() {
        let change = |path: &str, to: Value| {
            let mut other = pod();
            *other.pointer_mut(path).unwrap() = to;
            fingerprint(&other).unwrap()
        };
        let before = fingerprint(&pod()).unwrap();
        assert_ne!(before, change("/spec/containers/0/image", json!("registry.example/api:10")));
        assert_ne!(before, change("/metadata/labels/app", json!("web")));
        assert_ne!(before, change("/metadata/ownerReferences/0/uid", json!("s")));
    }

    #[test]
    fn a_float_is_compared_as_its_text() {
        let mut pod = pod();
        pod["spec"]["weight"] = json!(0.5);
        let half = fingerprint(&pod).unwrap();
        assert_eq!(fingerprint(&pod), Ok(half));
        pod["spec"]["weight"] = json!(0.25);
        assert_ne!(fingerprint(&pod), Ok(half));
    }

    #[test]
    fn a_node_outlives_taints_and_cordons_and_nothing_else() {
        let node = json!({
            "metadata": {"name": "node-a-1", "labels": {"zone": "a"}},
            "spec": {"podCIDR": "10.244.1.0/24", "providerID": "cloud://1"},
        });
        let of = |kind, object: &Value| super::fingerprint(kind, object).unwrap();
        let before = of(TargetKind::Node, &node);
        let mut cordoned = node.clone();
        cordoned["spec"]["unschedulable"] = json!(true);
        cordoned["spec"]["taints"] = json!([{"key": "node.kubernetes.io/unschedulable"}]);
        assert_eq!(before, of(TargetKind::Node, &cordoned));
        assert_ne!(of(TargetKind::Pod, &node), of(TargetKind::Pod, &cordoned), "of no other kind");
        for (path, to) in [("/spec/providerID", "cloud://2"), ("/metadata/labels/zone", "b")] {
            let mut other = cordoned.clone();
            *other.pointer_mut(path).unwrap() = json!(to);
            assert_ne!(before, of(TargetKind::Node, &other), "{path}");
        }
    }
}
