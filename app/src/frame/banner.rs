//! The banner of a demo.

use leptos::prelude::*;

use crate::{
    messages::{frame, phrases},
    surroundings::{Deployment, Surroundings},
};

/// Says on every page of a demo that it is one.
#[component]
pub(crate) fn DemoBanner() -> impl IntoView {
    let t = phrases();
    let Surroundings { deployment, .. } = use_context().unwrap_or_default();
    (deployment == Deployment::Demo)
        .then(|| view! { <p class="demo-banner">{t.say(frame::DEMO)}</p> })
}
