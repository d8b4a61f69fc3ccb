//! A place where nothing is yet.

use leptos::prelude::*;

/// Says what would be here, and how to get it.
#[component]
pub(crate) fn Empty(
    /// What is missing.
    #[prop(into)]
    title: String,
    /// How it comes here.
    #[prop(into)]
    hint: String,
    /// A way to it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            <p class="empty-hint">{hint}</p>
            {children.map(|children| children())}
        </div>
    }
}
