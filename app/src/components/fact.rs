//! One fact of a description list.

use leptos::prelude::*;

/// A term and what it is. Stands in a `<dl class="facts">`.
#[component]
pub(crate) fn Fact(#[prop(into)] term: String, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{term}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
