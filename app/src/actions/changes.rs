//! The fields that would be others: before and after, told by word and shape as well as by colour.

use domain::actions::FieldChange;
use leptos::prelude::*;

use crate::{
    components::{Column, Row, Table, row},
    messages::{Message, actions, phrases},
};

const COLUMNS: &[Column] = &[
    Column::text(actions::FIELD),
    Column::text(actions::CHANGE).unlabelled(),
    Column::text(actions::BEFORE),
    Column::text(actions::AFTER),
];

/// So many fields stand open; the rest is one click away.
const OPEN: usize = 8;
/// A value longer than this is folded, in characters.
const LONG: usize = 160;

/// Fields before and after, one to a row.
#[component]
pub(super) fn Changes(items: Vec<FieldChange>) -> impl IntoView {
    let t = phrases();
    if items.is_empty() {
        return view! { <p class="muted">{t.say(actions::NO_CHANGES)}</p> }.into_any();
    }
    let mut items = items;
    let more = items.split_off(items.len().min(OPEN));
    let more = (!more.is_empty()).then(|| {
        view! {
            <details class="folded">
                <summary>{t.count(actions::MORE_CHANGES, more.len())}</summary>
                {table(more)}
            </details>
        }
    });
    view! {
        {table(items)}
        {more}
    }
    .into_any()
}

fn table(items: Vec<FieldChange>) -> AnyView {
    let rows = items.into_iter().map(row).collect();
    view! {
        <Table
            caption=actions::CHANGES_CAPTION
            columns=COLUMNS
            rows=rows
            class="table table-stacking changes"
        />
    }
    .into_any()
}

fn row(change: FieldChange) -> Row {
    let (kind, word) = kind(&change);
    let FieldChange { field, before, after } = change;
    row![
        view! { <code>{field}</code> },
        view! { <span class="change">{phrases().say(word)}</span> },
        before.map(value),
        after.map(value),
    ]
    .changing(kind)
}

/// How a field changes: for the style sheet, and in a word.
const fn kind(change: &FieldChange) -> (&'static str, Message) {
    match (&change.before, &change.after) {
        (None, Some(_)) => ("added", actions::ADDED),
        (Some(_), None) => ("removed", actions::REMOVED),
        _ => ("changed", actions::CHANGED),
    }
}

/// A value as JSON; a long one is folded behind its beginning.
fn value(text: String) -> AnyView {
    if text.chars().count() <= LONG {
        return view! { <code>{text}</code> }.into_any();
    }
    let beginning: String = text.chars().take(LONG / 2).collect();
    view! {
        <details class="folded">
            <summary>
                <code>{beginning}"…"</code>
            </summary>
            <code>{text}</code>
        </details>
    }
    .into_any()
}
