//! What can be copied: an identifier, and the button that copies anything.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser,
    messages::{frame, phrases},
};

/// How long the button says that it copied.
const SAID_FOR: Duration = Duration::from_secs(2);

/// An identifier in monospace, with a button that copies it.
#[component]
pub(crate) fn Copyable(
    /// What is copied.
    #[prop(into)]
    text: String,
    /// What it is, for the button's name.
    #[prop(into)]
    what: String,
) -> impl IntoView {
    view! {
        <span class="copyable">
            <code>{text.clone()}</code>
            <CopyButton text what />
        </span>
    }
}

/// A button that copies a text, and says that it did.
#[component]
pub(crate) fn CopyButton(
    /// What is copied.
    text: String,
    /// What it is, for the button's name.
    #[prop(into)]
    what: String,
) -> impl IntoView {
    let t = phrases();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            if browser::copy(&text).await {
                copied.set(true);
                set_timeout(move || copied.set(false), SAID_FOR);
            }
        });
    };
    let label = t.fill(frame::COPY, &[("what", &what)]);
    view! {
        <button type="button" class="copy-button" aria-label=label on:click=copy>
            <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d="M5.5 5.5h7v8h-7zM3.5 10.5v-8h7"></path>
            </svg>
        </button>
        <span class="copied" role="status">
            {move || copied.get().then(|| t.say(frame::COPIED))}
        </span>
    }
}
