//! Whether the page is kept up to date.

use leptos::prelude::*;

use crate::{
    components::{Badge, Tone},
    live::{Connection, Live},
    messages::{frame, phrases},
};

/// Says whether the page is kept up to date; speaks up when it no longer is.
#[component]
pub(crate) fn ConnectionState() -> impl IntoView {
    let t = phrases();
    let live = expect_context::<Live>();
    let said = move || {
        let (tone, message) = match live.connection.get() {
            Connection::Opening => (Tone::Neutral, frame::CONNECTING),
            Connection::Open => (Tone::Good, frame::LIVE),
            Connection::Lost => (Tone::Caution, frame::RECONNECTING),
            Connection::Ended => (Tone::Danger, frame::ENDED),
        };
        view! { <Badge tone=tone label=t.say(message) /> }
    };
    view! {
        <div class="connection" role="status">
            {move || said()}
        </div>
    }
}
