//! Something that a person should notice.

use leptos::prelude::*;

use super::Tone;

/// A block that stands out by tone, shape and words.
#[component]
pub(crate) fn Notice(
    /// How it feels.
    tone: Tone,
    /// What it says first.
    #[prop(into)]
    title: String,
    /// What more there is to say.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    // Good news waits its turn; bad news is read out at once.
    let role = if matches!(tone, Tone::Danger) { "alert" } else { "status" };
    view! {
        <div class="notice" data-tone=tone.as_str() role=role>
            <p class="notice-title">
                <span class="badge-shape" aria-hidden="true"></span>
                {title}
            </p>
            {children.map(|children| view! { <div class="notice-more">{children()}</div> })}
        </div>
    }
}
