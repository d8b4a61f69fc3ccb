//! The place where somebody agrees or refuses.

use std::sync::Arc;

use domain::approvals::{COMMENT_MAX, Decision};
use leptos::prelude::*;

use super::desk::{Desk, Matter, Stage};
use crate::messages::{Message, phrases, requests};

/// A word, a yes and a no; each only where this person may say it.
#[component]
pub(crate) fn Approving(
    /// What they may say.
    may: Vec<Decision>,
    /// What is decided about.
    matter: Matter,
    /// What a signature commits to, in words.
    hint: Message,
    desk: Desk,
) -> AnyView {
    let t = phrases();
    let say = |decision: Decision, label: Message, class: &'static str| {
        let (matter, label) = (matter.clone(), t.say(label));
        let choice: Choice = Arc::new(move || Some(decision));
        may.contains(&decision).then(|| {
            view! { <SignButton matter=matter desk=desk choice=choice label=label class=class /> }
        })
    };
    let approve = say(Decision::Approve, requests::APPROVE, "button button-primary");
    let deny = say(Decision::Deny, requests::DENY, "button");
    view! {
        <div class="form form-boxed">
            <p>{t.say(hint)}</p>
            {comment_field(desk, requests::COMMENT_HINT, requests::COMMENT_MISSING)}
            <div class="button-row">
                {approve} {deny}
            </div>
        </div>
    }
    .into_any()
}

/// Where whoever decides writes a word.
pub(crate) fn comment_field(
    desk: Desk,
    // When one is needed.
    hint: Message,
    // That it is missing.
    lacks: Message,
) -> AnyView {
    let t = phrases();
    let comment = desk.comment;
    let missing = move || desk.comment_missing.get();
    view! {
        <div class="field">
            <label class="field-label" for="comment">
                {t.say(requests::COMMENT)}
            </label>
            <textarea
                id="comment"
                class="input"
                rows="2"
                maxlength=COMMENT_MAX.to_string()
                aria-describedby="comment-hint comment-missing"
                aria-invalid=move || missing().to_string()
                node_ref=desk.comment_field
                prop:value=comment
                on:input:target=move |event| comment.set(event.target().value())
            ></textarea>
            <p id="comment-hint" class="field-hint">
                {t.say(hint)}
            </p>
            <p id="comment-missing" class="field-error" role="alert">
                {move || missing().then(|| t.say(lacks))}
            </p>
        </div>
    }
    .into_any()
}

/// What is signed; nothing while something else comes first.
pub(crate) type Choice = Arc<dyn Fn() -> Option<Decision> + Send + Sync>;

/// A button that signs.
#[component]
pub(crate) fn SignButton(
    /// What is decided about.
    matter: Matter,
    desk: Desk,
    choice: Choice,
    /// What it says.
    #[prop(into)]
    label: String,
    /// How it looks.
    #[prop(default = "button button-primary")]
    class: &'static str,
    /// In which element it stands what comes first.
    #[prop(optional)]
    waits_for: Option<&'static str>,
) -> AnyView {
    let chosen = choice.clone();
    let press = move |_| {
        if let Some(decision) = untrack(|| chosen()) {
            desk.decide(decision, matter.clone());
        }
    };
    let is_held = move || choice().is_none() || desk.stage.get() != Stage::Idle;
    view! {
        <button
            type="button"
            class=class
            aria-disabled=move || is_held().to_string()
            aria-describedby=waits_for
            on:click=press
        >
            {label}
        </button>
    }
    .into_any()
}

/// What is under way.
#[component]
pub(crate) fn StageNote(desk: Desk) -> impl IntoView {
    let t = phrases();
    let note = move || match desk.stage.get() {
        Stage::Idle => "",
        Stage::Asking => t.say(requests::ASKING),
        Stage::Touching => t.say(requests::SIGNING),
        Stage::Sending => t.say(requests::SENDING),
    };
    view! {
        <p class="field-hint" role="status">
            {move || note()}
        </p>
    }
}
