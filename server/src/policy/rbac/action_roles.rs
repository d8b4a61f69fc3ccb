//! What the group of an action may do, and in which tenants.
//!
//! The person brings their own read access; the group adds the one write, in owned tenants only. Nodes belong to no
//! namespace, so that a binding in one gives nothing over them: the owners of the platform answer for them.

use domain::{actions::ActionKind, names::Namespace};

use super::manifest::{Manifest, Rule, Subject};

/// The role of an action, and its binding in each of these namespaces. What is done to nodes is bound once for the whole
/// cluster, and only where the platform is among them.
pub(super) fn manifests(action: ActionKind, namespaces: &[Namespace]) -> Vec<Manifest> {
    // Role and group bear one name: whoever reads a binding sees what it is for.
    let name = action.cluster_group();
    let group = || Subject::group(name.clone());
    let mut manifests = vec![Manifest::cluster_role(&name, rules(action))];
    if action.is_cluster_wide() {
        let platform = namespaces.iter().filter(|namespace| namespace.is_platform());
        manifests.extend(platform.map(|_| Manifest::cluster_role_binding(&name, group())));
    } else {
        let each = namespaces.iter();
        manifests.extend(
            each.map(|namespace| Manifest::role_binding(namespace.as_str(), &name, group())),
        );
    }
    manifests
}

fn rules(action: ActionKind) -> Vec<Rule> {
    let powers = action.declaration().powers().iter();
    powers.map(|power| Rule::new(power.group, power.resources, power.verbs)).collect()
}
