//! The place where somebody agrees or refuses.

use domain::approvals::{COMMENT_MAX, Decision};
use leptos::prelude::*;

use super::{Desk, Matter, Stage};
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
    let comment = desk.comment;
    let missing = move || desk.comment_missing.get();
    let say = |decision, label| {
        let label = t.say(label).to_owned();
        may.contains(&decision).then(|| button(matter.clone(), desk, decision, label))
    };
    view! {
        <div class="form form-boxed">
            <p>{t.say(hint)}</p>
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
                    {t.say(requests::COMMENT_HINT)}
                </p>
                <p id="comment-missing" class="field-error" role="alert">
                    {move || missing().then(|| t.say(requests::COMMENT_MISSING))}
                </p>
            </div>
            <div class="button-row">
                {say(Decision::Approve, requests::APPROVE)} {say(Decision::Deny, requests::DENY)}
            </div>
        </div>
    }
    .into_any()
}

/// A button that signs.
pub(crate) fn button(matter: Matter, desk: Desk, decision: Decision, label: String) -> AnyView {
    let look = match decision {
        Decision::Approve => "button button-primary",
        Decision::Execute => "button button-danger",
        _ => "button",
    };
    view! {
        <button
            type="button"
            class=look
            aria-disabled=move || (desk.stage.get() != Stage::Idle).to_string()
            on:click=move |_| desk.decide(decision, matter.clone())
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
