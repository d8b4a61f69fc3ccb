//! The page of the history.

use domain::{
    audit::{Entry, EntryAction},
    identity::{Capability, Me},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};

use super::{
    about::{about, who},
    codes::{action, outcome},
    filter::Filter,
    read::{HistoryNow, read_history},
    wanted::Wanted,
};
use crate::{
    break_glass::session_href,
    components::{Ago, Badge, Column, Empty, PageHeading, Pager, Row, Table, loaded, more, row},
    live::Live,
    messages::{Message, entries, phrases},
    reading::Reading,
    tenants::tenant_href,
};

/// Where the history is.
pub(super) const PATH: &str = "/history";

const COLUMNS: &[Column] = &[
    Column::text(entries::WHAT),
    Column::text(entries::OUTCOME).unlabelled(),
    Column::text(entries::WHO).whole(),
    Column::text(entries::WHERE),
    Column::text(entries::WHEN).whole(),
    Column::text(entries::REQUEST).whole().unlabelled(),
    Column::number(entries::NUMBER).cells("cell-number muted"),
];

/// The history.
#[component]
pub(crate) fn HistoryPage() -> AnyView {
    let t = phrases();
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(Wanted::of));
    // Pages of a log do not move under the reader: what is new comes with the next reading.
    Live::follow_home();
    let read = Reading::new(move || wanted.get(), read_history);
    let everybodys = expect_context::<Me>().capabilities.contains(&Capability::ReadHistory);
    let intro = if everybodys { entries::INTRO_ALL } else { entries::INTRO_OWN };
    view! {
        <PageHeading title=t.say(entries::TITLE) intro=t.say(intro) />
        {move || view! { <Filter wanted=wanted.get() /> }}
        {loaded(read, show)}
    }
    .into_any()
}

fn show(now: HistoryNow) -> AnyView {
    let t = phrases();
    let HistoryNow { page, wanted } = now;
    if page.items.is_empty() {
        return view! { <Empty title=t.say(entries::EMPTY) hint=t.say(entries::EMPTY_MORE) /> }
            .into_any();
    }
    let first = (!wanted.cursor.is_empty()).then(|| wanted.href(PATH, ""));
    let next = page.next.as_deref().map(|next| wanted.href(PATH, next));
    let rows = page.items.into_iter().map(row).collect();
    view! {
        <Table caption=entries::CAPTION columns=COLUMNS rows=rows />
        <Pager first=first next=next />
    }
    .into_any()
}

fn row(entry: Entry) -> Row {
    let t = phrases();
    let (tone, ended) = outcome(entry.outcome);
    let actor = who(t, &entry);
    let about = about(&entry);
    let about = (!about.is_empty()).then(|| more(about));
    let way = way(&entry).map(|(href, label)| view! { <A href=href>{t.say(label)}</A> });
    let tenant = entry.tenant.map(|tenant| {
        view! { <A href=tenant_href(&tenant)>{tenant.to_string()}</A> }
    });
    let what = view! {
        <span>{action(t, entry.action)}</span>
        {about}
    };
    row![
        what,
        view! { <Badge tone=tone label=t.say(ended) /> },
        actor,
        tenant,
        view! { <Ago at=entry.at /> },
        way,
        entry.sequence,
    ]
}

/// To what it belongs.
fn way(entry: &Entry) -> Option<(String, Message)> {
    if let Some(id) = entry.request {
        return Some((format!("/requests/{id}"), entries::SHOW_REQUEST));
    }
    if let Some(id) = entry.detail.get("recovery").and_then(|id| id.as_str()) {
        return Some((format!("/recoveries/{id}"), entries::SHOW_RECOVERY));
    }
    let is_session = matches!(entry.action, EntryAction::BreakGlass | EntryAction::Review);
    let id = entry.grant.filter(|_| is_session)?;
    Some((session_href(id), entries::SHOW_SESSION))
}
