//! A list of recoveries.

use domain::recovery::RecoveryView;
use leptos::prelude::*;
use leptos_router::components::A;

use super::{recovery_href, state::badge};
use crate::{
    components::{Ago, Column, Row, Section, Table, When, more, row},
    messages::{Message, phrases, recovery},
};

const COLUMNS: &[Column] = &[
    Column::text(recovery::PERSON),
    Column::text(recovery::STATE).unlabelled(),
    Column::text(recovery::ASKED_BY),
    Column::text(recovery::ASKED),
    Column::text(recovery::ENDS),
];

/// Recoveries under a heading, each with the way to its page; nothing where there is none.
#[component]
pub(crate) fn RecoveryTable(title: Message, items: Vec<RecoveryView>) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    let rows = items.into_iter().map(line).collect();
    view! {
        <Section id="recoveries" title=phrases().say(title)>
            <Table caption=recovery::CAPTION columns=COLUMNS rows=rows />
        </Section>
    }
    .into_any()
}

fn line(now: RecoveryView) -> Row {
    let state = badge(&now);
    let ends = now.ends_at.or(now.due_at.filter(|_| now.verdict.is_none()));
    row![
        view! {
            <A href=recovery_href(now.body.id)>{now.body.person.to_string()}</A>
            {more(now.body.reason)}
        },
        state,
        now.body.asked_by.to_string(),
        view! { <Ago at=now.body.created_at /> },
        ends.map(|at| view! { <When at=at /> }),
    ]
}
