//! The way to the next page of a list.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::messages::{frame, phrases};

/// The way to the next page of a list, and back to its first.
#[component]
pub(crate) fn Pager(
    /// The first page; absent on it.
    first: Option<String>,
    /// The next page; absent on the last.
    next: Option<String>,
) -> impl IntoView {
    let t = phrases();
    let link = |href: Option<String>, label| {
        href.map(|href| {
            view! {
                <A href=href attr:class="button">
                    {t.say(label)}
                </A>
            }
        })
    };
    let any = first.is_some() || next.is_some();
    any.then(|| {
        view! {
            <nav class="pager" aria-label=t.say(frame::PAGES)>
                {link(first, frame::FIRST_PAGE)}
                {link(next, frame::NEXT_PAGE)}
            </nav>
        }
    })
}
