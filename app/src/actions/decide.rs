//! The place where a person decides: approve, deny, execute, take back. Only what they may do is offered.

use domain::{
    approvals::{COMMENT_MAX, Decision},
    identity::Me,
};
use leptos::prelude::*;

use super::{
    case::{Case, Outlook},
    sign::{Desk, Stage},
};
use crate::{
    components::Section,
    messages::{phrases, requests},
};

/// What this person may decide now; nothing where there is nothing to decide.
#[component]
pub(super) fn Decisions(request: Case, desk: Desk) -> impl IntoView {
    let t = phrases();
    let (id, may_withdraw) = (request.view.body.id, request.view.may_withdraw);
    let execute = request.said.execute.clone();
    let (withdraw, hint) = request.said.take_back.clone();
    let may = |decision| offers(&request, decision);
    let approving = may(Decision::Approve) || may(Decision::Deny);
    let executing = may(Decision::Execute);
    let (to_approve, to_execute) = (request.clone(), request);
    let approving = approving.then(|| {
        view! {
            <Section id="decide" title=t.say(requests::DECIDE)>
                <Approving request=to_approve desk=desk />
            </Section>
        }
    });
    let executing = executing.then(|| {
        view! {
            <Section id="execute" title=t.say(requests::EXECUTE_TITLE)>
                <Executing request=to_execute label=execute desk=desk />
            </Section>
        }
    });
    let withdrawing = may_withdraw.then(|| {
        view! {
            <p class="button-row">
                <button type="button" class="button" on:click=move |_| desk.withdraw(id)>
                    {withdraw}
                </button>
            </p>
            <p class="field-hint">{hint}</p>
        }
    });
    view! {
        {approving}
        {executing}
        <StageNote desk=desk />
        {withdrawing}
    }
}

/// Nothing is left to decide about a target that is no longer what was asked about.
fn offers(request: &Case, decision: Decision) -> bool {
    let drifted = matches!(request.now, Some(Outlook::Drifted(_)));
    request.view.may.contains(&decision) && !drifted
}

#[component]
fn Approving(request: Case, desk: Desk) -> impl IntoView {
    let t = phrases();
    let comment = desk.comment;
    let missing = move || desk.comment_missing.get();
    view! {
        <div class="form form-boxed">
            <p>{t.say(requests::DECIDE_HINT)}</p>
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
                {button(&request, desk, Decision::Approve, t.say(requests::APPROVE).to_owned())}
                {button(&request, desk, Decision::Deny, t.say(requests::DENY).to_owned())}
            </div>
        </div>
    }
}

#[component]
fn Executing(request: Case, label: String, desk: Desk) -> impl IntoView {
    let t = phrases();
    view! {
        <div class="form form-boxed">
            <p>{t.say(requests::EXECUTE_HINT)}</p>
            <div class="button-row">{button(&request, desk, Decision::Execute, label)}</div>
        </div>
    }
}

/// A button that signs; absent where this person may not decide so.
fn button(
    request: &Case,
    desk: Desk,
    decision: Decision,
    label: String,
) -> Option<impl IntoView + use<>> {
    let look = match decision {
        Decision::Approve => "button button-primary",
        Decision::Execute => "button button-danger",
        _ => "button",
    };
    let person = expect_context::<Me>().login;
    let shown = request.clone();
    offers(request, decision).then(|| {
        view! {
            <button
                type="button"
                class=look
                aria-disabled=move || (desk.stage.get() != Stage::Idle).to_string()
                on:click=move |_| desk.decide(decision, shown.clone(), person.clone())
            >
                {label}
            </button>
        }
    })
}

#[component]
fn StageNote(desk: Desk) -> impl IntoView {
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
