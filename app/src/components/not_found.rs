//! The answer to what does not exist and to what is not this person's to see: the same.

use leptos::prelude::*;
use leptos_router::components::A;

use super::PageHeading;
use crate::messages::{frame, phrases};

/// The page at an address that leads nowhere; the response says 404.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::rendering::set_status(domain::ProblemCode::NotVisible);
    view! { <NotThere /> }
}

/// Says that there is nothing here, whatever the reason.
#[component]
pub(crate) fn NotThere() -> impl IntoView {
    let t = phrases();
    view! {
        <PageHeading title=t.say(frame::NOT_FOUND) />
        <p class="prose">{t.say(frame::NOT_FOUND_WHY)}</p>
        <p class="prose">{t.say(frame::NOT_FOUND_NEXT)}</p>
        <p>
            <A href="/tenants" attr:class="button">
                {t.say(frame::TENANTS)}
            </A>
        </p>
    }
}
