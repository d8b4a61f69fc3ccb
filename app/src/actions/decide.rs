//! The place where a person decides: approve, deny, execute, take back. Only what they may do is offered.

use std::sync::Arc;

use domain::{approvals::Decision, identity::Me};
use leptos::prelude::*;

use super::{
    case::{Case, Outlook},
    sign::matter,
};
use crate::{
    components::Section,
    messages::{phrases, requests},
    signing::{Approving, Choice, Desk, SignButton, StageNote},
};

/// What this person may decide now; nothing where there is nothing to decide.
#[component]
pub(super) fn Decisions(request: Case, desk: Desk) -> impl IntoView {
    let t = phrases();
    let (id, may_withdraw) = (request.view.body.id, request.view.may_withdraw);
    let execute = request.said.execute.clone();
    let (withdraw, hint) = request.said.take_back.clone();
    let may = offers(&request);
    let matter = matter(request, expect_context::<Me>().login);
    let executing = may.contains(&Decision::Execute).then(|| {
        let matter = matter.clone();
        let choice: Choice = Arc::new(|| Some(Decision::Execute));
        view! {
            <Section id="execute" title=t.say(requests::EXECUTE_TITLE)>
                <div class="form form-boxed">
                    <p>{t.say(requests::EXECUTE_HINT)}</p>
                    <div class="button-row">
                        <SignButton
                            matter=matter
                            desk=desk
                            choice=choice
                            label=execute
                            class="button button-danger"
                        />
                    </div>
                </div>
            </Section>
        }
    });
    let approves = may.contains(&Decision::Approve) || may.contains(&Decision::Deny);
    let approving = approves.then(|| {
        view! {
            <Section id="decide" title=t.say(requests::DECIDE)>
                <Approving may=may matter=matter hint=requests::DECIDE_HINT desk=desk />
            </Section>
        }
    });
    let withdraw_path = format!("/api/v1/requests/{id}/withdrawal");
    let withdrawing = may_withdraw.then(|| {
        view! {
            <p class="button-row">
                <button
                    type="button"
                    class="button"
                    on:click=move |_| desk.order(withdraw_path.clone())
                >
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
fn offers(request: &Case) -> Vec<Decision> {
    match request.now {
        Some(Outlook::Drifted(_)) => Vec::new(),
        _ => request.view.may.clone(),
    }
}
