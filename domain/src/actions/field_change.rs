//! What of an object would be another: field by field, without what the API server keeps for itself.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical::Digest;

/// One field that would be another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Where it stands: `spec.template.spec.containers[api].image`.
    pub field: String,
    /// What it is, as JSON; absent where there is nothing.
    pub before: Option<String>,
    /// What it would be; absent where nothing would be left.
    pub after: Option<String>,
}

/// Annotations that controllers and tools keep for themselves.
const NOISE: [&str; 3] = [
    "kubectl.kubernetes.io/last-applied-configuration",
    "deployment.kubernetes.io/revision",
    "deprecated.daemonset.template.generation",
];

/// The fields in which an object after a change differs from what it was: labels, annotations, owners and spec.
/// Status, versions and `managedFields` are noise.
#[must_use]
pub fn field_changes(before: &Value, after: &Value) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    for field in ["labels", "annotations", "ownerReferences"] {
        let of = |object: &Value| object["metadata"][field].clone();
        compare(&format!("metadata.{field}"), &of(before), &of(after), &mut changes);
    }
    compare("spec", &before["spec"], &after["spec"], &mut changes);
    let noise = |field: &str| {
        let annotation = field.strip_prefix("metadata.annotations.");
        annotation.is_some_and(|name| NOISE.contains(&name))
    };
    changes.retain(|change| !noise(&change.field));
    changes
}

fn compare(field: &str, before: &Value, after: &Value, changes: &mut Vec<FieldChange>) {
    if before == after {
        return;
    }
    if let (Some(old), Some(new)) = (named_parts(before), named_parts(after)) {
        let names: BTreeSet<_> = old.iter().chain(&new).map(|(name, _)| name).collect();
        for name in names {
            let part = |parts: &[(String, Value)]| {
                parts.iter().find(|(other, _)| other == name).map(|(_, part)| part.clone())
            };
            let (old, new) = (part(&old).unwrap_or_default(), part(&new).unwrap_or_default());
            compare(&format!("{field}{name}"), &old, &new, changes);
        }
        return;
    }
    let told = |side: &Value| (!side.is_null()).then(|| told(field, side));
    changes.push(FieldChange { field: field.to_owned(), before: told(before), after: told(after) });
}

/// A value as JSON. What an environment variable holds may be a secret, which no log may keep: it is told by the
/// beginning of its digest, by which two values are told apart.
fn told(field: &str, value: &Value) -> String {
    let text = value.to_string();
    let last = field.rsplit('.').next();
    let of_a_variable = field.contains(".env[") && last == Some("value");
    // Variables of which two have one name are compared as one list.
    if !(of_a_variable || last == Some("env")) {
        return text;
    }
    let digest = Digest::of(format!("{field}\n{text}").as_bytes()).to_string();
    format!("(sha256 {}…)", digest.chars().take(8).collect::<String>())
}

/// The parts of an object, or of a list whose members have names, each with how its place is written.
fn named_parts(value: &Value) -> Option<Vec<(String, Value)>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Object(fields) => {
            Some(fields.iter().map(|(name, part)| (format!(".{name}"), part.clone())).collect())
        }
        Value::Array(members) => {
            let parts: Option<Vec<_>> = members
                .iter()
                .map(|member| Some((format!("[{}]", member["name"].as_str()?), member.clone())))
                .collect();
            let parts = parts?;
            let names: BTreeSet<_> = parts.iter().map(|(name, _)| name).collect();
            (names.len() == parts.len()).then_some(parts)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: &Value, after: &Value) -> Vec<String> {
        let text = |side: Option<String>| side.unwrap_or_else(|| "-".to_owned());
        field_changes(before, after)
            .into_iter()
            .map(|change| {
                format!("{} {} → {}", change.field, text(change.before), text(change.after))
            })
            .collect()
    }

    #[test]
    fn each_field_is_told_by_its_place_and_containers_by_their_names() {
        let object = |image: &str, limit: Value| {
            json!({"spec": {"replicas": 3, "containers": [
                {"name": "proxy", "image": "proxy:1"},
                {"name": "api", "image": image, "resources": {"limits": limit}},
            ]}})
        };
        let before = object("api:1", json!({"cpu": "1"}));
        let after = object("api:2", json!({"memory": "1Gi"}));
        assert_eq!(
            told(&before, &after),
            [
                "spec.containers[api].image \"api:1\" → \"api:2\"",
                "spec.containers[api].resources.limits.cpu \"1\" → -",
                "spec.containers[api].resources.limits.memory - → \"1Gi\"",
            ]
        );
    }

    #[test]
    fn what_the_api_server_keeps_for_itself_is_no_change() {
        let before = json!({"metadata": {"resourceVersion": "1", "generation": 1}, "status": {"replicas": 1}});
        let after = json!({"metadata": {"resourceVersion": "2", "generation": 2, "managedFields": [{}],
            "annotations": {"deployment.kubernetes.io/revision": "4"}}, "status": {}});
        assert_eq!(told(&before, &after), [""; 0]);
    }

    #[test]
    fn what_an_environment_variable_holds_is_told_apart_and_not_told() {
        let object = |secret: &str| json!({"spec": {"containers": [{"name": "api", "env": [{"name": "KEY", "value": secret}]}]}});
        let changes = field_changes(&object("hunter2"), &object("hunter3"));
        assert_eq!(changes[0].field, "spec.containers[api].env[KEY].value");
        assert_ne!(changes[0].before, changes[0].after);
        assert!(!format!("{changes:?}").contains("hunter"));
        let added = field_changes(&json!({"spec": {}}), &object("hunter2"));
        assert!(!format!("{added:?}").contains("hunter"), "{added:?}");
        let mut twice = object("hunter3");
        let variables = twice["spec"]["containers"][0]["env"].as_array_mut().unwrap();
        variables.push(variables[0].clone());
        let of_one_name = field_changes(&object("hunter2"), &twice);
        assert!(!format!("{of_one_name:?}").contains("hunter"), "{of_one_name:?}");
    }

    #[test]
    fn only_the_annotations_of_the_object_itself_are_noise() {
        let object = |value: &str| json!({"spec": {"template": {"metadata": {"annotations": {NOISE[0]: value}}}}});
        assert_eq!(field_changes(&object("1"), &object("2")).len(), 1);
    }

    #[test]
    fn lists_without_names_are_told_whole() {
        let args = |args: Value| json!({"spec": {"args": args}});
        let told = told(&args(json!(["-v"])), &args(json!(["-v", "-q"])));
        assert_eq!(told, ["spec.args [\"-v\"] → [\"-v\",\"-q\"]"]);
    }
}
