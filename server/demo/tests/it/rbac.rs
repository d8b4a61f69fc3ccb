//! Roles and bindings for tests.

use http::Request;
use kube::Client;
use serde_json::{Value, json};

use crate::running::send;

pub(crate) const RBAC: &str = "rbac.authorization.k8s.io";

/// A cluster role.
pub(crate) fn role(name: &str, rules: &Value) -> Value {
    json!({ "apiVersion": format!("{RBAC}/v1"), "kind": "ClusterRole", "metadata": { "name": name }, "rules": rules })
}

/// One rule of a role.
pub(crate) fn rule(group: &str, resources: &[&str], verbs: &[&str]) -> Value {
    json!({ "apiGroups": [group], "resources": resources, "verbs": verbs })
}

/// A binding of a cluster role to somebody, everywhere; it is called like the role.
pub(crate) fn bind(role: &str, kind: &str, subject: &str) -> Value {
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "ClusterRoleBinding", "metadata": { "name": role },
        "roleRef": { "apiGroup": RBAC, "kind": "ClusterRole", "name": role },
        "subjects": [{ "kind": kind, "apiGroup": RBAC, "name": subject }],
    })
}

/// The same in one namespace.
pub(crate) fn bind_in(namespace: &str, role: &str, kind: &str, subject: &str) -> Value {
    let mut binding = bind(role, kind, subject);
    binding["kind"] = json!("RoleBinding");
    binding["metadata"]["namespace"] = json!(namespace);
    binding
}

/// Where RBAC objects of a namespace are found; of the whole cluster without one.
pub(crate) fn path(namespace: &str, plural: &str) -> String {
    match namespace {
        "" => format!("/apis/{RBAC}/v1/{plural}"),
        _ => format!("/apis/{RBAC}/v1/namespaces/{namespace}/{plural}"),
    }
}

/// Creates an RBAC object where it says it belongs.
pub(crate) async fn create(client: &Client, object: Value) -> (u16, Value) {
    let namespace = object["metadata"]["namespace"].as_str().unwrap_or_default();
    let plural = format!("{}s", object["kind"].as_str().unwrap().to_lowercase());
    send(client, Request::post(path(namespace, &plural)), object).await
}
