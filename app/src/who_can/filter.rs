//! The form that asks. It needs no script.

use domain::who_can::WrittenAccess;
use leptos::prelude::*;
use leptos_router::{
    components::{A, Form},
    params::ParamsMap,
};

use crate::{
    components::FilterField,
    messages::{phrases, who_can},
};

/// What the address asks.
pub(super) fn asked(query: &ParamsMap) -> WrittenAccess {
    let said = |name: &str| query.get(name).unwrap_or_default().trim().to_owned();
    WrittenAccess {
        verb: said("verb"),
        resource: said("resource"),
        name: said("name"),
        subject: said("subject"),
    }
}

/// The form that asks.
#[component]
pub(super) fn Filter(path: String, asked: WrittenAccess) -> AnyView {
    let t = phrases();
    let clear = (asked != WrittenAccess::default()).then(|| {
        view! {
            <A href=path.clone() attr:class="button">
                {t.say(who_can::CLEAR)}
            </A>
        }
    });
    view! {
        <Form method="GET" action=path.clone() attr:class="filter">
            <FilterField label=who_can::VERB name="verb" value=asked.verb example="delete" />
            <FilterField
                label=who_can::RESOURCE
                name="resource"
                value=asked.resource
                example="deployments.apps/scale"
            />
            <FilterField label=who_can::NAME name="name" value=asked.name />
            <FilterField label=who_can::SUBJECT name="subject" value=asked.subject />
            <button class="button" type="submit">
                {t.say(who_can::ASK)}
            </button>
            {clear}
        </Form>
    }
    .into_any()
}
