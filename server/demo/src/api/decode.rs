//! Whether the JSON of an object could be read as its kind at all: fields of the wrong type cannot.
//!
//! Knows the fields that actions and grants write. Never judges values: see the rules of the store.

use serde_json::Value;

use crate::{kinds::Kind, store::is_quantity};

/// A type of a field, as Go names it.
#[derive(Clone, Copy, Debug)]
enum Type {
    Bool,
    Int,
    Long,
    Text,
    Map,
    List,
    Quantity,
}

const METADATA: &[(&str, Type)] = &[
    ("metadata.labels", Type::Map),
    ("metadata.labels.*", Type::Text),
    ("metadata.annotations", Type::Map),
    ("metadata.annotations.*", Type::Text),
    ("metadata.finalizers", Type::List),
    ("metadata.ownerReferences", Type::List),
    ("spec", Type::Map),
];

const TEMPLATE: &[(&str, Type)] = &[
    ("metadata.labels", Type::Map),
    ("metadata.labels.*", Type::Text),
    ("metadata.annotations", Type::Map),
    ("metadata.annotations.*", Type::Text),
    ("spec", Type::Map),
    ("spec.containers", Type::List),
    ("spec.containers.*.image", Type::Text),
    ("spec.containers.*.resources", Type::Map),
    ("spec.containers.*.resources.limits", Type::Map),
    ("spec.containers.*.resources.limits.*", Type::Quantity),
    ("spec.containers.*.resources.requests", Type::Map),
    ("spec.containers.*.resources.requests.*", Type::Quantity),
];

fn fields(kind: &str) -> &'static [(&'static str, Type)] {
    match kind {
        "Deployment" => &[
            ("spec.replicas", Type::Int),
            ("spec.paused", Type::Bool),
            ("spec.minReadySeconds", Type::Int),
            ("spec.revisionHistoryLimit", Type::Int),
            ("spec.progressDeadlineSeconds", Type::Int),
        ],
        "ReplicaSet" | "Scale" => &[("spec.replicas", Type::Int)],
        "StatefulSet" => &[("spec.replicas", Type::Int), ("spec.revisionHistoryLimit", Type::Int)],
        "DaemonSet" => &[("spec.revisionHistoryLimit", Type::Int)],
        "Job" => &[
            ("spec.suspend", Type::Bool),
            ("spec.parallelism", Type::Int),
            ("spec.completions", Type::Int),
            ("spec.backoffLimit", Type::Int),
        ],
        "CronJob" => &[
            ("spec.suspend", Type::Bool),
            ("spec.schedule", Type::Text),
            ("spec.jobTemplate", Type::Map),
        ],
        "HorizontalPodAutoscaler" => {
            &[("spec.minReplicas", Type::Int), ("spec.maxReplicas", Type::Int)]
        }
        "Role" | "ClusterRole" => &[
            ("rules", Type::List),
            ("rules.*", Type::Map),
            ("rules.*.apiGroups", Type::List),
            ("rules.*.apiGroups.*", Type::Text),
            ("rules.*.resources", Type::List),
            ("rules.*.resources.*", Type::Text),
            ("rules.*.resourceNames", Type::List),
            ("rules.*.resourceNames.*", Type::Text),
            ("rules.*.nonResourceURLs", Type::List),
            ("rules.*.nonResourceURLs.*", Type::Text),
            ("rules.*.verbs", Type::List),
            ("rules.*.verbs.*", Type::Text),
        ],
        "RoleBinding" | "ClusterRoleBinding" => &[
            ("roleRef", Type::Map),
            ("roleRef.apiGroup", Type::Text),
            ("roleRef.kind", Type::Text),
            ("roleRef.name", Type::Text),
            ("subjects", Type::List),
            ("subjects.*", Type::Map),
            ("subjects.*.apiGroup", Type::Text),
            ("subjects.*.kind", Type::Text),
            ("subjects.*.name", Type::Text),
            ("subjects.*.namespace", Type::Text),
        ],
        "TokenRequest" => &[
            ("spec.expirationSeconds", Type::Long),
            ("spec.audiences", Type::List),
            ("spec.audiences.*", Type::Text),
            ("spec.boundObjectRef", Type::Map),
        ],
        "Node" => &[("spec.unschedulable", Type::Bool), ("spec.taints", Type::List)],
        _ => &[],
    }
}

/// Where a kind keeps the template of its pods.
fn template(kind: &str) -> Option<&'static str> {
    match kind {
        "Pod" => Some(""),
        "CronJob" => Some("spec.jobTemplate.spec.template."),
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" => Some("spec.template."),
        _ => None,
    }
}

/// What a kind's reader complains of first, if anything.
pub(super) fn misread(kind: &Kind, object: &Value) -> Option<String> {
    misread_as(kind.name, object)
}

/// The same for a kind that is not stored.
pub(super) fn misread_as(kind: &str, object: &Value) -> Option<String> {
    if !object.is_object() {
        return Some("couldn't get version/kind; json parse error: it is no object".to_owned());
    }
    let own = METADATA.iter().chain(fields(kind)).map(|(path, kind)| ((*path).to_owned(), *kind));
    let inner = template(kind).into_iter().flat_map(|place| {
        TEMPLATE.iter().map(move |(path, kind)| (format!("{place}{path}"), *kind))
    });
    own.chain(inner).find_map(|(path, wanted)| {
        let found = at(object, &path).into_iter().find(|value| !wanted.is_read_from(value))?;
        Some(wanted.complaint(kind, &path, found))
    })
}

/// All values on a path, in which `*` is every field or item.
fn at<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    let mut values = vec![value];
    for step in path.split('.') {
        values = values
            .into_iter()
            .flat_map(|value| match (step, value) {
                ("*", Value::Object(fields)) => fields.values().collect(),
                ("*", Value::Array(items)) => items.iter().collect(),
                _ => value.get(step).into_iter().collect::<Vec<_>>(),
            })
            .collect();
    }
    values
}

impl Type {
    fn is_read_from(self, value: &Value) -> bool {
        value.is_null()
            || match self {
                Self::Bool => value.is_boolean(),
                Self::Int => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
                Self::Long => value.is_i64(),
                Self::Text => value.is_string(),
                Self::Map => value.is_object(),
                Self::List => value.is_array(),
                Self::Quantity => is_quantity(value),
            }
    }

    fn complaint(self, kind: &str, path: &str, found: &Value) -> String {
        let found = match found {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let wanted = match self {
            Self::Bool => "bool",
            Self::Int => "int32",
            Self::Long => "int64",
            Self::Text => "string",
            Self::Map => "map",
            Self::List => "slice",
            Self::Quantity => {
                return "quantities must match the regular expression \
                        '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
                    .to_owned();
            }
        };
        format!(
            "json: cannot unmarshal {found} into Go struct field {kind}.{path} of type {wanted}"
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_of_the_wrong_type_are_named() {
        let good =
            json!({ "spec": { "paused": true, "replicas": 3 }, "metadata": { "labels": null } });
        assert_eq!(misread_as("Deployment", &good), None);
        for (kind, object, told) in [
            (
                "CronJob",
                json!({ "spec": { "suspend": "yes" } }),
                "CronJob.spec.suspend of type bool",
            ),
            ("Deployment", json!({ "spec": { "replicas": 2.5 } }), "spec.replicas of type int32"),
            (
                "Pod",
                json!({ "metadata": { "labels": { "a": 1 } } }),
                "metadata.labels.* of type string",
            ),
            ("Node", json!({ "spec": [] }), "spec of type map"),
            ("Role", json!({ "rules": [{ "verbs": "*" }] }), "Role.rules.*.verbs of type slice"),
            (
                "RoleBinding",
                json!({ "subjects": ["u"] }),
                "cannot unmarshal string into Go struct field RoleBinding.subjects.* of type map",
            ),
            (
                "TokenRequest",
                json!({ "spec": { "expirationSeconds": "1h" } }),
                "spec.expirationSeconds of type int64",
            ),
        ] {
            let complaint = misread_as(kind, &object).unwrap();
            assert!(complaint.contains(told), "{complaint}");
        }
        let limits = json!({ "limits": { "memory": "lots" } });
        let spec = json!({ "containers": [{ "resources": limits }] });
        let set = json!({ "spec": { "template": { "spec": spec } } });
        assert!(misread_as("StatefulSet", &set).unwrap().starts_with("quantities must match"));
    }
}
