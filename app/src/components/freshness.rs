//! How old what is shown may be.

use domain::resources::{Freshness, WatchState};
use leptos::prelude::*;

use super::{Badge, Now, Tone, span::ago};
use crate::messages::{frame, phrases, times};

/// Says how old what is shown may be; speaks up when it is stale.
#[component]
pub(crate) fn FreshnessNote(freshness: Freshness) -> impl IntoView {
    let (t, now) = (phrases(), Now::get());
    let heard = move || match freshness.heard_at {
        Some(at) => ago(t, now.get(), at),
        None => t.say(times::NEVER).to_owned(),
    };
    match freshness.watch {
        WatchState::Live => {
            let since = move || t.fill(frame::HEARD, &[("when", &heard())]);
            view! {
                <p class="freshness">
                    <Badge tone=Tone::Good label=t.say(frame::WATCH_LIVE) />
                    <span class="freshness-age">{move || since()}</span>
                </p>
            }
            .into_any()
        }
        WatchState::Starting => view! {
            <p class="freshness" role="status">
                <Badge tone=Tone::Busy label=t.say(frame::WATCH_STARTING) />
            </p>
        }
        .into_any(),
        WatchState::Stale => {
            let stale = move || t.fill(frame::WATCH_STALE, &[("when", &heard())]);
            view! {
                <p class="freshness freshness-stale" role="status">
                    {move || view! { <Badge tone=Tone::Caution label=stale() /> }}
                </p>
            }
            .into_any()
        }
    }
}
