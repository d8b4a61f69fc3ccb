//! The rules of a role, as the file says them.

use std::collections::BTreeSet;

use domain::{
    grants::{NeverGranted, RoleRule},
    policy::PolicyTrouble,
};
use serde::Deserialize;
use toml::Spanned;

use crate::policy::{source_text::SourceText, trouble::Troubles};

/// One rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    api_groups: BTreeSet<String>,
    resources: BTreeSet<String>,
    #[serde(default)]
    resource_names: BTreeSet<String>,
    verbs: BTreeSet<String>,
}

/// The rules in an order of their own, as they are compared with what the cluster holds.
pub(super) fn read(
    entries: &[Spanned<RuleEntry>],
    source: &SourceText<'_>,
    troubles: &mut Troubles,
) -> Option<Vec<RoleRule>> {
    let rules: Vec<_> = entries.iter().map(|entry| troubles.keep(rule(entry, source))).collect();
    let mut rules = rules.into_iter().collect::<Option<Vec<_>>>()?;
    rules.sort();
    Some(rules)
}

fn rule(entry: &Spanned<RuleEntry>, source: &SourceText<'_>) -> Result<RoleRule, PolicyTrouble> {
    let RuleEntry { api_groups, resources, resource_names, verbs } = entry.get_ref();
    if api_groups.is_empty() || resources.is_empty() || verbs.is_empty() {
        let reason = "a rule names API groups, resources and verbs";
        return Err(source.trouble_with(entry, reason));
    }
    let rule = RoleRule {
        api_groups: api_groups.clone(),
        resources: resources.clone(),
        resource_names: resource_names.clone(),
        verbs: verbs.clone(),
    };
    match NeverGranted::among(std::slice::from_ref(&rule)) {
        None => Ok(rule),
        Some(never) => Err(source.trouble_with(entry, format!("can never be granted: {never}"))),
    }
}
