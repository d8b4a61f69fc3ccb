//! One's own passkeys: seeing, adding, removing.

use domain::{identity::PasskeyRow, names::Login};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::{
    account::Tried,
    passkeys::{add_passkey, remove_passkey},
};
use crate::{
    components::Ago,
    messages::{account, phrases, times},
};

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
    let rows = items.into_iter().map(|passkey| row(&person, passkey, only, tried)).collect_view();
    view! {
        <p class="prose">{t.say(account::PASSKEYS_HINT)}</p>
        <div class="table-box">
            <table class="table table-stacking">
                <caption class="visually-hidden">{t.say(account::PASSKEYS_CAPTION)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.say(account::LABEL)}</th>
                        <th scope="col">{t.say(account::ADDED)}</th>
                        <th scope="col">{t.say(account::USED)}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t.say(account::REMOVE_SHORT)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {only.then(|| view! { <p class="field-hint">{t.say(account::LAST_ONE)}</p> })}
        <AddPasskey person=person tried=tried label=label />
    }
}

fn row(person: &Login, passkey: PasskeyRow, only: bool, tried: Tried) -> impl IntoView + use<> {
    let t = phrases();
    let (person, id) = (person.clone(), passkey.id);
    let remove = move |_| {
        let (person, id) = (person.clone(), id.clone());
        spawn_local(async move { tried.end(remove_passkey(person, &id).await) });
    };
    let label = String::from(passkey.label);
    let remove_label = t.fill(account::REMOVE, &[("label", &label)]);
    view! {
        <tr>
            <th scope="row">{label}</th>
            <td data-label=t.say(account::ADDED)>
                <Ago at=passkey.created_at />
            </td>
            <td data-label=t.say(account::USED)>
                {match passkey.used_at {
                    Some(at) => view! { <Ago at=at /> }.into_any(),
                    None => t.say(times::NEVER).into_any(),
                }}
            </td>
            <td class="cell-actions">
                {(!only)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button button-small"
                                aria-label=remove_label
                                on:click=remove
                            >
                                {t.say(account::REMOVE_SHORT)}
                            </button>
                        }
                    })}
            </td>
        </tr>
    }
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
