//! A list of grants.

use std::fmt::Display;

use domain::grants::GrantStateName;
use leptos::prelude::*;
use leptos_router::components::A;

use super::{read::GrantRow, state::badge};
use crate::{
    break_glass::session_href,
    components::{Ago, Ahead, Column, Row, RowButton, Table, more, row},
    messages::{Message, break_glass, grants, phrases},
    signing::Desk,
    tenants::tenant_href,
};

/// The last is there where something can be given back.
const COLUMNS: &[Column] = &[
    Column::text(grants::ROLE),
    Column::text(grants::STATE).unlabelled(),
    Column::text(grants::TENANT),
    Column::text(grants::HOLDER),
    Column::text(grants::ENDS),
    Column::number(grants::ASKED).unlabelled(),
    Column::buttons(grants::GIVE_BACK).untitled(),
];

/// Grants, each with the way to its page; and with a button that gives it back, where a desk is given.
#[component]
pub(crate) fn GrantTable(
    caption: Message,
    items: Vec<GrantRow>,
    #[prop(optional)] desk: Option<Desk>,
) -> AnyView {
    let columns = if desk.is_some() { COLUMNS } else { &COLUMNS[..COLUMNS.len() - 1] };
    let rows = items.into_iter().map(|grant| line(grant, desk)).collect();
    view! { <Table caption=caption columns=columns rows=rows /> }.into_any()
}

fn line(grant: GrantRow, desk: Option<Desk>) -> Row {
    let button = desk.map(|desk| give_back(&grant, desk).into_any());
    let ends = grant.ends_at.map(|at| view! { <Ahead at=at /> });
    let (href, kind) = if grant.is_session {
        (session_href(grant.id), Some(more(phrases().say(break_glass::TITLE))))
    } else {
        (format!("/grants/{}", grant.id), None)
    };
    let cells = row![
        view! {
            <A href=href>{grant.role.to_string()}</A>
            {kind}
        },
        badge(grant.state),
        view! { <A href=tenant_href(&grant.tenant)>{grant.tenant.to_string()}</A> },
        grant.holder.to_string(),
        ends,
        view! { <Ago at=grant.created_at /> },
    ];
    cells.and(button)
}

/// Gives back what is held, or takes back what waits; a session is closed on its page, where its account is asked for.
fn give_back(grant: &GrantRow, desk: Desk) -> Option<AnyView> {
    if !grant.may_return || grant.is_session {
        return None;
    }
    let label = match grant.state {
        GrantStateName::Pending => grants::TAKE_BACK,
        _ => grants::GIVE_BACK,
    };
    let t = phrases();
    let values: [(&str, &dyn Display); 2] = [("role", &grant.role), ("tenant", &grant.tenant)];
    let name = format!("{}: {}", t.say(label), t.fill(grants::ROLE_IN, &values));
    let path = format!("/api/v1/grants/{}/return", grant.id);
    let press = Box::new(move || desk.order(path.clone()));
    Some(view! { <RowButton label=label name=name press=press /> }.into_any())
}
