//! What the people of Kawase Pay may see with their own cluster users.
//!
//! Never lets anyone change anything, and never shows secrets.

use serde_json::{Value, json};

use super::company::TENANTS;

const RBAC: &str = "rbac.authorization.k8s.io";
const ROLE: &str = "view-metadata";

/// The role, and one binding per tenant with everybody who may look into it.
pub(super) fn objects() -> Vec<Value> {
    let bindings = TENANTS.iter().map(|tenant| binding(tenant.namespace));
    [role()].into_iter().chain(bindings).collect()
}

/// The people who may look into every tenant.
const EVERYWHERE: [&str; 4] = ["on-call", "second-on-call", "security", "admin"];

fn viewers(namespace: &str) -> Vec<&'static str> {
    let mut viewers = EVERYWHERE.to_vec();
    if matches!(namespace, "checkout" | "ledger" | "payouts") {
        viewers.push("engineer");
    }
    if matches!(namespace, "checkout" | "ledger" | "payouts" | "fraud-scoring") {
        viewers.push("approver");
    }
    viewers
}

fn role() -> Value {
    let look = ["get", "list", "watch"];
    let rule = |group: &str, resources: &[&str]| json!({ "apiGroups": [group], "resources": resources, "verbs": look });
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "ClusterRole",
        "metadata": { "name": ROLE },
        "rules": [
            rule("", &["namespaces", "pods", "pods/status", "services", "events", "serviceaccounts"]),
            rule("apps", &["deployments", "replicasets", "statefulsets", "daemonsets"]),
            rule("batch", &["jobs", "cronjobs"]),
            rule("discovery.k8s.io", &["endpointslices"]),
            rule("policy", &["poddisruptionbudgets"]),
        ],
    })
}

fn binding(namespace: &str) -> Value {
    let subject = |person: &str| json!({ "kind": "User", "apiGroup": RBAC, "name": format!("{person}@kawase.example") });
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "RoleBinding",
        "metadata": { "name": ROLE, "namespace": namespace },
        "roleRef": { "apiGroup": RBAC, "kind": "ClusterRole", "name": ROLE },
        "subjects": viewers(namespace).into_iter().map(subject).collect::<Vec<_>>(),
    })
}
