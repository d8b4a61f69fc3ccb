//! What the console's own account may do: read what it caches, review access, and speak as listed people.
//!
//! RBAC knows no prefixes, and an open `impersonate` reaches `system:masters`: every user, every group
//! and every extra is listed by name. No Secret and no ConfigMap is among what it reads.

use std::collections::BTreeSet;

use domain::{
    actions::ActionKind,
    names::{ClusterName, ClusterUser},
    policy::Policy,
};

use super::{
    grants,
    manifest::{Manifest, Rule, Subject},
};

/// The namespace that the console runs in, and its account there.
pub(super) const NAMESPACE: &str = "sekisho";
pub(super) const ACCOUNT: &str = "sekisho";
/// The user that this account is to the cluster.
pub const CONSOLE_USER: &str = "system:serviceaccount:sekisho:sekisho";
const ROLE: &str = "sekisho:console";

/// What calls carry along for the cluster's own audit log.
const EXTRAS: [&str; 3] = [
    "userextras/sekisho.dev/actor",
    "userextras/sekisho.dev/approvers",
    "userextras/sekisho.dev/request",
];

const READ: [&str; 2] = ["list", "watch"];

/// The account, its one role, and their binding.
pub(super) fn manifests(policy: &Policy, cluster: &ClusterName) -> Vec<Manifest> {
    let mut rules = reads();
    rules.push(Rule::new("authorization.k8s.io", &["subjectaccessreviews"], &["create"]));
    rules.extend(grants::reads(&policy.roles));
    rules.extend(impersonation(policy, cluster));
    vec![
        Manifest::namespace(NAMESPACE),
        Manifest::service_account(NAMESPACE, ACCOUNT),
        Manifest::cluster_role(ROLE, rules),
        Manifest::cluster_role_binding(ROLE, Subject::service_account(NAMESPACE, ACCOUNT)),
    ]
}

fn reads() -> Vec<Rule> {
    vec![
        Rule::new("", &["events", "namespaces", "nodes", "pods", "services"], &READ),
        Rule::new("apps", &["daemonsets", "deployments", "replicasets", "statefulsets"], &READ),
        Rule::new("autoscaling", &["horizontalpodautoscalers"], &READ),
        Rule::new("batch", &["cronjobs", "jobs"], &READ),
        Rule::new("policy", &["poddisruptionbudgets"], &READ),
        // Who can do what, and what stands of grants.
        Rule::new(
            "rbac.authorization.k8s.io",
            &["clusterrolebindings", "clusterroles", "rolebindings", "roles"],
            &["list"],
        ),
    ]
}

/// Leave to speak as people. A rule without names would allow every name, so there is none where nobody is listed.
fn impersonation(policy: &Policy, cluster: &ClusterName) -> Vec<Rule> {
    let users: BTreeSet<_> = policy
        .people
        .values()
        .filter_map(|person| person.cluster_users.get(cluster))
        .map(ClusterUser::to_string)
        .collect();
    let groups: Vec<_> = policy.actions.keys().copied().map(ActionKind::cluster_group).collect();
    let mut rules = Vec::new();
    if users.is_empty() {
        return rules;
    }
    rules.push(Rule::new("", &["users"], &["impersonate"]).named(users));
    if !groups.is_empty() {
        rules.push(Rule::new("", &["groups"], &["impersonate"]).named(groups));
    }
    rules.push(Rule::new("authentication.k8s.io", &EXTRAS, &["impersonate"]));
    rules
}
