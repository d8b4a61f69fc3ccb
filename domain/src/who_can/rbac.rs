//! The objects of RBAC that count in one namespace, and what they give to whom.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AccessPath, AskedAccess, Subject};
use crate::grants::RoleRule;

/// Where a binding counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// In its own namespace: a `RoleBinding`.
    Namespace,
    /// Everywhere: a `ClusterRoleBinding`.
    Cluster,
}

/// The role that a binding gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "name")]
pub enum RoleRef {
    /// One of the whole cluster.
    ClusterRole(String),
    /// One of the binding's own namespace.
    Role(String),
}

impl RoleRef {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::ClusterRole(name) | Self::Role(name) => name,
        }
    }
}

/// A binding that counts in a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// What it is called.
    pub name: String,
    /// Where it counts.
    pub reach: Reach,
    /// What it gives.
    pub role: RoleRef,
    /// To whom.
    pub subjects: Vec<Subject>,
}

/// All that RBAC says about one namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rbac {
    /// The bindings: those of the namespace, and those of the whole cluster.
    pub bindings: Vec<Binding>,
    /// What the roles that there are let somebody do.
    pub roles: BTreeMap<RoleRef, Vec<RoleRule>>,
}

impl Rbac {
    /// Every path by which anybody has anything. A binding to a role that is not there gives nothing.
    pub fn all_paths(&self) -> impl Iterator<Item = AccessPath> {
        self.bindings.iter().flat_map(|binding| {
            let rules = self.roles.get(&binding.role).filter(|rules| !rules.is_empty());
            let subjects = binding.subjects.iter().filter(move |_| rules.is_some());
            subjects.map(move |subject| AccessPath {
                subject: subject.clone(),
                binding: binding.name.clone(),
                reach: binding.reach,
                role: binding.role.clone(),
                rules: rules.cloned().unwrap_or_default(),
            })
        })
    }

    /// Every path by which somebody has what is asked about.
    #[must_use]
    pub fn paths(&self, asked: &AskedAccess) -> Vec<AccessPath> {
        let is_meant = |path: &AccessPath| {
            asked.subject.as_ref().is_none_or(|principal| principal.is(&path.subject))
        };
        self.all_paths().filter(is_meant).filter_map(|path| path.answering(asked)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{grants::testkit::rule, who_can::WrittenAccess};

    fn user(name: &str) -> Subject {
        Subject::User { name: name.to_owned() }
    }

    fn rbac() -> Rbac {
        let named = RoleRule {
            resource_names: ["api-0".to_owned()].into(),
            ..rule(&[""], &["pods"], &["delete"])
        };
        let roles = [
            (RoleRef::ClusterRole("all".into()), vec![rule(&["*"], &["*"], &["*"])]),
            (RoleRef::ClusterRole("scale".into()), vec![rule(&["apps"], &["*/scale"], &["patch"])]),
            (RoleRef::Role("one".into()), vec![named, rule(&[""], &["events"], &["list"])]),
        ];
        let binding = |name: &str, reach, role: RoleRef, subject| Binding {
            name: name.to_owned(),
            reach,
            role,
            subjects: vec![subject],
        };
        let everybody = Subject::Group { name: "system:authenticated".to_owned() };
        Rbac {
            bindings: vec![
                binding("root", Reach::Cluster, RoleRef::ClusterRole("all".into()), user("root")),
                binding("s", Reach::Namespace, RoleRef::ClusterRole("scale".into()), everybody),
                binding("o", Reach::Namespace, RoleRef::Role("one".into()), user("ann")),
                binding("lost", Reach::Namespace, RoleRef::Role("all".into()), user("ann")),
            ],
            roles: roles.into(),
        }
    }

    /// Who can by which binding, and whether it is for named objects alone.
    fn told(verb: &str, resource: &str, name: &str, subject: &str) -> Vec<(String, bool)> {
        let [verb, resource, name, subject] = [verb, resource, name, subject].map(str::to_owned);
        let asked = WrittenAccess { verb, resource, name, subject }.read().unwrap();
        let paths = rbac().paths(&asked).into_iter();
        paths.map(|path| (path.binding.clone(), path.is_for_named_alone(&asked))).collect()
    }

    #[test]
    fn a_role_is_of_the_cluster_or_of_the_namespace_and_never_both() {
        let bindings: Vec<_> = told("", "", "", "").into_iter().map(|(name, _)| name).collect();
        assert_eq!(bindings, ["root", "s", "o"], "a role named like a cluster role is another one");
    }

    #[test]
    fn a_named_object_is_no_answer_to_all() {
        let one = |is_named| ("o".to_owned(), is_named);
        let root = || ("root".to_owned(), false);
        assert_eq!(told("delete", "pods", "", ""), [root(), one(true)]);
        assert_eq!(told("delete", "pods", "api-0", ""), [root(), one(false)]);
        assert_eq!(told("delete", "pods", "api-1", ""), [root()]);
    }

    #[test]
    fn subresources_and_groups_count() {
        let bindings = |resource, subject| {
            let told = told("patch", resource, "", subject);
            told.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        assert_eq!(bindings("deployments/scale", "ann"), ["s"]);
        assert_eq!(bindings("deployments/scale", "root"), ["root", "s"]);
        assert_eq!(bindings("deployments", "ann"), [""; 0]);
        assert_eq!(bindings("deployments/scale", "system:anonymous"), [""; 0]);
    }
}
