//! A list of grants.

use leptos::prelude::*;
use leptos_router::components::A;

use super::{read::GrantRow, state::badge};
use crate::{
    break_glass::session_href,
    components::{Ago, Ahead, Column, Row, Table, more, row},
    messages::{Message, break_glass, grants, phrases},
    tenants::tenant_href,
};

const COLUMNS: &[Column] = &[
    Column::text(grants::ROLE),
    Column::text(grants::STATE).unlabelled(),
    Column::text(grants::TENANT),
    Column::text(grants::HOLDER),
    Column::text(grants::ENDS),
    Column::number(grants::ASKED).unlabelled(),
];

/// Grants, each with the way to its page.
#[component]
pub(crate) fn GrantTable(caption: Message, items: Vec<GrantRow>) -> AnyView {
    let rows = items.into_iter().map(line).collect();
    view! { <Table caption=caption columns=COLUMNS rows=rows /> }.into_any()
}

fn line(grant: GrantRow) -> Row {
    let ends = grant.ends_at.map(|at| view! { <Ahead at=at /> });
    let (href, kind) = if grant.is_session {
        (session_href(grant.id), Some(more(phrases().say(break_glass::TITLE))))
    } else {
        (format!("/grants/{}", grant.id), None)
    };
    row![
        view! {
            <A href=href>{grant.role.to_string()}</A>
            {kind}
        },
        badge(grant.state),
        view! { <A href=tenant_href(&grant.tenant)>{grant.tenant.to_string()}</A> },
        grant.holder.to_string(),
        ends,
        view! { <Ago at=grant.created_at /> },
    ]
}
