//! Rules of a role, resource by resource.

use std::collections::BTreeSet;

use domain::grants::{Added, RoleRule};
use leptos::prelude::*;

use super::state::risk;
use crate::{
    components::{Column, Row, Table, more, row},
    messages::{grants, phrases},
};

const COLUMNS: &[Column] = &[
    Column::text(grants::RESOURCE),
    Column::text(grants::GROUP),
    Column::text(grants::VERBS).wide(),
    Column::text(grants::RISK).unlabelled(),
];

/// What a role lets its holder do, or adds to what somebody may do already.
pub(super) fn rules(rules: Vec<Added>) -> AnyView {
    let rows = rules.into_iter().map(line).collect();
    view! { <Table caption=grants::ADDS_CAPTION columns=COLUMNS rows=rows /> }.into_any()
}

/// All that these rules let somebody do.
pub(crate) fn all(role: &[RoleRule]) -> AnyView {
    rules(Added::to(&[], role))
}

fn line(added: Added) -> Row {
    let t = phrases();
    let names = listed(&added.resource_names);
    let names = (!names.is_empty()).then(|| more(t.fill(grants::ONLY, &[("names", &names)])));
    row![
        view! {
            <code>{added.resource}</code>
            {names}
        },
        group(added.api_group),
        listed(&added.verbs),
        risk(Some(added.risk)),
    ]
}

/// The core group has no name of its own.
fn group(name: String) -> AnyView {
    match name.as_str() {
        "" => "core".into_any(),
        _ => view! { <code>{name}</code> }.into_any(),
    }
}

fn listed(texts: &BTreeSet<String>) -> String {
    texts.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}
