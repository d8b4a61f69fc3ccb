//! The frame around the way in.

use leptos::prelude::*;

use super::{banner::DemoBanner, brand::Brand};
use crate::{identity::SignInAgain, surroundings::Switches};

/// A page for whoever stands before the gate.
#[component]
pub(crate) fn Threshold(children: Children) -> impl IntoView {
    view! {
        <DemoBanner />
        <Gate>{children()}</Gate>
    }
}

/// The way in, at the address of a page that asks for a signed-in person.
#[component]
pub(crate) fn SignInHere() -> impl IntoView {
    view! {
        <Gate>
            <SignInAgain />
        </Gate>
    }
}

#[component]
fn Gate(children: Children) -> impl IntoView {
    view! {
        <main id="content" class="threshold">
            <div class="threshold-card">
                <Brand />
                {children()}
            </div>
            <Switches />
        </main>
    }
}
