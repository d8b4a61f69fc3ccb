//! The last lines of a container that fails, as they were written: they wrap and never push the page wide.

use leptos::prelude::*;

use super::case::LastLines;
use crate::components::Section;

/// The last lines, or why there are none.
#[component]
pub(super) fn Lines(of: LastLines) -> impl IntoView {
    let told = match of.told {
        Ok(lines) => view! { <pre class="lines">{lines}</pre> }.into_any(),
        Err(why) => view! { <p class="muted">{why}</p> }.into_any(),
    };
    view! {
        <Section id="last-lines" title=of.title>
            {told}
        </Section>
    }
}
