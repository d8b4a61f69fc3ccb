//! Signing out.

use leptos::{prelude::*, task::spawn_local};

use super::passkeys::sign_out;
use crate::{
    Failure, browser,
    components::Trouble,
    live::Live,
    messages::{frame, phrases},
};

/// The button that signs out, and says so if it could not.
#[component]
pub(super) fn SignOutButton() -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let live = expect_context::<Live>();
    let leave = move |_| {
        live.rest();
        spawn_local(async move {
            match sign_out().await {
                Ok(()) => browser::go("/sign-in"),
                Err(trouble) => {
                    live.resume_home();
                    failure.set(Some(trouble));
                }
            }
        });
    };
    view! {
        <button type="button" class="button" on:click=leave>
            {phrases().say(frame::SIGN_OUT)}
        </button>
        <Trouble failure=failure />
    }
}
