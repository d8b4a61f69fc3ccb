//! Rules of RBAC, a line each.

use std::collections::BTreeSet;

use domain::grants::RoleRule;
use leptos::prelude::*;

use crate::{
    components::{Views, more},
    messages::{phrases, who_can},
};

/// So many are shown at once; more are folded away.
const AT_ONCE: usize = 3;

/// Rules, a line each.
pub(super) fn rules(rules: Vec<RoleRule>) -> AnyView {
    let count = rules.len();
    let lines = view! { <ul>{rules.iter().map(line).views()}</ul> };
    if count <= AT_ONCE {
        return lines.into_any();
    }
    view! {
        <details class="folded">
            <summary>{phrases().fill(who_can::RULES, &[("count", &count)])}</summary>
            {lines}
        </details>
    }
    .into_any()
}

fn line(rule: &RoleRule) -> AnyView {
    let t = phrases();
    let groups = rule.api_groups.iter();
    let resources = groups.flat_map(|group| rule.resources.iter().map(|it| written(it, group)));
    let resources = resources.collect();
    let said = [("verbs", &listed(&rule.verbs)), ("resources", &listed(&resources))];
    let said = t.fill(who_can::RULE, &said.map(|(name, text)| (name, text as _)));
    let names = listed(&rule.resource_names);
    let names = (!names.is_empty()).then(|| more(t.fill(who_can::ONLY, &[("names", &names)])));
    view! { <li>{said} {names}</li> }.into_any()
}

/// A resource with its group, as one asks about it.
fn written(resource: &str, group: &str) -> String {
    if group.is_empty() {
        return resource.to_owned();
    }
    match resource.split_once('/') {
        Some((plural, subresource)) => format!("{plural}.{group}/{subresource}"),
        None => format!("{resource}.{group}"),
    }
}

fn listed(texts: &BTreeSet<String>) -> String {
    texts.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}
