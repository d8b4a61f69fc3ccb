//! Rules for tests.

use super::RoleRule;

/// A rule about all objects.
pub(crate) fn rule(api_groups: &[&str], resources: &[&str], verbs: &[&str]) -> RoleRule {
    let set = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    RoleRule {
        api_groups: set(api_groups),
        resources: set(resources),
        resource_names: set(&[]),
        verbs: set(verbs),
    }
}
