//! The roles a cluster is born with, as far as this one needs them.
//!
//! Never grants anything to people or to the console: their roles are applied from outside.

use serde_json::{Value, json};

/// Cluster roles and their bindings, as `RBAC` bootstraps them.
pub(crate) fn objects() -> Vec<Value> {
    let everything = json!([
        { "apiGroups": ["*"], "resources": ["*"], "verbs": ["*"] },
        { "nonResourceURLs": ["*"], "verbs": ["*"] },
    ]);
    let health = ["/healthz", "/livez", "/readyz", "/version", "/version/"];
    let discovery =
        [&health[..], &["/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*"]].concat();
    let reviews = json!([{
        "apiGroups": ["authorization.k8s.io"],
        "resources": ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
        "verbs": ["create"],
    }]);
    let (known, unknown) = (super::user::AUTHENTICATED, super::user::UNAUTHENTICATED);
    [
        role("cluster-admin", &everything, &["system:masters"]),
        role("system:basic-user", &reviews, &[known]),
        role(
            "system:discovery",
            &json!([{ "nonResourceURLs": discovery, "verbs": ["get"] }]),
            &[known],
        ),
        role(
            "system:public-info-viewer",
            &json!([{ "nonResourceURLs": health, "verbs": ["get"] }]),
            &[known, unknown],
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn role(name: &str, rules: &Value, groups: &[&str]) -> [Value; 2] {
    let rbac = "rbac.authorization.k8s.io";
    let subject = |group: &&str| json!({ "kind": "Group", "apiGroup": rbac, "name": group });
    [
        json!({
            "apiVersion": format!("{rbac}/v1"), "kind": "ClusterRole",
            "metadata": { "name": name }, "rules": rules,
        }),
        json!({
            "apiVersion": format!("{rbac}/v1"), "kind": "ClusterRoleBinding",
            "metadata": { "name": name },
            "roleRef": { "apiGroup": rbac, "kind": "ClusterRole", "name": name },
            "subjects": groups.iter().map(subject).collect::<Vec<_>>(),
        }),
    ]
}
