//! The form that asks for a restart: why, and where that is written down.

use domain::{
    actions::{ActionKind, catalogue::RestartPod, REASON_MAX, TICKET_MAX, TargetRef},
    ids::RequestId,
    policy::TicketRule,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use serde::{Deserialize, Serialize};

use crate::{
    Failure,
    browser::{Method, call},
    components::ProblemNotice,
    messages::{phrases, restart},
};

/// What a person has written so far.
#[derive(Clone, Copy, Default)]
pub(super) struct Draft {
    reason: RwSignal<String>,
    ticket: RwSignal<String>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

#[derive(Serialize)]
struct Asked {
    action: ActionKind,
    target: TargetRef,
    parameters: serde_json::Map<String, serde_json::Value>,
    reason: String,
    ticket: Option<String>,
}

#[derive(Deserialize)]
struct Created {
    id: RequestId,
}

impl Draft {
    async fn ask(self, target: TargetRef) -> Result<RequestId, Failure> {
        let ticket = self.ticket.get_untracked();
        let asked = Asked {
            action: ActionKind::of(&RestartPod),
            target,
            parameters: serde_json::Map::new(),
            reason: self.reason.get_untracked(),
            ticket: Some(ticket).filter(|ticket| !ticket.trim().is_empty()),
        };
        let Created { id } = call(Method::Post, "/api/v1/requests", &asked).await?;
        Ok(id)
    }
}

/// The form that asks for a restart. Its button says what it asks for, and of what.
#[component]
pub(super) fn RestartForm(target: TargetRef, ticket: TicketRule, draft: Draft) -> impl IntoView {
    let t = phrases();
    let navigate = use_navigate();
    let name = target.name.to_string();
    let Draft { reason, ticket: ticket_text, busy, failure } = draft;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (target, navigate) = (target.clone(), navigate.clone());
        spawn_local(async move {
            let asked = draft.ask(target).await;
            busy.set(false);
            match asked {
                Ok(id) => navigate(&format!("/requests/{id}"), NavigateOptions::default()),
                Err(trouble) => failure.set(Some(trouble)),
            }
        });
    };
    let says = move || {
        if busy.get() {
            return t.say(restart::SENDING).to_owned();
        }
        t.fill(restart::SUBMIT, &[("name", &name)])
    };
    let (ticket_hint, ticket_required) = match ticket {
        TicketRule::Required => (restart::TICKET_REQUIRED, true),
        TicketRule::Optional => (restart::TICKET_OPTIONAL, false),
    };
    view! {
        <form class="form form-boxed" on:submit=submit>
            <div class="field">
                <label class="field-label" for="reason">
                    {t.say(restart::REASON)}
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
                    {t.say(restart::REASON_HINT)}
                </p>
            </div>
            <div class="field">
                <label class="field-label" for="ticket">
                    {t.say(restart::TICKET)}
                </label>
                <input
                    id="ticket"
                    class="input"
                    required=ticket_required
                    maxlength=TICKET_MAX.to_string()
                    autocomplete="off"
                    aria-describedby="ticket-hint"
                    bind:value=ticket_text
                />
                <p id="ticket-hint" class="field-hint">
                    {t.say(ticket_hint)}
                </p>
            </div>
            <div aria-live="assertive">
                {move || failure.get().map(|failure| view! { <ProblemNotice failure=failure /> })}
            </div>
            <button
                type="submit"
                class="button button-primary"
                aria-disabled=move || busy.get().to_string()
            >
                {says}
            </button>
        </form>
    }
}
