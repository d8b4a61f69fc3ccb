//! What the cluster reported about a pod.

use domain::resources::{EventKind, EventRow};
use leptos::prelude::*;

use crate::{
    components::{Ago, Badge, Empty, Tone},
    messages::{phrases, pods},
};

/// Events, the newest first.
#[component]
pub(super) fn Events(items: Vec<EventRow>) -> impl IntoView {
    let t = phrases();
    if items.is_empty() {
        return view! { <Empty title=t.say(pods::NO_EVENTS) hint=t.say(pods::NO_EVENTS_MORE) /> }
            .into_any();
    }
    view! {
        <div class="table-box">
            <table class="table table-stacking">
                <caption class="visually-hidden">{t.say(pods::EVENTS_CAPTION)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.say(pods::EVENT)}</th>
                        <th scope="col">{t.say(pods::REASON)}</th>
                        <th scope="col">{t.say(pods::MESSAGE)}</th>
                        <th scope="col" class="cell-number">{t.say(pods::SEEN)}</th>
                    </tr>
                </thead>
                <tbody>{items.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(event: EventRow) -> impl IntoView {
    let t = phrases();
    let (tone, kind) = match event.kind {
        EventKind::Normal => (Tone::Neutral, pods::NORMAL),
        EventKind::Warning => (Tone::Caution, pods::WARNING),
    };
    let times = usize::try_from(event.count).unwrap_or(usize::MAX);
    view! {
        <tr>
            <td>
                <Badge tone=tone label=t.say(kind) />
            </td>
            <th scope="row">{event.reason}</th>
            <td class="cell-wide">{event.message}</td>
            <td class="cell-number">
                <Ago at=event.last_at />
                <span class="cell-more">{t.count(pods::TIMES, times)}</span>
            </td>
        </tr>
    }
}
