//! The form in which the parameters of an action are chosen. It needs no script: what is chosen stands in the address.

use domain::actions::{PodSeen, RevisionOffer};
use leptos::prelude::*;
use leptos_router::components::Form;

use super::read::{Field, Input};
use crate::{
    actions::changes::Changes,
    components::{Ago, Badge, Tone, Views},
    messages::{actions, phrases},
};

/// The form in which parameters are chosen.
#[component]
pub(super) fn Fields(path: String, fields: Vec<Field>) -> impl IntoView {
    let t = phrases();
    view! {
        <Form method="GET" action=path attr:class="form form-boxed">
            {fields.into_iter().map(field).views()}
            <button class="button" type="submit">
                {t.say(actions::SHOW_REVIEW)}
            </button>
        </Form>
    }
}

fn field(field: Field) -> AnyView {
    let Field { name, label, hint, required, value, input } = field;
    let pods_hint = matches!(input, Input::Pods(_));
    let chosen = match &input {
        Input::Revision(revisions) => Some(choices(&name, &value, revisions.clone())),
        Input::Pods(pods) => Some(pods_to_choose(&name, &value, pods.clone())),
        _ => None,
    };
    if let Some(chosen) = chosen {
        return view! {
            <fieldset class="field">
                <legend class="field-label">{label}</legend>
                {chosen}
                {pods_hint.then(|| view! { <p class="field-hint">{hint}</p> })}
            </fieldset>
        }
        .into_any();
    }
    let hint_id = format!("{name}-hint");
    let input = match input {
        Input::Number { least, most } => view! {
            <input
                class="input"
                id=name.clone()
                name=name.clone()
                type="number"
                inputmode="numeric"
                min=least.to_string()
                max=most.to_string()
                value=value
                required=required
                aria-describedby=hint_id.clone()
            />
        }
        .into_any(),
        Input::Choice(choices) => select(&name, &hint_id, &value, required, choices),
        _ => view! {
            <input
                class="input"
                id=name.clone()
                name=name.clone()
                value=value
                required=required
                autocomplete="off"
                spellcheck="false"
                aria-describedby=hint_id.clone()
            />
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <label class="field-label" for=name>
                {label}
            </label>
            {input}
            <p class="field-hint" id=hint_id>
                {hint}
            </p>
        </div>
    }
    .into_any()
}

fn select(
    name: &str,
    hint: &str,
    value: &str,
    required: bool,
    choices: Vec<(String, String)>,
) -> AnyView {
    let t = phrases();
    let only = choices.len() == 1;
    let options = choices.into_iter().map(|(choice, called)| {
        let selected = only || choice == value;
        view! {
            <option value=choice selected=selected>
                {called}
            </option>
        }
    });
    view! {
        <select
            class="select"
            id=name.to_owned()
            name=name.to_owned()
            required=required
            aria-describedby=hint.to_owned()
        >
            {(!only).then(|| view! { <option value="">{t.say(actions::CHOOSE)}</option> })}
            {options.views()}
        </select>
    }
    .into_any()
}

fn pods_to_choose(name: &str, chosen: &str, pods: Vec<PodSeen>) -> AnyView {
    let choices = pods.into_iter().map(|pod| {
        let checked = chosen.split(',').any(|chosen| chosen == pod.name);
        view! {
            <label class="choice-label">
                <input type="checkbox" name=name.to_owned() value=pod.name.clone() checked=checked />
                <code>{pod.name}</code>
                <span class="muted">{pod.status}</span>
            </label>
        }
    });
    view! { <div class="choices">{choices.views()}</div> }.into_any()
}

fn choices(name: &str, chosen: &str, revisions: Vec<RevisionOffer>) -> AnyView {
    let t = phrases();
    if revisions.is_empty() {
        return view! { <p class="muted">{t.say(actions::NO_REVISIONS)}</p> }.into_any();
    }
    let choices = revisions.into_iter().map(|revision| choice(name, chosen, revision));
    view! { <div class="choices">{choices.views()}</div> }.into_any()
}

fn choice(name: &str, chosen: &str, revision: RevisionOffer) -> impl IntoView + use<> {
    let t = phrases();
    let RevisionOffer { number, created_at, changes } = revision;
    let number = number.to_string();
    let runs = changes.is_empty();
    let changes = if runs {
        view! { <Badge tone=Tone::Good label=t.say(actions::RUNS_NOW) /> }.into_any()
    } else {
        view! { <Changes items=changes /> }.into_any()
    };
    view! {
        <div class="choice">
            <label class="choice-label">
                <input
                    type="radio"
                    name=name.to_owned()
                    value=number.clone()
                    checked=number == chosen
                    disabled=runs
                    required
                />
                <span>{t.fill(actions::REVISION, &[("number", &number)])}</span>
                <span class="muted">
                    <Ago at=created_at />
                </span>
            </label>
            {changes}
        </div>
    }
}
