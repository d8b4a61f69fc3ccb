//! The fields in which whoever asks for something says why, and where that is written down.

use domain::{
    approvals::{REASON_MAX, TICKET_MAX},
    policy::TicketRule,
};
use leptos::prelude::*;

use crate::messages::{actions, phrases};

/// Why.
pub(crate) fn reason_field(hint: String, reason: RwSignal<String>) -> AnyView {
    view! {
        <div class="field">
            <label class="field-label" for="reason">
                {phrases().say(actions::REASON)}
            </label>
            <textarea
                id="reason"
                class="input"
                rows="3"
                required
                maxlength=REASON_MAX.to_string()
                aria-describedby="reason-hint"
                prop:value=reason
                on:input:target=move |event| reason.set(event.target().value())
            ></textarea>
            <p id="reason-hint" class="field-hint">
                {hint}
            </p>
        </div>
    }
    .into_any()
}

/// Where that is written down.
pub(crate) fn ticket_field(
    rule: TicketRule,
    pattern: Option<String>,
    ticket: RwSignal<String>,
) -> AnyView {
    let t = phrases();
    let (hint, required) = match rule {
        TicketRule::Required => (actions::TICKET_REQUIRED, true),
        TicketRule::Optional => (actions::TICKET_OPTIONAL, false),
    };
    let pattern = pattern.map(|pattern| {
        view! {
            " "
            {t.say(actions::TICKET_LOOKS)}
            " "
            <code>{pattern}</code>
        }
    });
    view! {
        <div class="field">
            <label class="field-label" for="ticket">
                {t.say(actions::TICKET)}
            </label>
            <input
                id="ticket"
                class="input"
                required=required
                maxlength=TICKET_MAX.to_string()
                autocomplete="off"
                aria-describedby="ticket-hint"
                bind:value=ticket
            />
            <p id="ticket-hint" class="field-hint">
                {t.say(hint)} {pattern}
            </p>
        </div>
    }
    .into_any()
}
