//! Where in the wizard a person stands: review, sign, watch it happen.

use leptos::prelude::*;

use crate::messages::{actions, phrases};

/// A step of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Looking at what would happen, and asking for it.
    Review,
    /// Approvals are gathered, then the requester's touch.
    Sign,
    /// The effect is on its way or over.
    Watch,
}

/// The steps of the wizard, with the present one marked.
#[component]
pub(super) fn Steps(at: Step) -> impl IntoView {
    let t = phrases();
    let steps = [
        (Step::Review, actions::STEP_REVIEW),
        (Step::Sign, actions::STEP_SIGN),
        (Step::Watch, actions::STEP_WATCH),
    ];
    let steps = steps.map(|(step, label)| {
        let state = match step.cmp(&at) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "current",
            std::cmp::Ordering::Greater => "ahead",
        };
        view! {
            <li class="step" data-state=state aria-current=(step == at).then_some("step")>
                {t.say(label)}
            </li>
        }
    });
    view! {
        <ol class="steps" aria-label=t.say(actions::STEPS)>
            {steps}
        </ol>
    }
}
