//! The conditions of a pod, a workload or a node.

use domain::resources::ConditionRow;
use leptos::prelude::*;

use crate::{
    components::{Ago, Badge, Tone},
    messages::{Message, phrases, pods},
};

/// Conditions, one to a row.
#[component]
pub(super) fn Conditions(
    items: Vec<ConditionRow>,
    caption: Message,
    /// Whether a condition is as it should be.
    #[prop(default = ConditionRow::holds)]
    well: fn(&ConditionRow) -> bool,
) -> impl IntoView {
    let t = phrases();
    view! {
        <div class="table-box">
            <table class="table">
                <caption class="visually-hidden">{t.say(caption)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.say(pods::CONDITION)}</th>
                        <th scope="col">{t.say(pods::STATUS)}</th>
                        <th scope="col">{t.say(pods::SINCE)}</th>
                    </tr>
                </thead>
                <tbody>{items.into_iter().map(|condition| row(condition, well)).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(condition: ConditionRow, well: fn(&ConditionRow) -> bool) -> impl IntoView {
    let tone = if well(&condition) { Tone::Good } else { Tone::Caution };
    let why = [condition.reason, condition.message].into_iter().flatten().collect::<Vec<_>>();
    let why = (!why.is_empty()).then(|| why.join(": "));
    view! {
        <tr>
            <th scope="row">
                {condition.kind} {why.map(|why| view! { <span class="cell-more">{why}</span> })}
            </th>
            <td>
                <Badge tone=tone label=condition.status />
            </td>
            <td>{condition.since.map(|since| view! { <Ago at=since /> })}</td>
        </tr>
    }
}
