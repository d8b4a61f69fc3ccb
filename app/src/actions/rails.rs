//! Guard rails on the pages of actions: what stands against one, and what an approver would lift.

use domain::{
    actions::{PreviewReport, Tripped},
    policy::GuardRail,
};
use leptos::prelude::*;

use super::case::CaseView;
use crate::{
    components::{Notice, Tone, Views, rail_name, rail_told},
    messages::{phrases, rails},
};

/// One guard rail, its limit and what was found.
#[component]
pub(super) fn Rail(
    tripped: Tripped,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let t = phrases();
    view! {
        <div class="rail">
            <p>
                <strong>{rail_name(t, tripped.rail)}</strong>
                " — "
                {rail_told(t, &tripped)}
            </p>
            {children.map(|children| children())}
        </div>
    }
}

/// Tells an approver, before anything else, which guard rails an approval would lift.
pub(super) fn lifted(view: &CaseView, shown: &PreviewReport) -> Option<AnyView> {
    let t = phrases();
    let of = |rail: GuardRail| {
        // One that no longer stands is told as it stood when it was asked to be lifted.
        let told = shown.tripped.iter().chain(&view.preview.tripped);
        told.clone().find(|tripped| tripped.rail == rail).cloned()
    };
    let asked = view.body.lifts.iter().filter_map(|rail| of(*rail));
    let asked = asked.map(|tripped| view! { <Rail tripped=tripped /> }).views();
    (!view.body.lifts.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Caution title=t.say(rails::ASKED_TO_LIFT)>
                {asked}
                <p>{t.say(rails::ASKED_TO_LIFT_MORE)}</p>
            </Notice>
        }
        .into_any()
    })
}

/// Tells which guard rails stand against a request that did not ask for them to be lifted.
pub(super) fn standing(view: &CaseView, shown: &PreviewReport) -> Option<AnyView> {
    let t = phrases();
    let other = |tripped: &&Tripped| !view.body.lifts.contains(&tripped.rail);
    let others: Vec<_> = shown.tripped.iter().filter(other).cloned().collect();
    (!others.is_empty()).then(|| {
        let others = others.into_iter().map(|tripped| view! { <Rail tripped=tripped /> });
        view! {
            <Notice tone=Tone::Caution title=t.say(rails::STANDS_NOW)>
                {others.views()}
            </Notice>
        }
        .into_any()
    })
}
