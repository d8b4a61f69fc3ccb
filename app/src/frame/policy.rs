//! The warning that the policy folder is not what is in force.

use domain::policy::PolicyWarning;
use leptos::prelude::*;

use crate::{
    components::{Ago, Notice, Tone},
    messages::{frame, phrases},
};

/// Says that an older policy is in force, and to whoever may know it, why.
#[component]
pub(super) fn PolicyNotice(warning: PolicyWarning) -> impl IntoView {
    let t = phrases();
    let PolicyWarning { in_force_since, trouble } = warning;
    let trouble = trouble.map(|trouble| {
        view! {
            <p>
                <code>{trouble.to_string()}</code>
            </p>
        }
    });
    view! {
        <Notice tone=Tone::Caution title=t.say(frame::OLD_POLICY)>
            <p>{t.say(frame::OLD_POLICY_WHY)} " " <Ago at=in_force_since /></p>
            {trouble}
        </Notice>
    }
}
