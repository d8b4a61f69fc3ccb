//! Roles and bindings: what a rule must say, and to what and whom a binding must refer.
//!
//! Never asks whether the role is there or who may give it: see `access`.

use serde_json::{Value, json};

use super::metadata;
use crate::{complaint::Complaint, kinds, kinds::Kind, object::Object};

pub(super) fn check(kind: &Kind, object: &Object) -> Vec<Complaint> {
    match kind.name {
        "Role" | "ClusterRole" => {
            let rules = object.items("/rules").iter().enumerate();
            rules.flat_map(|(at, rule)| self::rule(kind, rule, &format!("rules[{at}]"))).collect()
        }
        "RoleBinding" | "ClusterRoleBinding" => {
            let subjects = object.items("/subjects").iter().enumerate();
            let subjects = subjects
                .flat_map(|(at, subject)| self::subject(kind, subject, &format!("subjects[{at}]")));
            role_ref(kind, object).into_iter().chain(subjects).collect()
        }
        _ => Vec::new(),
    }
}

/// A rule is about resources or about paths, and says what may be done with them.
fn rule(kind: &Kind, rule: &Value, place: &str) -> Vec<Complaint> {
    let is_empty = |field: &str| rule[field].as_array().is_none_or(Vec::is_empty);
    let needed = |field: &str, why: &str| {
        is_empty(field).then(|| Complaint::required(format!("{place}.{field}"), why))
    };
    let mut complaints = Vec::new();
    complaints.extend(needed("verbs", "verbs must contain at least one value"));
    if is_empty("nonResourceURLs") {
        complaints.extend(needed("apiGroups", "resource rules must supply at least one api group"));
        complaints.extend(needed("resources", "resource rules must supply at least one resource"));
        return complaints;
    }
    let refused =
        |why| Complaint::invalid(format!("{place}.nonResourceURLs"), &rule["nonResourceURLs"], why);
    if kind.is_namespaced() {
        complaints.push(refused("namespaced rules cannot apply to non-resource URLs"));
    }
    if !["apiGroups", "resources", "resourceNames"].into_iter().all(is_empty) {
        let why = "rules cannot apply to both regular resources and non-resource URLs";
        complaints.push(refused(why));
    }
    complaints
}

fn role_ref(kind: &Kind, binding: &Object) -> Vec<Complaint> {
    let text = |field: &str| binding.text(&format!("/roleRef/{field}"));
    let mut complaints = Vec::new();
    complaints.extend(not_of_rbac("roleRef.apiGroup", text("apiGroup")));
    let known: &[&str] =
        if kind.is_namespaced() { &["Role", "ClusterRole"] } else { &["ClusterRole"] };
    if !known.contains(&text("kind")) {
        complaints.push(Complaint::unsupported("roleRef.kind", &json!(text("kind")), known));
    }
    let name = text("name");
    if name.is_empty() {
        complaints.push(Complaint::required("roleRef.name", ""));
    }
    if matches!(name, "." | "..") {
        let why = format!("may not be '{name}'");
        complaints.push(Complaint::invalid("roleRef.name", &json!(name), &why));
    }
    for illegal in ['/', '%'].into_iter().filter(|illegal| name.contains(*illegal)) {
        let why = format!("may not contain '{illegal}'");
        complaints.push(Complaint::invalid("roleRef.name", &json!(name), &why));
    }
    complaints
}

fn subject(kind: &Kind, subject: &Value, place: &str) -> Vec<Complaint> {
    let text = |field: &str| subject[field].as_str().unwrap_or_default();
    let field = |field: &str| format!("{place}.{field}");
    let mut complaints = Vec::new();
    let name = text("name");
    if name.is_empty() {
        complaints.push(Complaint::required(field("name"), ""));
    }
    match text("kind") {
        "ServiceAccount" => {
            if !name.is_empty() {
                complaints.extend(metadata::subdomain(name, &field("name")));
            }
            if !text("apiGroup").is_empty() {
                let group = json!(text("apiGroup"));
                complaints.push(Complaint::unsupported(field("apiGroup"), &group, &[""]));
            }
            // In a namespace, an account of the same one is meant.
            if !kind.is_namespaced() && text("namespace").is_empty() {
                complaints.push(Complaint::required(field("namespace"), ""));
            }
        }
        "User" | "Group" => complaints.extend(not_of_rbac(&field("apiGroup"), text("apiGroup"))),
        other => {
            let known = ["ServiceAccount", "User", "Group"];
            complaints.push(Complaint::unsupported(field("kind"), &json!(other), &known));
        }
    }
    complaints
}

fn not_of_rbac(field: &str, group: &str) -> Option<Complaint> {
    let own = kinds::ROLE.group;
    (group != own).then(|| Complaint::unsupported(field, &json!(group), &[own]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: &Kind, object: Value) -> Vec<String> {
        check(kind, &Object::new(object)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_rule_is_about_resources_or_paths() {
        let rules = |rule: Value| json!({ "rules": [rule] });
        let good = json!({ "apiGroups": [""], "resources": ["pods"], "verbs": ["get"] });
        assert!(told(&kinds::ROLE, rules(good)).is_empty());
        assert_eq!(
            told(&kinds::ROLE, rules(json!({}))),
            [
                "rules[0].verbs: Required value: verbs must contain at least one value",
                "rules[0].apiGroups: Required value: resource rules must supply at least one api group",
                "rules[0].resources: Required value: resource rules must supply at least one resource",
            ]
        );
        let path = json!({ "nonResourceURLs": ["/metrics"], "verbs": ["get"] });
        assert!(told(&kinds::CLUSTER_ROLE, rules(path.clone())).is_empty());
        assert_eq!(
            told(&kinds::ROLE, rules(path)),
            ["rules[0].nonResourceURLs: Invalid value: [\"/metrics\"]: \
                 namespaced rules cannot apply to non-resource URLs"]
        );
        let both =
            json!({ "nonResourceURLs": ["/metrics"], "resources": ["pods"], "verbs": ["get"] });
        assert!(told(&kinds::CLUSTER_ROLE, rules(both))[0].contains("both regular resources"));
    }

    #[test]
    fn a_binding_refers_to_a_role_and_to_somebody() {
        let binding =
            |role_ref: Value, subject: Value| json!({ "roleRef": role_ref, "subjects": [subject] });
        let view =
            |kind: &str| json!({ "apiGroup": kinds::ROLE.group, "kind": kind, "name": "view" });
        let account = json!({ "kind": "ServiceAccount", "name": "grant-1" });
        assert!(told(&kinds::ROLE_BINDING, binding(view("Role"), account.clone())).is_empty());
        assert_eq!(
            told(&kinds::CLUSTER_ROLE_BINDING, binding(view("Role"), account)),
            [
                "roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\"",
                "subjects[0].namespace: Required value",
            ]
        );
        for (subject, complaint) in [
            (json!({ "kind": "User", "apiGroup": kinds::ROLE.group }), "name: Required value"),
            (json!({ "kind": "User", "name": "u" }), "apiGroup: Unsupported value: \"\""),
            (json!({ "kind": "Robot", "name": "r" }), "kind: Unsupported value: \"Robot\""),
            (json!({ "kind": "ServiceAccount", "name": "A b" }), "name: Invalid value: \"A b\""),
            (
                json!({ "kind": "ServiceAccount", "name": "a", "apiGroup": "v1" }),
                "apiGroup: Unsupported value: \"v1\": supported values: \"\"",
            ),
        ] {
            let told = told(&kinds::ROLE_BINDING, binding(view("ClusterRole"), subject));
            assert!(told[0].starts_with(&format!("subjects[0].{complaint}")), "{told:?}");
        }
        assert_eq!(
            told(&kinds::ROLE_BINDING, json!({})),
            [
                "roleRef.apiGroup: Unsupported value: \"\": supported values: \"rbac.authorization.k8s.io\"",
                "roleRef.kind: Unsupported value: \"\": supported values: \"Role\", \"ClusterRole\"",
                "roleRef.name: Required value",
            ]
        );
    }
}
