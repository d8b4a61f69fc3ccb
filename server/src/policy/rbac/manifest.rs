//! Kubernetes objects as values, and as the YAML that people review.

use std::collections::BTreeSet;

use domain::grants::RoleRule;
use serde::Serialize;

/// The API group of every RBAC object.
const RBAC: &str = "rbac.authorization.k8s.io";

/// One Kubernetes object; its fields in the order in which they are read best.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    api_version: String,
    kind: &'static str,
    metadata: Metadata,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<Rule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_ref: Option<RoleRef>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subjects: Vec<Subject>,
}

#[derive(Debug, Serialize)]
struct Metadata {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<String>,
}

/// What a role lets its subjects do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    pub(super) api_groups: Vec<String>,
    pub(super) resources: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) resource_names: Vec<String>,
    pub(super) verbs: Vec<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RoleRef {
    api_group: &'static str,
    kind: &'static str,
    name: String,
}

/// Whom a binding is for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subject {
    kind: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_group: Option<&'static str>,
}

impl Subject {
    pub(super) fn group(name: String) -> Self {
        Self { kind: "Group", name, namespace: None, api_group: Some(RBAC) }
    }

    pub(super) fn service_account(namespace: &str, name: &str) -> Self {
        Self {
            kind: "ServiceAccount",
            name: name.to_owned(),
            namespace: Some(namespace.to_owned()),
            api_group: None,
        }
    }
}

impl Rule {
    pub(super) fn new(api_group: &str, resources: &[&str], verbs: &[&str]) -> Self {
        let owned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        Self {
            api_groups: owned(&[api_group]),
            resources: owned(resources),
            resource_names: Vec::new(),
            verbs: owned(verbs),
        }
    }

    /// The same for objects of these names only.
    pub(super) fn named(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.resource_names = names.into_iter().collect();
        self
    }
}

impl From<&RoleRule> for Rule {
    fn from(rule: &RoleRule) -> Self {
        let list = |texts: &BTreeSet<String>| texts.iter().cloned().collect();
        Self {
            api_groups: list(&rule.api_groups),
            resources: list(&rule.resources),
            resource_names: list(&rule.resource_names),
            verbs: list(&rule.verbs),
        }
    }
}

impl Manifest {
    fn object(api_version: String, kind: &'static str, name: &str) -> Self {
        Self {
            api_version,
            kind,
            metadata: Metadata { name: name.to_owned(), namespace: None },
            rules: Vec::new(),
            role_ref: None,
            subjects: Vec::new(),
        }
    }

    pub(super) fn namespace(name: &str) -> Self {
        Self::object("v1".to_owned(), "Namespace", name)
    }

    pub(super) fn service_account(namespace: &str, name: &str) -> Self {
        Self::object("v1".to_owned(), "ServiceAccount", name).in_namespace(namespace)
    }

    pub(super) fn cluster_role(name: &str, rules: Vec<Rule>) -> Self {
        Self { rules, ..Self::object(format!("{RBAC}/v1"), "ClusterRole", name) }
    }

    pub(super) fn cluster_role_binding(role: &str, subject: Subject) -> Self {
        Self::binding("ClusterRoleBinding", role, subject)
    }

    pub(super) fn role_binding(namespace: &str, role: &str, subject: Subject) -> Self {
        Self::binding("RoleBinding", role, subject).in_namespace(namespace)
    }

    /// A binding is called like the cluster role that it binds.
    fn binding(kind: &'static str, role: &str, subject: Subject) -> Self {
        let role_ref = RoleRef { api_group: RBAC, kind: "ClusterRole", name: role.to_owned() };
        Self {
            role_ref: Some(role_ref),
            subjects: vec![subject],
            ..Self::object(format!("{RBAC}/v1"), kind, role)
        }
    }

    fn in_namespace(mut self, namespace: &str) -> Self {
        self.metadata.namespace = Some(namespace.to_owned());
        self
    }
}

/// The objects as one stream of YAML documents.
pub(super) fn to_yaml(manifests: &[Manifest]) -> Result<String, serde_saphyr::ser::Error> {
    serde_saphyr::to_string_multiple(manifests)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn names_that_yaml_would_take_for_something_else_are_quoted() {
        for name in ["on", "yes", "n", "null", "123", "0x10", "1e3", "2026-01-01", "1:30"] {
            let yaml = to_yaml(&[Manifest::namespace(name)]).unwrap();
            assert!(!yaml.contains(&format!("name: {name}\n")), "{yaml}");
        }
    }

    #[test]
    fn whatever_a_user_is_called_is_read_back() {
        let users = [
            "a:b", "#a", "a#b", "-", "@a", "`a`", "*a", "&a", "!a", "%a", "'a'", "\"a\"", "{a}",
            "[a]", "a\\nb", "~", "?",
        ];
        let users: Vec<_> = users.into_iter().map(str::to_owned).chain(["x".repeat(253)]).collect();
        let rule = Rule::new("", &["users"], &["impersonate"]).named(users);
        let manifest = Manifest::cluster_role("r", vec![rule]);
        let expected = serde_json::to_value(&manifest).unwrap();
        let read: Value = serde_saphyr::from_str(&to_yaml(&[manifest]).unwrap()).unwrap();
        assert_eq!(read, expected);
    }
}
