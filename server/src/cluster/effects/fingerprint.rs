//! What makes an object the one that was approved: its spec, labels and owners, digested.

use domain::canonical::{Digest, NotCanonical};
use serde_json::{Value, json};

/// SHA-256 over the canonical JSON of an object's spec, labels and owner references, as the API
/// server wrote them: fields unknown to this program count like any other.
pub(super) fn fingerprint(object: &Value) -> Result<Digest, NotCanonical> {
    let mut substance = json!({
        "spec": object["spec"],
        "labels": object["metadata"]["labels"],
        "ownerReferences": object["metadata"]["ownerReferences"],
    });
    floats_to_text(&mut substance);
    Digest::of_canonical(&substance)
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
}
