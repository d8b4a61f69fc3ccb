//! The form that asks for what was reviewed: why, where that is written down, and which guard rails are to be lifted.

use domain::{
    ProblemCode,
    actions::{ActionKind, Parameters, Review, TargetRef, Tripped},
    ids::RequestId,
    policy::GuardRail,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use serde::{Deserialize, Serialize};

use super::read::Wording;
use crate::{
    Failure,
    actions::rails::Rail,
    browser::{Method, call},
    components::{Bell, Trouble, Views, reason_field, ticket_field},
    messages::{actions, phrases, rails},
};

/// What a person has written so far.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    reason: RwSignal<String>,
    ticket: RwSignal<String>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    /// Rings when the target has to be looked at again.
    pub(super) reviewed_anew: Bell,
}

/// Exactly what was reviewed, with the person's words.
#[derive(Clone, Serialize)]
struct Asked {
    action: ActionKind,
    target: TargetRef,
    parameters: Parameters,
    lifts: Vec<GuardRail>,
    reason: String,
    ticket: Option<String>,
}

#[derive(Deserialize)]
struct Created {
    id: RequestId,
}

impl Draft {
    /// Nothing written yet.
    pub(super) fn new() -> Self {
        Self {
            reason: RwSignal::default(),
            ticket: RwSignal::default(),
            busy: RwSignal::default(),
            failure: RwSignal::default(),
            reviewed_anew: Bell::new(),
        }
    }

    /// Nothing written any more.
    pub(super) fn clear(self) {
        self.reason.set(String::new());
        self.ticket.set(String::new());
        self.failure.set(None);
    }

    async fn ask(self, asked: Asked) -> Result<RequestId, Failure> {
        let ticket = self.ticket.get_untracked();
        let asked = Asked {
            reason: self.reason.get_untracked(),
            ticket: Some(ticket).filter(|ticket| !ticket.trim().is_empty()),
            ..asked
        };
        let Created { id } = call(Method::Post, "/api/v1/requests", &asked).await?;
        Ok(id)
    }

    fn end(self, failure: Failure) {
        // What stands on the page is no longer so: it is looked at again, beside the refusal.
        const MOVED: [ProblemCode; 4] = [
            ProblemCode::GuardRail,
            ProblemCode::NotTripped,
            ProblemCode::NothingToChange,
            ProblemCode::Unsuited,
        ];
        if let Failure::Problem(problem) = &failure
            && MOVED.contains(&problem.code)
        {
            self.reviewed_anew.ring();
        }
        self.failure.set(Some(failure));
    }
}

/// The form that asks. Its button says what it asks for, and of what; it cannot be pressed before every guard rail that
/// stands against it is asked to be lifted.
#[component]
pub(super) fn SubmitForm(words: Wording, review: Review, draft: Draft) -> impl IntoView {
    let t = phrases();
    let navigate = use_navigate();
    let Draft { busy, failure, .. } = draft;
    let asked = Asked {
        action: review.action,
        target: review.target.to_ref(),
        parameters: review.parameters.clone(),
        lifts: review.lifts.clone(),
        reason: String::new(),
        ticket: None,
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (asked, navigate) = (asked.clone(), navigate.clone());
        spawn_local(async move {
            let ended = draft.ask(asked).await;
            busy.set(false);
            match ended {
                Ok(id) => navigate(&format!("/requests/{id}"), NavigateOptions::default()),
                Err(failure) => draft.end(failure),
            }
        });
    };
    let label = words.submit;
    let says = move || if busy.get() { t.say(actions::SENDING).to_owned() } else { label.clone() };
    let lifts = review.preview.tripped.iter().cloned().map(lift).views();
    view! {
        <form class="form form-boxed" on:submit=submit>
            {lifts}
            {reason_field(words.reason, draft.reason)}
            {ticket_field(review.ticket, review.ticket_pattern, draft.ticket)}
            <div aria-live="assertive">
                <Trouble failure=failure />
            </div>
            <button
                type="submit"
                class="button button-primary"
                aria-disabled=move || busy.get().to_string()
            >
                {move || says()}
            </button>
        </form>
    }
}

/// A guard rail that stands against it. The browser itself holds the form back until it is asked to be lifted.
fn lift(tripped: Tripped) -> impl IntoView {
    let t = phrases();
    let needed = tripped.lifted_by.and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
    let name = format!("lift-{}", tripped.rail);
    view! {
        <div class="notice" data-tone="caution">
            <p class="notice-title">
                <span class="badge-shape" aria-hidden="true"></span>
                {t.say(rails::STANDS)}
            </p>
            <Rail tripped=tripped>
                <label class="check">
                    <input type="checkbox" name=name required />
                    <span>{t.count(rails::LIFT, needed)}</span>
                </label>
            </Rail>
        </div>
    }
}
