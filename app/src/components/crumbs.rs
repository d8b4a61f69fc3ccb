//! Where a page stands.

use leptos::prelude::*;
use leptos_router::components::A;

use super::Views;
use crate::messages::{frame, phrases};

/// One step on the way to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Crumb {
    /// What it is called.
    pub(crate) label: String,
    /// Where it leads.
    pub(crate) href: String,
}

impl Crumb {
    /// A step.
    pub(crate) fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// The way to a page, without the page itself.
#[component]
pub(crate) fn Crumbs(way: Vec<Crumb>) -> impl IntoView {
    let steps = way.into_iter().map(|Crumb { label, href }| {
        view! {
            <li>
                <A href=href exact=true>
                    {label}
                </A>
            </li>
        }
    });
    view! {
        <nav class="crumbs" aria-label=phrases().say(frame::CRUMBS)>
            <ol>{steps.views()}</ol>
        </nav>
    }
}
