//! What more there is to say, below the first line of a cell or a fact.

use leptos::prelude::*;

/// Says more, in smaller letters on a line of its own.
pub(crate) fn more(what: impl IntoAny) -> AnyView {
    let what = what.into_any();
    view! { <span class="cell-more">{what}</span> }.into_any()
}
