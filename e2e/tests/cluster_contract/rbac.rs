//! The RBAC of the scenarios: the console's own account with exactly what it asks for, people who may
//! look, and the action's group where it is bound.

use serde_json::{Value, json};

use crate::ground::CONSOLE;

/// Somebody who may look, and act where the action is bound.
pub(crate) const ON_CALL: &str = "on-call@kawase.example";
/// Somebody listed who may look at nothing.
pub(crate) const STRANGER: &str = "stranger@kawase.example";
/// The group of the one action.
pub(crate) const GROUP: &str = "sekisho:act:restart-pod";
/// A console account that may watch all but jobs.
pub(crate) const HALF_BLIND: &str = "sekisho-half-blind";

const RBAC: &str = "rbac.authorization.k8s.io/v1";

/// What every scenario needs of the whole cluster: (kind, object).
pub(crate) fn of_cluster() -> Vec<Value> {
    vec![
        role("sekisho-console", console_rules("jobs")),
        bound_everywhere("sekisho-console", CONSOLE),
        role("sekisho-half-blind", console_rules("no-such-kind")),
        bound_everywhere("sekisho-half-blind", HALF_BLIND),
        role(
            "sekisho-look",
            json!([
                {"apiGroups": [""], "resources": ["pods", "namespaces"], "verbs": ["get", "list", "watch"]},
            ]),
        ),
        role(
            "sekisho-restart-pod",
            json!([
                {"apiGroups": [""], "resources": ["pods/eviction"], "verbs": ["create"]},
            ]),
        ),
    ]
}

fn console_rules(jobs: &str) -> Value {
    let watch = |group: &str, resources: Value| json!({"apiGroups": [group], "resources": resources, "verbs": ["list", "watch"]});
    let impersonate = |resource: &str, names: Value| json!({"apiGroups": [""], "resources": [resource], "resourceNames": names, "verbs": ["impersonate"]});
    let extras =
        ["actor", "request", "approvers"].map(|key| format!("userextras/sekisho.dev/{key}"));
    json!([
        watch("", json!(["namespaces", "pods", "events"])),
        watch("apps", json!(["deployments", "statefulsets", "daemonsets", "replicasets"])),
        watch("batch", json!([jobs, "cronjobs"])),
        watch("policy", json!(["poddisruptionbudgets"])),
        {"apiGroups": ["authorization.k8s.io"], "resources": ["subjectaccessreviews"], "verbs": ["create"]},
        impersonate("users", json!([ON_CALL, STRANGER])),
        impersonate("groups", json!([GROUP])),
        {"apiGroups": ["authentication.k8s.io"], "resources": extras, "verbs": ["impersonate"]},
    ])
}

/// The on-call may look into a namespace.
pub(crate) fn on_call_looks(namespace: &str) -> Value {
    bound(namespace, "sekisho-look", &json!({"kind": "User", "name": ON_CALL}))
}

/// The action may be done in a namespace.
pub(crate) fn action_is_bound(namespace: &str) -> Value {
    bound(namespace, "sekisho-restart-pod", &json!({"kind": "Group", "name": GROUP}))
}

fn role(name: &str, rules: Value) -> Value {
    json!({"apiVersion": RBAC, "kind": "ClusterRole", "metadata": {"name": name}, "rules": rules})
}

fn bound_everywhere(role: &str, user: &str) -> Value {
    json!({"apiVersion": RBAC, "kind": "ClusterRoleBinding", "metadata": {"name": role},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": user}]})
}

fn bound(namespace: &str, role: &str, subject: &Value) -> Value {
    json!({"apiVersion": RBAC, "kind": "RoleBinding", "metadata": {"name": role, "namespace": namespace},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": subject["kind"], "name": subject["name"]}]})
}
