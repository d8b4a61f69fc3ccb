//! The form that filters the history. It needs no script.

use domain::identity::{Capability, Me};
use leptos::prelude::*;
use leptos_router::components::{A, Form};

use super::{
    codes::{OUTCOMES, actions, outcome},
    page::PATH,
    wanted::Wanted,
};
use crate::{
    components::Views,
    messages::{entries, phrases},
};

/// The form that filters the history.
#[component]
pub(super) fn Filter(wanted: Wanted) -> impl IntoView {
    let t = phrases();
    let everybodys = expect_context::<Me>().capabilities.contains(&Capability::ReadHistory);
    let clear = wanted.is_filtered().then(|| {
        view! {
            <A href=PATH attr:class="button">
                {t.say(entries::CLEAR)}
            </A>
        }
    });
    let actions = actions(t);
    let outcomes =
        OUTCOMES.map(|code| (code.as_str().to_owned(), t.say(outcome(code).1).to_owned()));
    let person = everybodys.then(|| text(entries::PERSON, "text", "actor", wanted.actor));
    view! {
        <Form method="GET" action=PATH attr:class="filter">
            {person}
            {text(entries::WHERE, "text", "tenant", wanted.tenant)}
            {choice(entries::WHAT, "action", &actions, &wanted.action)}
            {choice(entries::OUTCOME, "outcome", &outcomes, &wanted.outcome)}
            {text(entries::FROM, "datetime-local", "from", wanted.from)}
            {text(entries::TO, "datetime-local", "to", wanted.to)}
            <button class="button" type="submit">
                {t.say(entries::APPLY)}
            </button>
            {clear}
        </Form>
    }
}

fn text(
    label: crate::messages::Message,
    kind: &'static str,
    name: &'static str,
    value: String,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field-label">{phrases().say(label)}</span>
            <input
                class="input"
                type=kind
                name=name
                value=value
                autocomplete="off"
                spellcheck="false"
            />
        </label>
    }
}

fn choice(
    label: crate::messages::Message,
    name: &'static str,
    offered: &[(String, String)],
    chosen: &str,
) -> impl IntoView + use<> {
    let t = phrases();
    let options = offered
        .iter()
        .map(|(code, word)| {
            view! {
                <option value=code.clone() selected=code == chosen>
                    {word.clone()}
                </option>
            }
        })
        .views();
    view! {
        <label class="field">
            <span class="field-label">{t.say(label)}</span>
            <select class="select" name=name>
                <option value="">{t.say(entries::ANY)}</option>
                {options}
            </select>
        </label>
    }
}
