//! What the cluster reported about a pod.

use domain::resources::{EventKind, EventRow};
use leptos::prelude::*;

use crate::{
    components::{Ago, Badge, Column, Empty, Row, Table, Tone, more, row},
    messages::{phrases, pods},
};

const COLUMNS: &[Column] = &[
    Column::text(pods::EVENT).unlabelled(),
    Column::text(pods::REASON),
    Column::text(pods::MESSAGE).wide().unlabelled(),
    Column::number(pods::SEEN).unlabelled(),
];
/// Which of them heads a row.
const REASON: usize = 1;

/// Events, the newest first.
#[component]
pub(super) fn Events(items: Vec<EventRow>) -> impl IntoView {
    let t = phrases();
    if items.is_empty() {
        return view! { <Empty title=t.say(pods::NO_EVENTS) hint=t.say(pods::NO_EVENTS_MORE) /> }
            .into_any();
    }
    let rows = items.into_iter().map(row).collect();
    view! { <Table caption=pods::EVENTS_CAPTION columns=COLUMNS rows=rows headed_by=REASON /> }
        .into_any()
}

fn row(event: EventRow) -> Row {
    let t = phrases();
    let (tone, kind) = match event.kind {
        EventKind::Normal => (Tone::Neutral, pods::NORMAL),
        EventKind::Warning => (Tone::Caution, pods::WARNING),
    };
    let times = usize::try_from(event.count).unwrap_or(usize::MAX);
    let seen = view! {
        <Ago at=event.last_at />
        {more(t.count(pods::TIMES, times))}
    };
    row![view! { <Badge tone=tone label=t.say(kind) /> }, event.reason, event.message, seen]
}
