//! What the people of Kawase Pay may see with their own cluster users.
//!
//! Never lets anyone change anything, and never shows secrets.

use serde_json::{Value, json};

use super::company::{SYSTEM, TENANTS};

const RBAC: &str = "rbac.authorization.k8s.io";
const ROLE: &str = "view-metadata";
const LOG_ROLE: &str = "view-logs";
const NODE_ROLE: &str = "view-nodes";

/// The roles, two bindings per tenant with everybody who may look into it and at what its containers wrote, and one for
/// the nodes.
pub(super) fn objects() -> Vec<Value> {
    let bindings = TENANTS.iter().chain([&SYSTEM]).flat_map(|tenant| {
        let viewers = viewers(tenant.namespace);
        let readers: Vec<_> = viewers.iter().copied().filter(|it| *it != AUDITOR).collect();
        [binding(ROLE, tenant.namespace, &viewers), binding(LOG_ROLE, tenant.namespace, &readers)]
    });
    [role(), log_role(), node_role(), node_binding()].into_iter().chain(bindings).collect()
}

/// Sees every tenant; what containers wrote is none of their business.
const AUDITOR: &str = "security";

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

fn log_role() -> Value {
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "ClusterRole",
        "metadata": { "name": LOG_ROLE },
        "rules": [{ "apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"] }],
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

fn binding(role: &str, namespace: &str, people: &[&str]) -> Value {
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "RoleBinding",
        "metadata": { "name": role, "namespace": namespace },
        "roleRef": { "apiGroup": RBAC, "kind": "ClusterRole", "name": role },
        "subjects": people.iter().map(|person| subject(person)).collect::<Vec<_>>(),
    })
}
