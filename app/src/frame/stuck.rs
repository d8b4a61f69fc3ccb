//! The warning that notifications do not arrive.

use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

use crate::{
    components::{Notice, Tone},
    messages::{notifications as messages, phrases},
    notifications,
};

/// Says that notifications do not arrive, to whoever may mend them, and leads there.
#[component]
pub(super) fn StuckNotice(stuck: u64) -> impl IntoView {
    let t = phrases();
    let stuck = usize::try_from(stuck).unwrap_or(usize::MAX);
    let path = use_location().pathname;
    // Its own page tells more, and tells it anew after each try.
    let elsewhere = move || path.read().as_str() != notifications::PATH;
    move || {
        elsewhere().then(|| {
            view! {
                <Notice tone=Tone::Caution title=t.say(messages::STUCK_NOW)>
                    <p>
                        <A href=notifications::PATH>{t.count(messages::STUCK_COUNT, stuck)}</A>
                    </p>
                </Notice>
            }
        })
    }
}
