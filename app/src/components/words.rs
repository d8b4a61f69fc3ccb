//! The fields in which whoever asks for something says why, and where that is written down.

use domain::{
    approvals::{REASON_MAX, TICKET_MAX},
    policy::TicketRule,
};
use leptos::prelude::*;

use crate::messages::{actions, phrases};

/// Why.
pub(crate) fn reason_field(hint: String, reason: RwSignal<String>) -> AnyView {
    let label = phrases().say(actions::REASON);
    view! { <Written id="reason" label=label hint=hint most=REASON_MAX text=reason /> }.into_any()
}

/// A field for a few sentences.
#[component]
pub(crate) fn Written(
    /// What tells it from the other fields.
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] hint: String,
    /// So many characters at most.
    most: usize,
    /// What somebody writes.
    text: RwSignal<String>,
    /// Whether it may be left empty.
    #[prop(optional)]
    may_be_empty: bool,
) -> AnyView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
            </label>
            <textarea
                id=id
                class="input"
                rows="3"
                required=!may_be_empty
                maxlength=most.to_string()
                aria-describedby=hint_id.clone()
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
            ></textarea>
            <p id=hint_id class="field-hint">
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
