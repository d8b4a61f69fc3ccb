//! Moments, told from now, with the exact time on hover.
//!
//! Now is the server's clock, carried on in the browser by the span that passed: a wrong clock on
//! somebody's machine makes nothing look older or younger than it is.

use std::time::Duration;

use domain::time::Timestamp;
use leptos::prelude::*;

use super::span::{ago, ahead, exact, span};
use crate::{browser, messages::phrases};

/// How often ages move on.
const TICK: Duration = Duration::from_secs(5);

/// The present moment, as the server sees it.
#[derive(Clone, Copy)]
pub(crate) struct Now(ReadSignal<Timestamp>);

impl Now {
    /// Makes the present moment known to the components below, and keeps it moving.
    pub(crate) fn provide(server: Timestamp) {
        let (now, move_on) = signal(server);
        provide_context(Self(now));
        // Effects run in browsers only.
        Effect::new(move |_| {
            let begun = browser::milliseconds();
            let tick = move || move_on.set(server.plus(since(begun)));
            if let Ok(ticking) = set_interval_with_handle(tick, TICK) {
                on_cleanup(move || ticking.clear());
            }
        });
    }

    /// The present moment; follows it. The one of the frame, which is there for longer than any page: what is left of
    /// a page while it is read anew still looks at it.
    pub(crate) fn get() -> ReadSignal<Timestamp> {
        expect_context::<Self>().0
    }
}

fn since(begun: f64) -> Duration {
    let passed = (browser::milliseconds() - begun).max(0.0);
    Duration::try_from_secs_f64(passed / 1000.0).unwrap_or_default()
}

/// How long ago a moment was: `5 min ago`.
#[component]
pub(crate) fn Ago(at: Timestamp) -> impl IntoView {
    let (t, now) = (phrases(), Now::get());
    time(at, move || ago(t, now.get(), at))
}

/// How long something has been: `5 min`.
#[component]
pub(crate) fn Age(since: Timestamp) -> impl IntoView {
    let (t, now) = (phrases(), Now::get());
    time(since, move || span(t, now.get().since(since)))
}

/// How far ahead a moment is: `in 5 min`.
#[component]
pub(crate) fn Ahead(at: Timestamp) -> impl IntoView {
    let (t, now) = (phrases(), Now::get());
    time(at, move || ahead(t, now.get(), at))
}

/// How far ahead a moment is, or how long ago it was.
#[component]
pub(crate) fn When(at: Timestamp) -> impl IntoView {
    let (t, now) = (phrases(), Now::get());
    time(at, move || {
        let now = now.get();
        if now < at { ahead(t, now, at) } else { ago(t, now, at) }
    })
}

fn time(at: Timestamp, text: impl Fn() -> String + Send + Sync + 'static) -> impl IntoView {
    view! {
        <time class="moment" datetime=at.to_string() title=exact(at)>
            {move || text()}
        </time>
    }
}
