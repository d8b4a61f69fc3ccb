//! The conditions of a pod, a workload or a node.

use domain::resources::ConditionRow;
use leptos::prelude::*;

use crate::{
    components::{Ago, Badge, Column, Row, Table, Tone, more, row},
    messages::{Message, pods},
};

const COLUMNS: &[Column] = &[
    Column::text(pods::CONDITION),
    Column::text(pods::STATUS).unlabelled(),
    Column::text(pods::SINCE).unlabelled(),
];

/// Conditions, one to a row.
#[component]
pub(super) fn Conditions(
    items: Vec<ConditionRow>,
    caption: Message,
    /// Whether a condition is as it should be.
    #[prop(default = ConditionRow::holds)]
    well: fn(&ConditionRow) -> bool,
) -> impl IntoView {
    let rows = items.into_iter().map(|condition| row(condition, well)).collect();
    view! { <Table caption=caption columns=COLUMNS rows=rows class="table" /> }
}

fn row(condition: ConditionRow, well: fn(&ConditionRow) -> bool) -> Row {
    let tone = if well(&condition) { Tone::Good } else { Tone::Caution };
    let why = [condition.reason, condition.message].into_iter().flatten().collect::<Vec<_>>();
    let why = (!why.is_empty()).then(|| why.join(": "));
    let kind = view! {
        {condition.kind}
        " "
        {why.map(more)}
    };
    row![
        kind,
        view! { <Badge tone=tone label=condition.status /> },
        condition.since.map(|since| view! { <Ago at=since /> }),
    ]
}
