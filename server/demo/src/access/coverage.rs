//! Whether rules already hold all that other rules would give, asked one question at a time.
//!
//! Never adds rules up: a question is held when one rule answers it alone.

use serde_json::Value;

use super::rbac::{is_path_of, listed};

/// The least that a rule can allow: one verb on one thing.
#[derive(Debug, PartialEq)]
pub(super) struct Question<'a> {
    pub(super) verb: &'a str,
    pub(super) thing: Thing<'a>,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing<'a> {
    /// A resource of a group: the object of a name, or all of them.
    Resource { group: &'a str, resource: &'a str, name: Option<&'a str> },
    /// A path outside the resources.
    Path(&'a str),
}

/// Whether an owner's rules answer every question of the wanted ones; if not, those that stay open.
pub(super) fn covers<'a>(owned: &[Value], wanted: &'a [Value]) -> Result<(), Vec<Question<'a>>> {
    let is_open = |question: &Question<'_>| !owned.iter().any(|rule| question.is_held_by(rule));
    let open: Vec<_> = wanted.iter().flat_map(questions).filter(is_open).collect();
    if open.is_empty() { Ok(()) } else { Err(open) }
}

/// Every question to which a rule says yes.
fn questions(rule: &Value) -> Vec<Question<'_>> {
    let mut things: Vec<Thing<'_>> = listed(rule, "nonResourceURLs").map(Thing::Path).collect();
    for group in listed(rule, "apiGroups") {
        for resource in listed(rule, "resources") {
            let mut names = listed(rule, "resourceNames").peekable();
            if names.peek().is_none() {
                things.push(Thing::Resource { group, resource, name: None });
            }
            things.extend(names.map(|name| Thing::Resource { group, resource, name: Some(name) }));
        }
    }
    let each = things.into_iter();
    each.flat_map(|thing| listed(rule, "verbs").map(move |verb| Question { verb, thing })).collect()
}

impl Question<'_> {
    fn is_held_by(&self, rule: &Value) -> bool {
        let says = |field: &str, wanted: &str| {
            listed(rule, field).any(|item| item == "*" || item == wanted)
        };
        says("verbs", self.verb)
            && match self.thing {
                Thing::Path(path) => {
                    listed(rule, "nonResourceURLs").any(|pattern| is_path_of(pattern, path))
                }
                Thing::Resource { group, resource, name } => {
                    says("apiGroups", group)
                        && listed(rule, "resources").any(|item| includes(item, resource))
                        && reaches(rule, name)
                }
            }
    }
}

/// Whether an item such as `*`, `pods/eviction` or `*/eviction` includes a resource.
fn includes(item: &str, resource: &str) -> bool {
    item == "*"
        || item == resource
        || resource
            .split_once('/')
            .is_some_and(|(_, subresource)| item.strip_prefix("*/") == Some(subresource))
}

/// Whether a rule holds for the object of a name, or for all objects.
fn reaches(rule: &Value, name: Option<&str>) -> bool {
    let mut names = listed(rule, "resourceNames").peekable();
    names.peek().is_none() || name.is_some_and(|name| names.any(|own| own == name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rule(groups: &[&str], resources: &[&str], verbs: &[&str]) -> Value {
        json!({ "apiGroups": groups, "resources": resources, "verbs": verbs })
    }

    fn named(mut rule: Value, names: &[&str]) -> Value {
        rule["resourceNames"] = json!(names);
        rule
    }

    fn paths(paths: &[&str], verbs: &[&str]) -> Value {
        json!({ "nonResourceURLs": paths, "verbs": verbs })
    }

    fn holds(owned: &[Value], wanted: &Value) -> bool {
        covers(owned, std::slice::from_ref(wanted)).is_ok()
    }

    #[test]
    fn verbs_groups_and_resources_are_asked_one_by_one() {
        let owned = [
            rule(&[""], &["pods"], &["get", "list"]),
            rule(&["apps"], &["deployments"], &["get"]),
            rule(&[""], &["services"], &["get"]),
        ];
        assert!(holds(&owned, &rule(&[""], &["pods"], &["list"])));
        assert!(holds(&owned, &rule(&[""], &["pods", "services"], &["get"])), "by two rules");
        assert!(!holds(&owned, &rule(&[""], &["pods"], &["watch"])));
        assert!(!holds(&owned, &rule(&["", "apps"], &["pods"], &["get"])), "apps has no pods");
        assert!(!holds(&[], &rule(&[""], &["pods"], &["get"])));
        assert!(covers(&[], &[]).is_ok(), "nothing is given");
    }

    #[test]
    fn what_stays_open_is_told() {
        let owned = [rule(&[""], &["pods"], &["get"])];
        let wanted = [named(rule(&["", "apps"], &["pods"], &["get", "delete"]), &["api-0"])];
        let thing = |group| Thing::Resource { group, resource: "pods", name: Some("api-0") };
        let open = [("delete", ""), ("get", "apps"), ("delete", "apps")];
        assert_eq!(
            covers(&owned, &wanted).unwrap_err(),
            open.map(|(verb, group)| Question { verb, thing: thing(group) })
        );
    }

    #[test]
    fn a_wildcard_covers_all_but_is_covered_by_itself_alone() {
        let everything = rule(&["*"], &["*"], &["*"]);
        let some = rule(&["apps"], &["deployments", "deployments/scale"], &["get", "patch"]);
        assert!(holds(std::slice::from_ref(&everything), &some));
        assert!(holds(std::slice::from_ref(&everything), &everything));
        assert!(!holds(std::slice::from_ref(&some), &everything));
        let verbs = ["get", "list", "watch", "create", "update", "patch", "delete"];
        assert!(
            !holds(&[rule(&[""], &["pods"], &verbs)], &rule(&[""], &["pods"], &["*"])),
            "there are verbs that nobody has thought of"
        );
        assert!(!holds(&[everything], &paths(&["/metrics"], &["get"])), "paths are no resources");
    }

    #[test]
    fn a_resource_and_its_subresources_are_told_apart() {
        let asked = |item: &str, resource: &str| {
            holds(&[rule(&[""], &[item], &["create"])], &rule(&[""], &[resource], &["create"]))
        };
        assert!(asked("pods/eviction", "pods/eviction"));
        assert!(asked("*/eviction", "pods/eviction"));
        assert!(asked("*", "pods/eviction"));
        assert!(asked("*/eviction", "*/eviction"));
        assert!(!asked("pods", "pods/eviction"));
        assert!(!asked("pods/eviction", "pods"));
        assert!(!asked("pods/*", "pods/eviction"), "no such wildcard");
        assert!(!asked("*/scale", "pods/eviction"));
        assert!(!asked("pods/eviction", "*/eviction"));
    }

    #[test]
    fn one_name_is_less_than_all_of_them() {
        let pods = || rule(&[""], &["pods"], &["get"]);
        let owned = [named(pods(), &["api-0", "api-1"])];
        assert!(holds(&owned, &named(pods(), &["api-1"])));
        assert!(!holds(&owned, &named(pods(), &["api-1", "api-2"])));
        assert!(!holds(&owned, &pods()), "all of them");
        assert!(holds(&[pods()], &named(pods(), &["api-2"])));
        assert!(holds(&[named(pods(), &[])], &pods()), "no names are all names");
    }

    #[test]
    fn paths_are_held_exactly_or_from_a_prefix() {
        let owned = [paths(&["/healthz", "/apis/*"], &["get"])];
        assert!(holds(&owned, &paths(&["/healthz", "/apis/apps"], &["get"])));
        assert!(holds(&owned, &paths(&["/apis/*"], &["get"])));
        assert!(!holds(&owned, &paths(&["/healthz/etcd"], &["get"])));
        assert!(!holds(&owned, &paths(&["/healthz"], &["post"])));
        assert!(!holds(&owned, &paths(&["*"], &["get"])));
    }
}
