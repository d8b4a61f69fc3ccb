//! Where in the wizard a person stands: review, sign, watch it happen.

use std::cmp::Ordering;

use leptos::prelude::*;

use crate::{
    components::Views,
    messages::{actions, phrases},
};

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
    let steps = steps.map(|(step, label)| (t.say(label).to_owned(), step.cmp(&at)));
    ladder(t.say(actions::STEPS), steps)
}

/// Steps in order under one name, each by how it stands to the present one.
pub(super) fn ladder(
    name: &'static str,
    steps: impl IntoIterator<Item = (String, Ordering)>,
) -> AnyView {
    let steps = steps.into_iter().map(|(label, stands)| {
        let state = match stands {
            Ordering::Less => "done",
            Ordering::Equal => "current",
            Ordering::Greater => "ahead",
        };
        view! {
            <li class="step" data-state=state aria-current=stands.is_eq().then_some("step")>
                {label}
            </li>
        }
    });
    view! {
        <ol class="steps" aria-label=name>
            {steps.views()}
        </ol>
    }
    .into_any()
}
