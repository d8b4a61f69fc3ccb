//! The fields in which an emergency is declared: usable in seconds, with the smallest role chosen already.

use domain::{
    approvals::{REASON_MAX, TICKET_MAX},
    break_glass::{INTENT_MAX, SessionOffer},
    grants::RoleOffer,
};
use leptos::prelude::*;

use super::declare::{Draft, longest};
use crate::{
    components::{Views, Written, why_not},
    grants::{minutes, risk},
    messages::{break_glass, phrases},
};

/// All that is asked for.
pub(super) fn fields(offer: &SessionOffer, draft: Draft) -> AnyView {
    let t = phrases();
    let roles = offer.roles.iter().cloned().map(|role| choice(role, draft)).views();
    view! {
        <fieldset class="field">
            <legend class="field-label">{t.say(break_glass::WHICH_ROLE)}</legend>
            <div class="choices">{roles}</div>
        </fieldset>
        <Written
            id="broken"
            label=t.say(break_glass::BROKEN)
            hint=t.say(break_glass::BROKEN_HINT)
            most=REASON_MAX
            text=draft.broken
        />
        <Written
            id="intent"
            label=t.say(break_glass::INTENT)
            hint=t.say(break_glass::INTENT_HINT)
            most=INTENT_MAX
            text=draft.intent
        />
        {incident(offer, draft)}
        {how_long(offer.clone(), draft)}
        {drill(offer, draft)}
    }
    .into_any()
}

/// A role: what it is for, what it reaches, and where it cannot be taken, why.
fn choice(offered: RoleOffer, draft: Draft) -> AnyView {
    let t = phrases();
    let RoleOffer { name, summary, risk: reaches, longest_seconds, refusal, .. } = offered;
    let is_refused = refusal.is_some();
    let why = refusal.map(|problem| {
        let why = why_not(t, &problem).join(" · ");
        view! {
            <p class="offer-more">
                {t.say(break_glass::CANNOT_TAKE)} ": " {why}
            </p>
        }
    });
    let up_to = t.fill(break_glass::UP_TO, &[("span", &minutes(longest_seconds))]);
    let (value, shown) = (name.to_string(), name.to_string());
    let (of_name, chosen) = (name.clone(), draft.role);
    let is_chosen = move || chosen.with(|role| role.as_ref() == Some(&of_name));
    let preselected = untrack(&is_chosen);
    view! {
        <div class="choice">
            <label class="choice-label">
                <input
                    type="radio"
                    name="role"
                    value=value
                    checked=preselected
                    prop:checked=is_chosen
                    disabled=is_refused
                    required
                    on:change=move |_| chosen.set(Some(name.clone()))
                />
                <span>{shown}</span>
                {risk(reaches)}
                <span class="muted">{up_to}</span>
            </label>
            <p class="offer-more">{summary}</p>
            {why}
        </div>
    }
    .into_any()
}

fn incident(offer: &SessionOffer, draft: Draft) -> AnyView {
    let t = phrases();
    let is_settled = offer.before.is_some();
    view! {
        <div class="field">
            <label class="field-label" for="incident">
                {t.say(break_glass::INCIDENT)}
            </label>
            <input
                id="incident"
                class="input"
                required
                readonly=is_settled
                maxlength=TICKET_MAX.to_string()
                autocomplete="off"
                aria-describedby="incident-hint"
                bind:value=draft.incident
            />
            <p id="incident-hint" class="field-hint">
                {t.say(break_glass::INCIDENT_HINT)}
            </p>
        </div>
    }
    .into_any()
}

/// Where it is practised, whether this is practice.
fn drill(offer: &SessionOffer, draft: Draft) -> Option<AnyView> {
    let t = phrases();
    (offer.may_be_drilled && offer.before.is_none()).then(|| {
        view! {
            <div class="choice">
                <label class="choice-label">
                    <input
                        type="checkbox"
                        name="drill"
                        prop:checked=draft.is_drill
                        on:change:target=move |event| draft.is_drill.set(event.target().checked())
                    />
                    <span>{t.say(break_glass::DRILL_CHOICE)}</span>
                </label>
                <p class="offer-more">{t.say(break_glass::DRILL_HINT)}</p>
            </div>
        }
        .into_any()
    })
}

/// For as long as the chosen role lasts at most, until they say otherwise.
fn how_long(offer: SessionOffer, draft: Draft) -> AnyView {
    let t = phrases();
    let shortest = offer.shortest_seconds;
    let offer = StoredValue::new(offer);
    let most = move || offer.with_value(|it| draft.role.with(|role| longest(it, role.as_ref())));
    let hint = move || {
        let bounds = [("shortest", &minutes(shortest) as _), ("longest", &minutes(most()) as _)];
        t.fill(break_glass::MINUTES_HINT, &bounds)
    };
    let chosen = move || offer.with_value(|offer| draft.minutes_of(offer));
    view! {
        <div class="field">
            <label class="field-label" for="minutes">
                {t.say(break_glass::MINUTES)}
            </label>
            <input
                id="minutes"
                class="input"
                type="number"
                inputmode="numeric"
                required
                min=(shortest / 60).to_string()
                max=move || (most() / 60).to_string()
                aria-describedby="minutes-hint"
                value=untrack(chosen)
                prop:value=chosen
                on:input:target=move |event| draft.minutes.set(Some(event.target().value()))
            />
            <p id="minutes-hint" class="field-hint">
                {hint}
            </p>
        </div>
    }
    .into_any()
}
