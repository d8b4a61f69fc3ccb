//! One's own passkeys: seeing, adding, removing.

use domain::{identity::PasskeyRow, names::Login};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::{
    account::Tried,
    passkeys::{add_passkey, remove_passkey},
};
use crate::{
    components::{Ago, Column, Row, RowButton, Table, row},
    messages::{account, phrases, times},
};

const COLUMNS: &[Column] = &[
    Column::text(account::LABEL),
    Column::text(account::ADDED),
    Column::text(account::USED),
    Column::buttons(account::REMOVE_SHORT).untitled(),
];

/// One's own passkeys.
#[component]
pub(super) fn Passkeys(
    person: Login,
    items: Vec<PasskeyRow>,
    tried: Tried,
    label: RwSignal<String>,
) -> impl IntoView {
    let t = phrases();
    let only = items.len() == 1;
    let rows = items.into_iter().map(|passkey| row(&person, passkey, only, tried)).collect();
    view! {
        <p class="prose">{t.say(account::PASSKEYS_HINT)}</p>
        <Table caption=account::PASSKEYS_CAPTION columns=COLUMNS rows=rows />
        {only.then(|| view! { <p class="field-hint">{t.say(account::LAST_ONE)}</p> })}
        <AddPasskey person=person tried=tried label=label />
    }
}

fn row(person: &Login, passkey: PasskeyRow, only: bool, tried: Tried) -> Row {
    let t = phrases();
    let (person, id) = (person.clone(), passkey.id);
    let label = String::from(passkey.label);
    let name = t.fill(account::REMOVE, &[("label", &label)]);
    let remove = move || {
        let (person, id) = (person.clone(), id.clone());
        spawn_local(async move { tried.end(remove_passkey(person, &id).await) });
    };
    let used = match passkey.used_at {
        Some(at) => view! { <Ago at=at /> }.into_any(),
        None => t.say(times::NEVER).into_any(),
    };
    let remove = (!only).then(|| {
        view! { <RowButton label=account::REMOVE_SHORT name=name press=Box::new(remove) /> }
    });
    row![label, view! { <Ago at=passkey.created_at /> }, used, remove]
}

#[component]
fn AddPasskey(person: Login, tried: Tried, label: RwSignal<String>) -> impl IntoView {
    let t = phrases();
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let person = person.clone();
        spawn_local(async move {
            let ended = add_passkey(person, &label.get_untracked()).await;
            if ended.is_ok() {
                label.set(String::new());
            }
            tried.end(ended);
        });
    };
    view! {
        <form class="filter" on:submit=add>
            <label class="field field-grow">
                <span class="field-label">{t.say(account::ADD_LABEL)}</span>
                <input
                    class="input"
                    maxlength="60"
                    required
                    autocomplete="off"
                    aria-describedby="touch-twice"
                    bind:value=label
                />
            </label>
            <button type="submit" class="button">
                {t.say(account::ADD)}
            </button>
        </form>
        <p id="touch-twice" class="field-hint">
            {t.say(account::TOUCH_TWICE)}
        </p>
    }
}
