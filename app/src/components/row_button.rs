//! A button that stands in a row of a table.

use leptos::prelude::*;

use crate::messages::{Message, phrases};

/// Says briefly what it does; whoever does not see its row hears the whole of it.
#[component]
pub(crate) fn RowButton(
    /// What it does.
    label: Message,
    /// What it does, and to what.
    name: String,
    /// Does it.
    press: Box<dyn Fn()>,
) -> AnyView {
    view! {
        <button
            type="button"
            class="button button-small"
            aria-label=name
            on:click=move |_| press()
        >
            {phrases().say(label)}
        </button>
    }
    .into_any()
}
