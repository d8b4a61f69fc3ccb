//! What the console needs to keep grants, and the roles that are its own to grant.
//!
//! It may bind the listed roles in owned namespaces and nowhere else, and make accounts in one closed namespace and
//! nowhere else. It holds none of the roles itself.

use domain::{
    grants::{GRANTS_NAMESPACE, Ladder, RoleRule},
    names::Namespace,
};

use super::{
    account::{ACCOUNT, NAMESPACE},
    manifest::{Manifest, Rule, Subject},
};

const RBAC: &str = "rbac.authorization.k8s.io";
/// The role by which the console keeps bindings, bound in each tenant.
pub(super) const BINDINGS: &str = "sekisho:grants:bindings";
/// The role by which it keeps accounts, bound in their namespace alone.
pub(super) const ACCOUNTS: &str = "sekisho:grants:accounts";
/// The account of `sekisho reap`, and its roles: what it sees everywhere, what it deletes in tenants, and among accounts.
const REAPER: &str = "sekisho-reap";
const SEES: &str = "sekisho:reap";
const REAPS_BINDINGS: &str = "sekisho:reap:bindings";
const REAPS_ACCOUNTS: &str = "sekisho:reap:accounts";

/// What the console's own role needs beside, to see what it would give.
pub(super) fn reads(ladder: &Ladder) -> Vec<Rule> {
    if ladder.0.is_empty() {
        return Vec::new();
    }
    vec![Rule::new(RBAC, &["clusterroles"], &["get"]).named(names(ladder))]
}

/// The roles, and the console's leave to give them in these namespaces; nothing where nothing is granted.
pub(super) fn manifests(ladder: &Ladder, namespaces: &[Namespace]) -> Vec<Manifest> {
    if ladder.0.is_empty() {
        return Vec::new();
    }
    let console = || Subject::service_account(NAMESPACE, ACCOUNT);
    let mut manifests = vec![
        Manifest::namespace(GRANTS_NAMESPACE),
        Manifest::cluster_role(
            ACCOUNTS,
            vec![
                Rule::new("", &["serviceaccounts"], &["create", "delete", "get", "list"]),
                Rule::new("", &["serviceaccounts/token"], &["create"]),
            ],
        ),
        Manifest::role_binding(GRANTS_NAMESPACE, ACCOUNTS, console()),
        Manifest::cluster_role(
            BINDINGS,
            vec![
                Rule::new(RBAC, &["rolebindings"], &["create", "delete", "get"]),
                // A rule without names would let it bind every role there is.
                Rule::new(RBAC, &["clusterroles"], &["bind"]).named(names(ladder)),
            ],
        ),
    ];
    let tenants = namespaces.iter().map(Namespace::as_str);
    manifests
        .extend(tenants.clone().map(|tenant| Manifest::role_binding(tenant, BINDINGS, console())));
    manifests.extend(reaper(tenants));
    for role in &ladder.0 {
        let rules = role.rules.iter().map(|rules: &Vec<RoleRule>| rules.iter().map(Rule::from));
        manifests.extend(
            rules.map(|rules| Manifest::cluster_role(role.cluster_role.as_str(), rules.collect())),
        );
    }
    manifests
}

/// What ends grants where no console does: it sees the bindings of all, and only ever deletes.
fn reaper<'a>(tenants: impl Iterator<Item = &'a str>) -> Vec<Manifest> {
    let reaper = || Subject::service_account(NAMESPACE, REAPER);
    let mut manifests = vec![
        Manifest::service_account(NAMESPACE, REAPER),
        Manifest::cluster_role(SEES, vec![Rule::new(RBAC, &["rolebindings"], &["list"])]),
        Manifest::cluster_role_binding(SEES, reaper()),
        Manifest::cluster_role(
            REAPS_BINDINGS,
            vec![Rule::new(RBAC, &["rolebindings"], &["delete"])],
        ),
        Manifest::cluster_role(
            REAPS_ACCOUNTS,
            vec![Rule::new("", &["serviceaccounts"], &["delete", "list"])],
        ),
        Manifest::role_binding(GRANTS_NAMESPACE, REAPS_ACCOUNTS, reaper()),
    ];
    manifests.extend(tenants.map(|it| Manifest::role_binding(it, REAPS_BINDINGS, reaper())));
    manifests
}

fn names(ladder: &Ladder) -> impl Iterator<Item = String> {
    ladder.cluster_roles().into_iter().map(ToString::to_string).collect::<Vec<_>>().into_iter()
}
