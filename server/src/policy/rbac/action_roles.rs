//! What the group of an action may do, and in which tenants.
//!
//! The person brings their own read access; the group adds the one write, in owned tenants only.

use domain::{actions::ActionKind, names::Namespace};

use super::manifest::{Manifest, Rule, Subject};

/// The role of an action, and its binding in each of these namespaces.
pub(super) fn manifests(action: ActionKind, namespaces: &[Namespace]) -> Vec<Manifest> {
    // Role and group bear one name: whoever reads a binding sees what it is for.
    let name = action.cluster_group();
    let mut manifests = vec![Manifest::cluster_role(&name, rules(action))];
    manifests.extend(namespaces.iter().map(|namespace| {
        Manifest::role_binding(namespace.as_str(), &name, Subject::group(name.clone()))
    }));
    manifests
}

fn rules(action: ActionKind) -> Vec<Rule> {
    let powers = action.declaration().powers().iter();
    powers.map(|power| Rule::new(power.group, power.resources, power.verbs)).collect()
}
