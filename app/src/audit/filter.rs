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
    components::{FilterField, Views},
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
    let person = everybodys
        .then(|| view! { <FilterField label=entries::PERSON name="actor" value=wanted.actor /> });
    view! {
        <Form method="GET" action=PATH attr:class="filter">
            {person}
            <FilterField label=entries::WHERE name="tenant" value=wanted.tenant />
            {choice(entries::WHAT, "action", &actions, &wanted.action)}
            {choice(entries::OUTCOME, "outcome", &outcomes, &wanted.outcome)}
            <FilterField label=entries::FROM name="from" value=wanted.from kind="datetime-local" />
            <FilterField label=entries::TO name="to" value=wanted.to kind="datetime-local" />
            <button class="button" type="submit">
                {t.say(entries::APPLY)}
            </button>
            {clear}
        </Form>
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
