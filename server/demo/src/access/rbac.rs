//! The RBAC authorizer over the stored roles and bindings.
//!
//! Never caches and never aggregates roles: it reads the objects as they are now.

use serde_json::Value;

use super::{Attributes, Resource, Target, User, user::service_account};
use crate::{
    kinds,
    object::Object,
    store::{Key, Objects},
};

/// Whether something is allowed, and by what.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) allowed: bool,
    pub(crate) reason: String,
}

/// Judges a request by the roles bound to its user.
pub(crate) fn authorise(objects: &Objects, user: &User, attributes: &Attributes) -> Decision {
    if user.is_in("system:masters") {
        return Decision { allowed: true, reason: String::new() };
    }
    let namespace = match &attributes.target {
        Target::Resource(resource) => resource.namespace.as_str(),
        Target::Path(_) => "",
    };
    let bound = bindings(objects, user, namespace);
    for grant in &bound {
        if grant.rules(objects).iter().any(|rule| allows(rule, attributes)) {
            return Decision {
                allowed: true,
                reason: format!("RBAC: allowed by {}", grant.describe()),
            };
        }
    }
    let dangling = bound.iter().filter(|grant| grant.role(objects).is_none());
    let missing: Vec<String> = dangling.map(Grant::missing_role).collect();
    let reason = match missing.as_slice() {
        [] => String::new(),
        [one] => format!("RBAC: {one}"),
        several => format!("RBAC: [{}]", several.join(", ")),
    };
    Decision { allowed: false, reason }
}

/// All rules that hold for a user in a namespace.
pub(crate) fn rules_of(objects: &Objects, user: &User, namespace: &str) -> Vec<Value> {
    let bound = bindings(objects, user, namespace);
    bound.iter().flat_map(|grant| grant.rules(objects)).cloned().collect()
}

/// A binding that names a user.
struct Grant<'a> {
    binding: &'a Object,
    subject: &'a Value,
}

fn bindings<'a>(objects: &'a Objects, user: &User, namespace: &str) -> Vec<Grant<'a>> {
    let wide = objects.iter().filter(|(key, _)| *key.kind == kinds::CLUSTER_ROLE_BINDING);
    let narrow = objects.iter().filter(|(key, _)| {
        *key.kind == kinds::ROLE_BINDING && !namespace.is_empty() && key.namespace == namespace
    });
    wide.chain(narrow)
        .filter_map(|(_, binding)| {
            let subject = binding
                .items("/subjects")
                .iter()
                .find(|subject| is_meant(subject, user, binding))?;
            Some(Grant { binding, subject })
        })
        .collect()
}

fn is_meant(subject: &Value, user: &User, binding: &Object) -> bool {
    let name = subject["name"].as_str().unwrap_or_default();
    match subject["kind"].as_str() {
        Some("User") => user.name == name,
        Some("Group") => user.is_in(name),
        Some("ServiceAccount") => {
            let namespace = subject["namespace"].as_str().unwrap_or(binding.namespace());
            service_account(&user.name) == Some((namespace, name))
        }
        _ => false,
    }
}

impl Grant<'_> {
    fn role<'o>(&self, objects: &'o Objects) -> Option<&'o Object> {
        let name = self.binding.text("/roleRef/name");
        let key = match self.binding.text("/roleRef/kind") {
            "ClusterRole" => Key::new(&kinds::CLUSTER_ROLE, "", name),
            _ => Key::new(&kinds::ROLE, self.binding.namespace(), name),
        };
        objects.get(&key).map(|role| &**role)
    }

    fn rules<'o>(&self, objects: &'o Objects) -> &'o [Value] {
        self.role(objects).map_or(&[], |role| role.items("/rules"))
    }

    fn missing_role(&self) -> String {
        let plural =
            if self.binding.text("/roleRef/kind") == "Role" { "role" } else { "clusterrole" };
        format!(
            "{plural}.rbac.authorization.k8s.io \"{}\" not found",
            self.binding.text("/roleRef/name")
        )
    }

    fn describe(&self) -> String {
        let (binding, role) = (self.binding, self.binding.text("/roleRef/name"));
        let place = match binding.namespace() {
            "" => binding.name().to_owned(),
            namespace => format!("{}/{namespace}", binding.name()),
        };
        let subject = match self.subject["kind"].as_str().unwrap_or_default() {
            "ServiceAccount" => {
                let namespace = self.subject["namespace"].as_str().unwrap_or(binding.namespace());
                format!(
                    "ServiceAccount \"{}/{namespace}\"",
                    self.subject["name"].as_str().unwrap_or_default()
                )
            }
            kind => format!("{kind} \"{}\"", self.subject["name"].as_str().unwrap_or_default()),
        };
        let (kind, ref_kind) = (binding.text("/kind"), binding.text("/roleRef/kind"));
        format!("{kind} \"{place}\" of {ref_kind} \"{role}\" to {subject}")
    }
}

fn allows(rule: &Value, attributes: &Attributes) -> bool {
    let names =
        |field: &str, wanted: &str| listed(rule, field).any(|item| item == "*" || item == wanted);
    names("verbs", &attributes.verb)
        && match &attributes.target {
            Target::Path(path) => {
                listed(rule, "nonResourceURLs").any(|pattern| is_path_of(pattern, path))
            }
            Target::Resource(resource) => {
                names("apiGroups", &resource.group)
                    && listed(rule, "resources").any(|item| is_resource(item, resource))
                    && (listed(rule, "resourceNames").next().is_none()
                        || listed(rule, "resourceNames").any(|name| name == resource.name))
            }
        }
}

/// The texts of a field of a rule.
pub(super) fn listed<'a>(rule: &'a Value, field: &str) -> impl Iterator<Item = &'a str> {
    rule[field].as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Whether a pattern such as `/healthz` or `/apis/*` is of a path.
pub(super) fn is_path_of(pattern: &str, path: &str) -> bool {
    pattern == path || pattern.strip_suffix('*').is_some_and(|prefix| path.starts_with(prefix))
}

/// `*`, `pods/eviction`, or `*/eviction`.
fn is_resource(item: &str, resource: &Resource) -> bool {
    item == "*"
        || item == resource.full_name()
        || (!resource.subresource.is_empty()
            && item.strip_prefix("*/") == Some(&resource.subresource))
}
