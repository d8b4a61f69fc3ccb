//! What a role of the cluster lets its holder do, rule by rule.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Whatever there is, in a rule of RBAC.
pub(super) const ANY: &str = "*";

/// Verbs on resources of API groups, as RBAC writes a rule. Its order is that of the texts, so that equal rules have
/// equal digests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RoleRule {
    /// API groups; the core's is empty.
    pub api_groups: BTreeSet<String>,
    /// Resources in the plural, subresources behind a slash.
    pub resources: BTreeSet<String>,
    /// The only objects that it is about; all where none are named.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub resource_names: BTreeSet<String>,
    /// Verbs.
    pub verbs: BTreeSet<String>,
}

/// One verb on one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Power<'a> {
    /// The API group.
    pub api_group: &'a str,
    /// The resource.
    pub resource: &'a str,
    /// The one object that it is about; all where none is named.
    pub name: Option<&'a str>,
    /// The verb.
    pub verb: &'a str,
}

impl RoleRule {
    /// Each of its powers by itself.
    pub fn powers(&self) -> impl Iterator<Item = Power<'_>> {
        let names = || {
            let all = self.resource_names.is_empty().then_some(None);
            all.into_iter().chain(self.resource_names.iter().map(|name| Some(name.as_str())))
        };
        self.api_groups.iter().flat_map(move |api_group| {
            self.resources.iter().flat_map(move |resource| {
                self.verbs.iter().flat_map(move |verb| {
                    names().map(move |name| Power { api_group, resource, name, verb })
                })
            })
        })
    }

    /// Whether whoever is bound to it may do this.
    #[must_use]
    pub fn covers(&self, power: Power<'_>) -> bool {
        self.says(power.verb)
            && self.is_about(power.api_group, power.resource)
            && self.reaches(power.name)
    }

    /// Whether it is of this verb.
    #[must_use]
    pub fn says(&self, verb: &str) -> bool {
        names(&self.verbs, verb)
    }

    /// Whether it is about this resource of that group, or some object of it.
    #[must_use]
    pub fn is_about(&self, api_group: &str, resource: &str) -> bool {
        names(&self.api_groups, api_group)
            && (names(&self.resources, resource) || self.covers_subresource(resource))
    }

    /// Whether it counts for the object of that name, or for all where none is named.
    #[must_use]
    pub fn reaches(&self, name: Option<&str>) -> bool {
        self.resource_names.is_empty()
            || name.is_some_and(|name| self.resource_names.contains(name))
    }

    /// `*/scale` is the subresource of every resource.
    fn covers_subresource(&self, resource: &str) -> bool {
        let subresource = resource.split_once('/').map(|(_, subresource)| subresource);
        subresource.is_some_and(|name| self.resources.contains(&format!("{ANY}/{name}")))
    }
}

fn names(set: &BTreeSet<String>, wanted: &str) -> bool {
    set.contains(wanted) || set.contains(ANY)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn set(texts: &[&str]) -> BTreeSet<String> {
        texts.iter().map(ToString::to_string).collect()
    }

    fn rule(groups: &[&str], resources: &[&str], names: &[&str], verbs: &[&str]) -> RoleRule {
        RoleRule {
            api_groups: set(groups),
            resources: set(resources),
            resource_names: set(names),
            verbs: set(verbs),
        }
    }

    const fn power<'a>(resource: &'a str, name: Option<&'a str>, verb: &'a str) -> Power<'a> {
        Power { api_group: "", resource, name, verb }
    }

    #[test]
    fn a_rule_covers_what_it_names_and_wildcards_cover_all() {
        let pods = rule(&[""], &["pods", "pods/log"], &[], &["get", "list"]);
        for (wanted, covered) in [
            (power("pods", None, "get"), true),
            (power("pods", Some("api-0"), "list"), true),
            (power("pods/log", None, "get"), true),
            (power("pods/exec", None, "get"), false),
            (power("pods", None, "delete"), false),
            (Power { api_group: "apps", ..power("pods", None, "get") }, false),
        ] {
            assert_eq!(pods.covers(wanted), covered, "{wanted:?}");
        }
        let all = rule(&["*"], &["*"], &[], &["*"]);
        assert!(all.covers(power("pods/exec", Some("api-0"), "create")));
        let scales = rule(&[""], &["*/scale"], &[], &["get"]);
        assert!(scales.covers(power("deployments/scale", None, "get")));
        assert!(!scales.covers(power("deployments", None, "get")));
    }

    #[test]
    fn what_is_about_some_objects_covers_no_other_and_not_all() {
        let one = rule(&[""], &["pods"], &["api-0"], &["get"]);
        assert!(one.covers(power("pods", Some("api-0"), "get")));
        assert!(!one.covers(power("pods", Some("api-1"), "get")));
        assert!(!one.covers(power("pods", None, "get")));
    }

    #[test]
    fn a_rule_covers_each_of_its_own_powers() {
        let rule = rule(&["", "apps"], &["pods", "deployments"], &["a", "b"], &["get", "patch"]);
        assert_eq!(rule.powers().count(), 16);
        assert!(rule.powers().all(|power| rule.covers(power)));
    }
}
