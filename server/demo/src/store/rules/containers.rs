//! Containers and what they may use.
//!
//! Never asks whether a node has room.

use serde_json::{Value, json};

use super::quantity::micros;
use crate::complaint::Complaint;

/// Judges the containers of a pod's spec, which stands at a path such as `spec.template.spec`.
pub(super) fn check(spec: &Value, path: &str) -> Vec<Complaint> {
    let field = format!("{path}.containers");
    let Some(containers) = spec["containers"].as_array().filter(|list| !list.is_empty()) else {
        return vec![Complaint::required(field, "")];
    };
    let mut complaints = Vec::new();
    for (index, container) in containers.iter().enumerate() {
        let place = format!("{field}[{index}]");
        for needed in ["name", "image"] {
            if container[needed].as_str().is_none_or(str::is_empty) {
                complaints.push(Complaint::required(format!("{place}.{needed}"), ""));
            }
        }
        complaints.extend(resources(&container["resources"], &format!("{place}.resources")));
    }
    complaints
}

fn resources(resources: &Value, path: &str) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for part in ["limits", "requests"] {
        for (name, value) in resources[part].as_object().into_iter().flatten() {
            if amount(value).is_some_and(|amount| amount < 0) {
                let why = "must be greater than or equal to 0";
                let shown = json!(text(value));
                complaints.push(Complaint::invalid(format!("{path}.{part}[{name}]"), &shown, why));
            }
        }
    }
    for (name, request) in resources["requests"].as_object().into_iter().flatten() {
        let limit = &resources["limits"][name];
        if let (Some(asked), Some(most)) = (amount(request), amount(limit))
            && asked > most
        {
            let why = format!("must be less than or equal to {name} limit of {}", text(limit));
            let shown = json!(text(request));
            complaints.push(Complaint::invalid(format!("{path}.requests"), &shown, &why));
        }
    }
    complaints
}

fn amount(value: &Value) -> Option<i128> {
    micros(&text(value))
}

/// Quantities may be written as plain numbers too.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// Whether a value can be read as a quantity.
pub(crate) fn is_quantity(value: &Value) -> bool {
    (value.is_string() || value.is_number()) && amount(value).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(requests: &Value, limits: &Value) -> Vec<String> {
        let resources = json!({ "requests": requests, "limits": limits });
        let container = json!({ "name": "api", "image": "api:1", "resources": resources });
        let spec = json!({ "containers": [container] });
        check(&spec, "spec").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn requests_stay_within_limits() {
        assert!(complaints(&json!({ "memory": "1Gi" }), &json!({ "memory": "1024Mi" })).is_empty());
        assert_eq!(
            complaints(&json!({ "memory": "2Gi" }), &json!({ "memory": "1Gi" })),
            [
                "spec.containers[0].resources.requests: Invalid value: \"2Gi\": must be less than or equal to memory limit of 1Gi"
            ]
        );
        assert_eq!(complaints(&json!({ "cpu": "-1" }), &json!({})).len(), 1);
    }

    #[test]
    fn a_pod_has_containers_with_names_and_images() {
        assert_eq!(check(&json!({}), "spec")[0].field, "spec.containers");
        let nameless = json!({ "containers": [{ "image": "api:1" }] });
        assert_eq!(check(&nameless, "spec")[0].field, "spec.containers[0].name");
    }
}
