//! The Kubernetes RBAC that a policy asks for: what the console's own account may do, and what the
//! group of each action may do in each tenant.
//!
//! Only rendered, never applied: people review it and hand it to `kubectl apply`. People's own read
//! access is the company's, and no part of it.

mod account;
mod action_roles;
mod grants;
mod manifest;

use std::collections::BTreeSet;

use domain::{
    names::{ClusterName, Namespace},
    policy::Ownership,
    tenants::TenantName,
};

pub use account::CONSOLE_USER;
pub use manifest::Manifest;

use super::{CodeOwners, LoadedPolicy};

/// Namespaces in which no action is bound, whoever owns them: the console's own.
const CLOSED: [&str; 2] = ["sekisho", "sekisho-grants"];

/// Which namespaces are looked at for owners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Namespaces {
    /// Those that CODEOWNERS names in full.
    Named,
    /// These, as the cluster lists them.
    Listed(BTreeSet<Namespace>),
}

/// The manifests cannot be written as YAML.
#[derive(Debug, thiserror::Error)]
#[error("the manifests cannot be written as YAML")]
pub struct NotYaml(#[source] serde_saphyr::ser::Error);

/// The manifests for one cluster, in an order in which they can be applied.
#[must_use]
pub fn manifests(
    loaded: &LoadedPolicy,
    cluster: &ClusterName,
    namespaces: &Namespaces,
) -> Vec<Manifest> {
    let tenants = tenants(&loaded.ownership, cluster, namespaces);
    let mut manifests = account::manifests(loaded.policy(), cluster);
    for action in loaded.policy().actions.keys() {
        manifests.extend(action_roles::manifests(*action, &tenants));
    }
    manifests.extend(grants::manifests(&loaded.policy().roles, &tenants));
    manifests
}

/// The same as YAML for `kubectl apply`; the same policy gives the same text.
pub fn render(
    loaded: &LoadedPolicy,
    cluster: &ClusterName,
    namespaces: &Namespaces,
) -> Result<String, NotYaml> {
    let yaml = manifest::to_yaml(&manifests(loaded, cluster, namespaces)).map_err(NotYaml)?;
    let digest = loaded.digest();
    Ok(format!(
        "# Rendered by `sekisho rbac` for cluster {cluster} from policy {digest}.\n\
         # Review it, then apply it with an account of your own: the console never does.\n{yaml}"
    ))
}

/// The namespaces of a cluster that somebody owns.
///
/// A wildcard in CODEOWNERS gives no power over the cluster's own `kube-…` namespaces: they must be named.
fn tenants(
    ownership: &CodeOwners,
    cluster: &ClusterName,
    namespaces: &Namespaces,
) -> Vec<Namespace> {
    let named = ownership.namespaces_named(cluster);
    let open = |namespace: &Namespace| !CLOSED.contains(&namespace.as_str());
    match namespaces {
        Namespaces::Named => named.into_iter().filter(open).collect(),
        Namespaces::Listed(listed) => listed
            .iter()
            .filter(|namespace| open(namespace))
            .filter(|namespace| {
                let of_the_cluster = namespace.as_str().starts_with("kube-");
                !of_the_cluster || named.contains(namespace)
            })
            .filter(|namespace| {
                let tenant =
                    TenantName { cluster: cluster.clone(), namespace: (*namespace).clone() };
                !ownership.owners(&tenant).is_empty()
            })
            .cloned()
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use domain::actions::ActionKind;

    use super::*;
    use crate::policy::{Folder, folder, load};

    fn rendered(folder: &Folder, namespaces: &Namespaces) -> String {
        let loaded = load(folder).unwrap();
        render(&loaded, &"demo".parse().unwrap(), namespaces).unwrap()
    }

    /// The namespaces in which actions are bound: every action that is done to what is in a namespace, in each of them.
    fn bound(text: &str) -> Vec<&str> {
        let actions = text.split("---").filter(|it| it.contains("name: sekisho:act:"));
        let lines = actions.flat_map(str::lines);
        let bound: Vec<_> = lines.filter_map(|line| line.strip_prefix("  namespace: ")).collect();
        let each: BTreeSet<_> = bound.iter().copied().collect();
        let times = |namespace| bound.iter().filter(|other| **other == namespace).count();
        let all = ActionKind::all().iter().filter(|action| !action.is_cluster_wide()).count();
        assert!(each.iter().all(|namespace| times(*namespace) == all));
        each.into_iter().collect()
    }

    fn listed(names: &[&str]) -> Namespaces {
        Namespaces::Listed(names.iter().map(|name| name.parse().unwrap()).collect())
    }

    #[test]
    fn the_demo_is_golden() {
        // Of a tenant and the platform: each of the other tenants has the same bindings as the first.
        let text = rendered(&Folder::demo(), &listed(&["checkout", "kube-system"]));
        let (_digest, manifests) = text.split_once("apiVersion").unwrap();
        insta::assert_snapshot!("rbac_demo", format!("apiVersion{manifests}"));
    }

    #[test]
    fn nobody_is_impersonated_where_nobody_is_listed() {
        let text = rendered(&Folder::starter(), &Namespaces::Named);
        assert!(!text.contains("impersonate"), "{text}");
        assert!(bound(&text).is_empty(), "{text}");
    }

    #[test]
    fn a_list_binds_what_wildcards_own_but_nothing_of_the_cluster_or_the_console() {
        let folder = Folder::demo()
            .with(folder::CODEOWNERS, b"/demo/*/ @risk\n/demo/kube-public/ @risk\n/demo/legacy/\n");
        assert_eq!(bound(&rendered(&folder, &Namespaces::Named)), ["kube-public"]);
        let all = listed(&[
            "checkout",
            "kube-system",
            "kube-public",
            "legacy",
            "sekisho",
            "sekisho-grants",
        ]);
        assert_eq!(bound(&rendered(&folder, &all)), ["checkout", "kube-public"]);
    }

    /// The actions that are bound for the whole cluster, by their groups.
    fn bound_everywhere(folder: &Folder, namespaces: &Namespaces) -> Vec<String> {
        let loaded = load(folder).unwrap();
        let manifests = manifests(&loaded, &"demo".parse().unwrap(), namespaces);
        let manifests = manifests.iter().map(|manifest| serde_json::to_value(manifest).unwrap());
        let bindings = manifests.filter(|it| it["kind"] == "ClusterRoleBinding");
        let groups = bindings.map(|binding| binding["subjects"][0]["name"].clone());
        let groups = groups.filter_map(|name| name.as_str().map(str::to_owned));
        groups.filter(|name| name.starts_with("sekisho:act:")).collect()
    }

    #[test]
    fn power_over_nodes_takes_an_owner_of_the_platform_who_is_named() {
        let everything = listed(&["checkout", "kube-system"]);
        let cases = [
            ("/demo/kube-system/ @risk\n", true),
            ("/demo/*/ @risk\n", false),
            ("* @risk\n", false),
            ("/demo/kube-*/ @risk\n", false),
            ("/other/kube-system/ @risk\n", false),
            ("/demo/kube-system/ @risk\n/demo/kube-system/\n", false),
            ("/demo/*/ @risk\n/demo/kube-system/ @risk\n", true),
        ];
        for (owners, given) in cases {
            let folder = Folder::demo().with(folder::CODEOWNERS, owners.as_bytes());
            for namespaces in [&Namespaces::Named, &everything] {
                let groups = bound_everywhere(&folder, namespaces);
                let expected =
                    ["cordon", "drain", "uncordon"].map(|action| format!("sekisho:act:{action}"));
                assert_eq!(groups, if given { &expected[..] } else { &[] }, "{owners}");
            }
        }
        let without = listed(&["checkout"]);
        assert_eq!(bound_everywhere(&Folder::demo(), &without), [""; 0], "no such namespace");
    }

    #[test]
    fn no_power_over_nodes_is_bound_in_a_namespace() {
        let text = rendered(&Folder::demo(), &Namespaces::Named);
        let bindings = text.split("---").filter(|it| it.contains("kind: RoleBinding"));
        assert!(bindings.clone().count() > 0);
        assert_eq!(bindings.filter(|it| it.contains("cordon")).count(), 0, "{text}");
    }

    /// Where the console may bind roles, and where it may make accounts.
    fn grants_kept(folder: &Folder, namespaces: &Namespaces) -> [Vec<String>; 2] {
        let loaded = load(folder).unwrap();
        let manifests = manifests(&loaded, &"demo".parse().unwrap(), namespaces);
        let objects: Vec<_> =
            manifests.iter().map(|manifest| serde_json::to_value(manifest).unwrap()).collect();
        [grants::BINDINGS, grants::ACCOUNTS].map(|role| {
            let bindings = objects.iter().filter(|it| it["roleRef"]["name"] == role);
            bindings
                .map(|it| it["metadata"]["namespace"].as_str().unwrap_or("everywhere").to_owned())
                .collect()
        })
    }

    #[test]
    fn the_console_binds_in_tenants_alone_and_makes_accounts_in_one_namespace() {
        let all = listed(&["checkout", "kube-public", "sekisho", "sekisho-grants"]);
        let folder = Folder::demo().with(folder::CODEOWNERS, b"/demo/*/ @risk\n");
        assert_eq!(grants_kept(&folder, &all), [vec!["checkout"], vec!["sekisho-grants"]]);
        let nobody = Folder::demo().with(folder::ROLES, b"");
        assert_eq!(grants_kept(&nobody, &all), [vec![""; 0], vec![]], "nothing is granted");
    }

    #[test]
    fn only_listed_roles_can_be_bound_and_only_by_name() {
        let roles = b"[defaults]\napprovals = 1\nrequest_ttl = \"1h\"\nlongest = \"1h\"\n\
            [[roles]]\nname = \"look\"\nsummary = \"Look\"\ncluster_role = \"acme:view\"\n";
        let loaded = load(&Folder::demo().with(folder::ROLES, roles)).unwrap();
        let manifests = manifests(&loaded, &"demo".parse().unwrap(), &Namespaces::Named);
        let objects = manifests.iter().map(|manifest| serde_json::to_value(manifest).unwrap());
        let found: Vec<_> = objects
            .filter_map(|it| it["rules"].as_array().cloned())
            .flatten()
            .filter(|rule| rule["apiGroups"] == serde_json::json!(["rbac.authorization.k8s.io"]))
            .filter(|rule| rule["resources"] == serde_json::json!(["clusterroles"]))
            .map(|rule| (rule["verbs"].clone(), rule["resourceNames"].clone()))
            .collect();
        let named = serde_json::json!(["acme:view"]);
        let expected =
            ["get", "bind"].map(|verb| (serde_json::json!([verb]), named.clone())).to_vec();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_tenant_that_is_not_there_is_not_bound_when_a_list_is_given() {
        let text = rendered(&Folder::demo(), &listed(&["checkout", "loyalty-pilot"]));
        assert_eq!(bound(&text), ["checkout"]);
    }
}
