//! What the people of Kawase Pay may see with their own cluster users.
//!
//! Never lets anyone change anything, and never shows secrets.

use serde_json::{Value, json};

use super::company::{SYSTEM, TENANTS};

const RBAC: &str = "rbac.authorization.k8s.io";
const ROLE: &str = "view-metadata";
const NODE_ROLE: &str = "view-nodes";

/// The roles, one binding per tenant with everybody who may look into it, and one for the nodes.
pub(super) fn objects() -> Vec<Value> {
    let bindings = TENANTS.iter().chain([&SYSTEM]).map(|tenant| binding(tenant.namespace));
    [role(), node_role(), node_binding()].into_iter().chain(bindings).collect()
}

/// The people who may look into every tenant. Whoever may look into the cluster's own namespace sees the nodes, too.
const EVERYWHERE: [&str; 4] = ["on-call", "second-on-call", "security", "admin"];

fn viewers(namespace: &str) -> Vec<&'static str> {
    let mut viewers = EVERYWHERE.to_vec();
    if matches!(namespace, "checkout" | "ledger" | "payouts") {
        viewers.push("engineer");
    }
    if matches!(namespace, "checkout" | "ledger" | "payouts" | "fraud-scoring" | "kube-system") {
        viewers.push("approver");
    }
    viewers
}

fn role() -> Value {
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "ClusterRole",
        "metadata": { "name": ROLE },
        "rules": [
            rule("", &["namespaces", "pods", "pods/status", "services", "events", "serviceaccounts"]),
            rule("apps", &[
                "deployments", "deployments/scale", "replicasets", "replicasets/scale",
                "statefulsets", "statefulsets/scale", "daemonsets", "controllerrevisions",
            ]),
            rule("autoscaling", &["horizontalpodautoscalers"]),
            rule("batch", &["jobs", "cronjobs"]),
            rule("discovery.k8s.io", &["endpointslices"]),
            rule("policy", &["poddisruptionbudgets"]),
        ],
    })
}

fn node_role() -> Value {
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "ClusterRole",
        "metadata": { "name": NODE_ROLE }, "rules": [rule("", &["nodes"])],
    })
}

fn rule(group: &str, resources: &[&str]) -> Value {
    json!({ "apiGroups": [group], "resources": resources, "verbs": ["get", "list", "watch"] })
}

fn subject(person: &str) -> Value {
    json!({ "kind": "User", "apiGroup": RBAC, "name": format!("{person}@kawase.example") })
}

fn node_binding() -> Value {
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "ClusterRoleBinding",
        "metadata": { "name": NODE_ROLE },
        "roleRef": { "apiGroup": RBAC, "kind": "ClusterRole", "name": NODE_ROLE },
        "subjects": viewers(SYSTEM.namespace).into_iter().map(subject).collect::<Vec<_>>(),
    })
}

fn binding(namespace: &str) -> Value {
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "RoleBinding",
        "metadata": { "name": ROLE, "namespace": namespace },
        "roleRef": { "apiGroup": RBAC, "kind": "ClusterRole", "name": ROLE },
        "subjects": viewers(namespace).into_iter().map(subject).collect::<Vec<_>>(),
    })
}
