//! Escalation: nobody gives by roles and bindings what they do not hold, unless they may `bind` or `escalate`.
//!
//! Never asks to whom it is given. What takes power away is no escalation: deletions are not looked at.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    Attributes, Resource, Target, User, authorise,
    coverage::{Question, Thing, covers},
    rules_of,
};
use crate::{
    kinds,
    kinds::Kind,
    object::Object,
    refusal::Refusal,
    store::{Key, Objects},
};

const AGGREGATES: &str = "must have cluster-admin privileges to use an aggregationRule";

/// Refuses a write of a role or a binding that would give more than its writer holds; `current` is what it replaces.
pub(crate) fn check_escalation(
    objects: &Objects,
    user: &User,
    place: &Resource,
    wanted: &Object,
    current: Option<&Object>,
) -> Result<(), Refusal> {
    let writing = Writing { objects, user, place, wanted };
    let is_rbac = place.group == kinds::ROLE.group;
    // The garbage collector must be able to let go of what it could not have made.
    let is_harmless = current.is_some_and(|current| differs_in_ties_only(wanted, current));
    if !is_rbac || is_harmless || user.is_in("system:masters") {
        return Ok(());
    }
    match place.plural.as_str() {
        "roles" | "clusterroles" => writing.role(current),
        "rolebindings" | "clusterrolebindings" => writing.binding(),
        _ => Ok(()),
    }
}

/// A write of an RBAC object by somebody who cannot simply do everything.
struct Writing<'a> {
    objects: &'a Objects,
    user: &'a User,
    place: &'a Resource,
    wanted: &'a Object,
}

impl Writing<'_> {
    fn role(&self, current: Option<&Object>) -> Result<(), Refusal> {
        if self.may("escalate", self.place.clone()) {
            return Ok(());
        }
        self.confine(self.wanted.items("/rules"))?;
        let aggregates = |role: &Object| role.has("/aggregationRule");
        let is_open = aggregates(self.wanted) || current.is_some_and(aggregates);
        if is_open && covers(&self.held(), &everything()).is_err() {
            return Err(self.forbidden(AGGREGATES));
        }
        Ok(())
    }

    fn binding(&self) -> Result<(), Refusal> {
        let kind = self.referenced()?;
        let name = self.wanted.text("/roleRef/name");
        let role = Resource {
            plural: kind.plural.to_owned(),
            name: name.to_owned(),
            ..self.place.clone()
        };
        if self.may("bind", role) {
            return Ok(());
        }
        let key = Key::new(kind, &self.place.namespace, name);
        let role = self.objects.get(&key).ok_or_else(|| Refusal::not_found(kind, name))?;
        self.confine(role.items("/rules"))
    }

    fn referenced(&self) -> Result<&'static Kind, Refusal> {
        match self.wanted.text("/roleRef/kind") {
            "Role" => Ok(&kinds::ROLE),
            "ClusterRole" => Ok(&kinds::CLUSTER_ROLE),
            other => Err(Refusal::unsupported_role_reference(other)),
        }
    }

    fn may(&self, verb: &str, resource: Resource) -> bool {
        let attributes = Attributes { verb: verb.to_owned(), target: Target::Resource(resource) };
        authorise(self.objects, self.user, &attributes).allowed
    }

    fn held(&self) -> Vec<Value> {
        rules_of(self.objects, self.user, &self.place.namespace)
    }

    fn confine(&self, given: &[Value]) -> Result<(), Refusal> {
        covers(&self.held(), given).map_err(|missing| {
            let User { name, groups, .. } = self.user;
            self.forbidden(&format!(
                "user {name:?} (groups={}) is attempting to grant RBAC permissions not currently held:\n{}",
                quoted(groups.iter().map(String::as_str)),
                describe(&missing)
            ))
        })
    }

    fn forbidden(&self, why: &str) -> Refusal {
        let Resource { group, plural, .. } = self.place;
        Refusal::forbidden(group, plural, self.wanted.name(), why)
    }
}

fn everything() -> [Value; 2] {
    [
        json!({ "apiGroups": ["*"], "resources": ["*"], "verbs": ["*"] }),
        json!({ "nonResourceURLs": ["*"], "verbs": ["*"] }),
    ]
}

/// Whether an object is to stay as it is, but for what owns it and what it waits for.
fn differs_in_ties_only(wanted: &Object, current: &Object) -> bool {
    let untied = |object: &Object| {
        let mut object = object.clone();
        object.remove("/metadata", "ownerReferences");
        object.remove("/metadata", "finalizers");
        object
    };
    untied(wanted) == untied(current)
}

/// What is missing, one line for each thing.
fn describe(missing: &[Question<'_>]) -> String {
    let mut verbs: BTreeMap<Thing<'_>, Vec<&str>> = BTreeMap::new();
    let mut lines = BTreeSet::new();
    for Question { verb, thing } in missing {
        if let Thing::Path(path) = thing {
            lines.insert(format!("{{NonResourceURLs:[{path:?}], Verbs:[{verb:?}]}}"));
        } else {
            verbs.entry(*thing).or_default().push(verb);
        }
    }
    lines.extend(verbs.into_iter().filter_map(|(thing, verbs)| line(thing, verbs)));
    lines.into_iter().collect::<Vec<_>>().join("\n")
}

fn line(thing: Thing<'_>, verbs: Vec<&str>) -> Option<String> {
    let Thing::Resource { group, resource, name } = thing else { return None };
    let name = name.map(|name| format!("ResourceNames:[{name:?}], ")).unwrap_or_default();
    let verbs = quoted(verbs.into_iter());
    Some(format!("{{APIGroups:[{group:?}], Resources:[{resource:?}], {name}Verbs:{verbs}}}"))
}

/// A list as Go quotes it.
fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.map(|word| format!("{word:?}")).collect();
    format!("[{}]", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_thing_by_thing() {
        let wanted = [
            json!({ "apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"] }),
            json!({ "apiGroups": ["apps"], "resources": ["deployments"], "resourceNames": ["a", "b"], "verbs": ["get"] }),
            json!({ "nonResourceURLs": ["/metrics"], "verbs": ["get"] }),
        ];
        assert_eq!(
            describe(&covers(&[], &wanted).unwrap_err()).lines().collect::<Vec<_>>(),
            [
                r#"{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}"#,
                r#"{APIGroups:["apps"], Resources:["deployments"], ResourceNames:["a"], Verbs:["get"]}"#,
                r#"{APIGroups:["apps"], Resources:["deployments"], ResourceNames:["b"], Verbs:["get"]}"#,
                r#"{NonResourceURLs:["/metrics"], Verbs:["get"]}"#,
            ]
        );
    }

    #[test]
    fn only_ties_may_change_unasked() {
        let role = |verb: &str, finalizers: Value| {
            let rule = json!({ "apiGroups": [""], "resources": ["pods"], "verbs": [verb] });
            let metadata = json!({ "name": "r", "finalizers": finalizers });
            Object::new(json!({ "metadata": metadata, "rules": [rule] }))
        };
        let current = role("get", json!(["sekisho.dev/held"]));
        assert!(differs_in_ties_only(&current, &current));
        assert!(differs_in_ties_only(&role("get", Value::Null), &current));
        assert!(!differs_in_ties_only(&role("*", json!(["sekisho.dev/held"])), &current));
    }
}
