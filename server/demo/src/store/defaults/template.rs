//! What the API server adds to a pod's spec, in a pod or in a template.
//!
//! Never adds what only a whole pod gets: see the defaults of its kind.

use serde_json::{Value, json};

use crate::{kinds::Kind, object::Object};

/// Where a kind keeps the template of its pods; a pod is its own.
pub(super) fn place(kind: &Kind) -> Option<&'static str> {
    match kind.name {
        "Pod" => Some(""),
        "CronJob" => Some("/spec/jobTemplate/spec/template"),
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" => Some("/spec/template"),
        _ => None,
    }
}

/// Fills in the template that stands at a pointer, if there is one.
pub(super) fn fill(object: &mut Object, place: &str) {
    if !object.has(&format!("{place}/spec")) {
        return;
    }
    for (field, value) in [
        ("restartPolicy", json!("Always")),
        ("terminationGracePeriodSeconds", json!(30)),
        ("dnsPolicy", json!("ClusterFirst")),
        ("securityContext", json!({})),
        ("schedulerName", json!("default-scheduler")),
    ] {
        let pointer = format!("{place}/spec/{field}");
        if !object.has(&pointer) {
            object.set(&pointer, value);
        }
    }
    let containers: Vec<Value> =
        object.items(&format!("{place}/spec/containers")).iter().map(container).collect();
    if !containers.is_empty() {
        object.set(&format!("{place}/spec/containers"), containers);
    }
}

/// A pod that has a limit and asks for nothing asks for the limit.
pub(super) fn request_limits(pod: &mut Object) {
    let containers = pod.value_mut("/spec/containers").and_then(Value::as_array_mut);
    for container in containers.into_iter().flatten() {
        let limits = container["resources"]["limits"].clone();
        for (name, limit) in limits.as_object().into_iter().flatten() {
            let request = &mut container["resources"]["requests"][name];
            if request.is_null() {
                *request = limit.clone();
            }
        }
    }
}

fn container(container: &Value) -> Value {
    let mut filled = Object::new(container.clone());
    let image = filled.text("/image").rsplit('/').next().unwrap_or_default().to_owned();
    let floats = !image.contains(['@', ':']) || image.ends_with(":latest");
    let pull = if floats { "Always" } else { "IfNotPresent" };
    for (pointer, value) in [
        ("/resources", json!({})),
        ("/terminationMessagePath", json!("/dev/termination-log")),
        ("/terminationMessagePolicy", json!("File")),
        ("/imagePullPolicy", json!(pull)),
    ] {
        if !filled.has(pointer) {
            filled.set(pointer, value);
        }
    }
    for index in 0..filled.items("/ports").len() {
        let protocol = format!("/ports/{index}/protocol");
        if filled.at(&protocol).is_null()
            && let Some(Value::Object(port)) = filled.value_mut(&format!("/ports/{index}"))
        {
            port.insert("protocol".to_owned(), json!("TCP"));
        }
    }
    filled.value().clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_in_once() {
        let ports = json!([{ "containerPort": 80 }]);
        let container = json!({ "name": "api", "image": "registry:5000/api", "ports": ports });
        let template = json!({ "spec": { "containers": [container] } });
        let mut deployment = Object::new(json!({ "spec": { "template": template } }));
        fill(&mut deployment, "/spec/template");
        let filled = deployment.clone();
        let container = filled.at("/spec/template/spec/containers/0");
        assert_eq!(container["imagePullPolicy"], "Always");
        assert_eq!(container["resources"], json!({}));
        assert_eq!(container["ports"][0]["protocol"], "TCP");
        assert_eq!(filled.text("/spec/template/spec/restartPolicy"), "Always");
        fill(&mut deployment, "/spec/template");
        assert_eq!(deployment, filled);
    }
}
