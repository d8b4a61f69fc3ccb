//! The page of stuck notifications.

use domain::{notifications::DeliveryId, page::Page};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::A, hooks::use_query_map};

use super::read::{StuckRow, read_notifications};
use crate::{
    Failure,
    browser::{Method, send},
    components::{
        Ago, Ahead, Bell, Column, Empty, PageHeading, Pager, Row, RowButton, Table, Trouble,
        loaded, more, row,
    },
    live::Live,
    messages::{notifications, phrases},
    reading::Reading,
    tenants::tenant_href,
};

/// Where stuck notifications are.
pub(crate) const PATH: &str = "/notifications";

const COLUMNS: &[Column] = &[
    Column::text(notifications::DESTINATION),
    Column::text(notifications::WHY).whole(),
    Column::text(notifications::EVENT).whole(),
    Column::text(notifications::SINCE),
    Column::text(notifications::NEXT),
    Column::buttons(notifications::RETRY).untitled(),
];

/// What was tried on this page, and how it ended.
#[derive(Clone, Copy)]
struct Desk {
    failure: RwSignal<Option<Failure>>,
    changed: Bell,
}

impl Desk {
    fn try_again(self, id: DeliveryId) {
        spawn_local(async move {
            let path = format!("/api/v1/notifications/{id}/retry");
            self.failure.set(send(Method::Post, &path, &()).await.err());
            self.changed.ring();
        });
    }
}

/// Notifications that are stuck.
#[component]
pub(crate) fn NotificationsPage() -> AnyView {
    let t = phrases();
    Live::follow_home();
    let desk = Desk { failure: RwSignal::new(None), changed: Bell::new() };
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get_str("cursor").map(str::to_owned)));
    let wanted = move || (desk.changed.rung(), cursor.get().unwrap_or_default());
    let read = Reading::new(wanted, |(_, cursor)| read_notifications(cursor));
    view! {
        <PageHeading title=t.say(notifications::TITLE) intro=t.say(notifications::INTRO) />
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
        </div>
        {loaded(read, move |page| show(page, cursor.get_untracked().is_some(), desk))}
    }
    .into_any()
}

fn show(page: Page<StuckRow>, is_further: bool, desk: Desk) -> AnyView {
    let t = phrases();
    if page.items.is_empty() {
        return view! {
            <Empty title=t.say(notifications::EMPTY) hint=t.say(notifications::EMPTY_MORE) />
        }
        .into_any();
    }
    let first = is_further.then(|| PATH.to_owned());
    let next = page.next.map(|next| format!("{PATH}?cursor={next}"));
    let rows = page.items.into_iter().map(|stuck| row(stuck, desk)).collect();
    view! {
        <Table caption=notifications::CAPTION columns=COLUMNS rows=rows />
        <Pager first=first next=next />
    }
    .into_any()
}

fn row(stuck: StuckRow, desk: Desk) -> Row {
    let t = phrases();
    let id = stuck.id;
    let name = t.fill(notifications::RETRY_OF, &[("destination", &stuck.destination)]);
    let next = match stuck.next_attempt {
        Some(at) => view! { <Ahead at=at /> }.into_any(),
        None => t.say(notifications::GIVEN_UP).into_any(),
    };
    let why = view! {
        {stuck.failure}
        {more(t.count(notifications::ATTEMPTS, stuck.attempts))}
    };
    let tenant = stuck
        .tenant
        .map(|tenant| more(view! { <A href=tenant_href(&tenant)>{tenant.to_string()}</A> }));
    let event = view! {
        <A href=stuck.href>{stuck.event}</A>
        {tenant}
    };
    let press = Box::new(move || desk.try_again(id));
    row![
        stuck.destination,
        why,
        event,
        view! { <Ago at=stuck.stuck_at /> },
        next,
        view! { <RowButton label=notifications::RETRY name=name press=press /> },
    ]
}
