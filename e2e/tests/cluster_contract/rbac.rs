//! The RBAC of the scenarios: for the console and the actions just what `sekisho rbac` renders, and beside it what a
//! company gives its people to look with.

use std::collections::BTreeSet;

use domain::names::Namespace;
use sekisho::policy::rbac::{CONSOLE_USER, Namespaces, manifests};
use serde_json::{Value, json};

use crate::policy;

/// Somebody who may look, and act where the action is bound.
pub(crate) const ON_CALL: &str = "on-call@kawase.example";
/// Somebody who may look, and approves.
pub(crate) const APPROVER: &str = "approver@kawase.example";
/// Somebody listed who may look at nothing.
pub(crate) const STRANGER: &str = "stranger@kawase.example";
/// The console's own account.
pub(crate) const CONSOLE: &str = CONSOLE_USER;
/// The account of `sekisho reap`.
pub(crate) const REAPER: &str = "system:serviceaccount:sekisho:sekisho-reap";
/// A console account that may watch all but jobs.
pub(crate) const HALF_BLIND: &str = "sekisho-half-blind";

const RBAC: &str = "rbac.authorization.k8s.io/v1";

/// What the console is given by the policy, where these namespaces are tenants.
fn rendered(tenants: &[&Namespace]) -> Vec<Value> {
    let tenants: BTreeSet<_> = tenants.iter().copied().cloned().collect();
    let cluster = "main".parse().unwrap();
    let manifests = manifests(policy::loaded(), &cluster, &Namespaces::Listed(tenants));
    manifests.iter().map(|manifest| serde_json::to_value(manifest).unwrap()).collect()
}

/// What every scenario needs of the whole cluster: what is done to nodes is bound once, for all of them.
pub(crate) fn of_cluster() -> Vec<Value> {
    let platform = Namespace::platform();
    let mut objects = rendered(&[&platform]);
    let half_blind = objects.iter().find(|it| it["metadata"]["name"] == "sekisho:console").unwrap();
    objects.push(role(HALF_BLIND, without_jobs(&half_blind["rules"])));
    objects.push(bound_everywhere(HALF_BLIND, HALF_BLIND));
    objects.push(role("look", looking()));
    objects.push(role("read-lines", json!([read("", &["pods/log"])])));
    objects.push(people_look(&platform));
    objects.push(role("look-at-nodes", json!([read("", &["nodes"])])));
    objects.push(bound_everywhere("look-at-nodes", ON_CALL));
    objects
}

/// Every action of the policy, in one namespace.
pub(crate) fn actions_are_bound(namespace: &Namespace) -> Vec<Value> {
    let all = rendered(&[namespace]);
    all.into_iter().filter(|it| it["metadata"]["namespace"] == namespace.as_str()).collect()
}

/// The on-call and who approves may look into a namespace.
pub(crate) fn people_look(namespace: &Namespace) -> Value {
    bound_there("look", namespace, &[ON_CALL, APPROVER])
}

/// The on-call may read there what containers wrote.
pub(crate) fn on_call_reads_lines(namespace: &Namespace) -> Value {
    bound_there("read-lines", namespace, &[ON_CALL])
}

fn bound_there(role: &str, namespace: &Namespace, people: &[&str]) -> Value {
    let subjects: Vec<_> = people.iter().map(|name| user(name)).collect();
    json!({"apiVersion": RBAC, "kind": "RoleBinding", "metadata": {"name": role, "namespace": namespace},
        "roleRef": role_ref(role), "subjects": subjects})
}

fn read(group: &str, resources: &[&str]) -> Value {
    json!({"apiGroups": [group], "resources": resources, "verbs": ["get", "list", "watch"]})
}

fn looking() -> Value {
    json!([
        read("", &["pods", "namespaces"]),
        read(
            "apps",
            &["deployments", "statefulsets", "daemonsets", "replicasets", "controllerrevisions"]
        ),
        read("batch", &["jobs", "cronjobs"]),
        read("autoscaling", &["horizontalpodautoscalers"]),
    ])
}

fn without_jobs(rules: &Value) -> Value {
    let mut rules = rules.clone();
    let resources = rules.as_array_mut().unwrap().iter_mut().map(|rule| &mut rule["resources"]);
    for resources in resources {
        resources.as_array_mut().unwrap().retain(|resource| resource != "jobs");
    }
    rules
}

fn role(name: &str, rules: Value) -> Value {
    json!({"apiVersion": RBAC, "kind": "ClusterRole", "metadata": {"name": name}, "rules": rules})
}

fn bound_everywhere(role: &str, account: &str) -> Value {
    json!({"apiVersion": RBAC, "kind": "ClusterRoleBinding", "metadata": {"name": role},
        "roleRef": role_ref(role), "subjects": [user(account)]})
}

fn role_ref(name: &str) -> Value {
    json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": name})
}

fn user(name: &str) -> Value {
    json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": name})
}
