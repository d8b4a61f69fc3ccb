//! What a person may not learn of other tenants, while they look at who can do what in theirs.

use std::collections::BTreeSet;

use super::{AccessPath, RoleRef};
use crate::{access::Actor, console::Console, grants::GRANTS_NAMESPACE, names::ClusterName};

/// Namespaces of a cluster whose names are for nobody who may not see them.
pub(super) struct Hidden {
    visible: BTreeSet<String>,
    others: BTreeSet<String>,
}

/// They are in every cluster that a console looks after, and tell nothing.
const EVERYWHERE: [&str; 3] = ["kube-system", "sekisho", GRANTS_NAMESPACE];

impl Console {
    /// What is hidden from this person in a cluster. What a cluster cannot say is hidden.
    pub(super) async fn hidden_from(&self, actor: &Actor, cluster: &ClusterName) -> Hidden {
        let (seen, _) = self.visible_tenants(actor).await;
        let seen = seen.into_iter().filter(|tenant| tenant.name.cluster == *cluster);
        let mut visible: BTreeSet<_> = seen.map(|it| it.name.namespace.to_string()).collect();
        visible.extend(EVERYWHERE.map(str::to_owned));
        let all = self.ports.clusters.cluster(cluster).map(|it| it.namespaces());
        let all = all.unwrap_or_default().into_iter().map(|row| row.name.to_string());
        Hidden { others: all.filter(|name| !visible.contains(name)).collect(), visible }
    }
}

impl Hidden {
    /// Whether whom a path begins with is not to be named.
    pub(super) fn is_subject_of(&self, path: &AccessPath) -> bool {
        path.subject.namespace().is_some_and(|namespace| !self.visible.contains(namespace))
    }

    /// Whether a name that belongs to the whole cluster holds that of such a namespace, as a word of it.
    pub(super) fn is_in(&self, name: &str) -> bool {
        let words = format!("-{}-", name.replace([':', '.', '/', '_'], "-"));
        self.others.iter().any(|other| words.contains(&format!("-{other}-")))
    }

    /// The path without objects that are called like such a namespace; none where nothing is left of it. This comes before
    /// anything is asked: who asks about a name that is hidden is answered like who asks about none that there is. A role of
    /// the namespace itself is its own to know.
    pub(super) fn without(&self, mut path: AccessPath) -> Option<AccessPath> {
        if matches!(path.role, RoleRef::Role(_)) {
            return Some(path);
        }
        path.rules.retain_mut(|rule| {
            if rule.resource_names.is_empty() {
                return true;
            }
            rule.resource_names.retain(|name| !self.is_in(name));
            !rule.resource_names.is_empty()
        });
        (!path.rules.is_empty()).then_some(path)
    }
}
