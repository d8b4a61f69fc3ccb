//! What a role adds to what somebody may do already.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Power, Risk, RoleRule};

/// Verbs on one resource that somebody would have in addition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// The API group; the core's is empty.
    pub api_group: String,
    /// The resource.
    pub resource: String,
    /// The only objects that it is about; all where none are named.
    pub resource_names: BTreeSet<String>,
    /// The verbs.
    pub verbs: BTreeSet<String>,
    /// What they let its holder do at worst.
    pub risk: Risk,
}

type Place<'a> = (&'a str, &'a str, Option<&'a str>);

impl Added {
    /// What these rules add to those, resource by resource.
    #[must_use]
    pub fn to(held: &[RoleRule], role: &[RoleRule]) -> Vec<Self> {
        let is_new = |power: &Power<'_>| !held.iter().any(|rule| rule.covers(*power));
        let mut verbs: BTreeMap<Place<'_>, BTreeSet<&str>> = BTreeMap::new();
        for power in role.iter().flat_map(RoleRule::powers).filter(is_new) {
            let place = (power.api_group, power.resource, power.name);
            verbs.entry(place).or_default().insert(power.verb);
        }
        // Objects about which the same is added stand together, apart from what is added about all.
        let mut together: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
        for ((api_group, resource, name), verbs) in verbs {
            let names = together.entry((api_group, resource, name.is_some(), verbs)).or_default();
            names.extend(name.map(str::to_owned));
        }
        let added = together.into_iter();
        added
            .map(|((group, resource, _, verbs), names)| Self::one(group, resource, names, &verbs))
            .collect()
    }

    fn one(
        api_group: &str,
        resource: &str,
        resource_names: BTreeSet<String>,
        verbs: &BTreeSet<&str>,
    ) -> Self {
        let verbs: BTreeSet<_> = verbs.iter().map(ToString::to_string).collect();
        let risk = Risk::of_rule(&RoleRule {
            api_groups: [api_group.to_owned()].into(),
            resources: [resource.to_owned()].into(),
            resource_names: BTreeSet::new(),
            verbs: verbs.clone(),
        });
        Self {
            api_group: api_group.to_owned(),
            resource: resource.to_owned(),
            resource_names,
            verbs,
            risk,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testkit::rule;

    fn told(held: &[RoleRule], role: &[RoleRule]) -> Vec<String> {
        let added = Added::to(held, role);
        let words = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join("+");
        let line = |it: &Added| {
            let (names, verbs) = (words(&it.resource_names), words(&it.verbs));
            format!("{verbs} {}.{} [{names}] {}", it.resource, it.api_group, it.risk.as_str())
        };
        added.iter().map(line).collect()
    }

    #[test]
    fn only_what_is_not_held_already_is_added() {
        let role = [
            rule(&[""], &["pods", "pods/exec"], &["get", "list", "create"]),
            rule(&["apps"], &["deployments"], &["get"]),
        ];
        let held = [rule(&[""], &["pods"], &["get", "list"]), rule(&["apps"], &["*"], &["*"])];
        assert_eq!(
            told(&held, &role),
            ["create pods. [] reaches-secrets", "create+get+list pods/exec. [] reaches-secrets",]
        );
        assert!(told(&[rule(&["*"], &["*"], &["*"])], &role).is_empty());
        assert_eq!(told(&[], &role).len(), 3);
    }

    #[test]
    fn what_is_held_of_one_object_leaves_the_others_to_be_added() {
        let mut some = rule(&[""], &["configmaps"], &["get", "patch"]);
        some.resource_names = ["a", "b", "c"].map(str::to_owned).into();
        let mut one = rule(&[""], &["configmaps"], &["get"]);
        one.resource_names = ["a".to_owned()].into();
        assert_eq!(
            told(&[one.clone()], std::slice::from_ref(&some)),
            ["get+patch configmaps. [b+c] changes", "patch configmaps. [a] changes"]
        );
        let all = rule(&[""], &["configmaps"], &["get"]);
        assert_eq!(
            told(&[one], std::slice::from_ref(&all)),
            ["get configmaps. [] reads"],
            "one is not all"
        );
        let mut named = all.clone();
        named.resource_names = ["a".to_owned()].into();
        assert_eq!(told(&[], &[all, named]).len(), 2, "all is not one");
    }
}
