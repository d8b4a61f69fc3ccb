//! The name over the gate.

use leptos::prelude::*;
use leptos_router::components::A;

/// The mark and the name, leading home.
#[component]
pub(crate) fn Brand() -> impl IntoView {
    view! {
        <A href="/" attr:class="brand">
            <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
                <rect width="32" height="32" rx="7"></rect>
                <path d="M5 10h22M8 15h16M11 10v16M21 10v16"></path>
            </svg>
            <span class="brand-name">"Sekisho"</span>
            <span class="brand-kanji" lang="ja" aria-hidden="true">
                "関所"
            </span>
        </A>
    }
}
