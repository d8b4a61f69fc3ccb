//! A field of a form that filters a list.

use leptos::prelude::*;

use crate::messages::{Message, phrases};

/// A field of a form that filters a list.
#[component]
pub(crate) fn FilterField(
    label: Message,
    /// What it is called in the address.
    name: &'static str,
    /// What stands in it.
    value: String,
    /// The kind of input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What somebody might write.
    #[prop(optional)]
    example: Option<&'static str>,
) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{phrases().say(label)}</span>
            <input
                class="input"
                type=kind
                name=name
                value=value
                placeholder=example
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
        </label>
    }
    .into_any()
}
