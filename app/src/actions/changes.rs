//! The fields that would be others: before and after, told by word and shape as well as by colour.

use domain::actions::FieldChange;
use leptos::prelude::*;

use crate::messages::{Message, actions, phrases};

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

fn table(items: Vec<FieldChange>) -> impl IntoView {
    let t = phrases();
    view! {
        <div class="table-box">
            <table class="table table-stacking changes">
                <caption class="visually-hidden">{t.say(actions::CHANGES_CAPTION)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.say(actions::FIELD)}</th>
                        <th scope="col">{t.say(actions::CHANGE)}</th>
                        <th scope="col">{t.say(actions::BEFORE)}</th>
                        <th scope="col">{t.say(actions::AFTER)}</th>
                    </tr>
                </thead>
                <tbody>{items.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(change: FieldChange) -> impl IntoView {
    let t = phrases();
    let (kind, word) = kind(&change);
    let FieldChange { field, before, after } = change;
    view! {
        <tr data-change=kind>
            <th scope="row">
                <code>{field}</code>
            </th>
            <td>
                <span class="change">{t.say(word)}</span>
            </td>
            <td data-label=t.say(actions::BEFORE)>{before.map(value)}</td>
            <td data-label=t.say(actions::AFTER)>{after.map(value)}</td>
        </tr>
    }
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
