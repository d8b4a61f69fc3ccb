//! The page of stuck notifications.

use domain::{notifications::DeliveryId, page::Page};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::A, hooks::use_query_map};

use super::read::{StuckRow, read_notifications};
use crate::{
    Failure,
    browser::{Method, send},
    components::{Ago, Ahead, Bell, Empty, PageHeading, Pager, ProblemNotice, loaded},
    live::Live,
    messages::{notifications, phrases},
    tenants::tenant_href,
};

/// Where stuck notifications are.
pub(crate) const PATH: &str = "/notifications";

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
    let read = Resource::new(wanted, |(_, cursor)| read_notifications(cursor));
    view! {
        <PageHeading title=t.say(notifications::TITLE) intro=t.say(notifications::INTRO) />
        <div aria-live="assertive">
            {move || desk.failure.get().map(|failure| view! { <ProblemNotice failure=failure /> })}
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
    view! {
        <div class="table-box">
            <table class="table table-stacking">
                <caption class="visually-hidden">{t.say(notifications::CAPTION)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.say(notifications::DESTINATION)}</th>
                        <th scope="col">{t.say(notifications::WHY)}</th>
                        <th scope="col">{t.say(notifications::EVENT)}</th>
                        <th scope="col">{t.say(notifications::SINCE)}</th>
                        <th scope="col">{t.say(notifications::NEXT)}</th>
                        <th scope="col" class="cell-actions">
                            <span class="visually-hidden">{t.say(notifications::RETRY)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {page.items.into_iter().map(|stuck| row(stuck, desk)).collect_view()}
                </tbody>
            </table>
        </div>
        <Pager first=first next=next />
    }
    .into_any()
}

fn row(stuck: StuckRow, desk: Desk) -> impl IntoView {
    let t = phrases();
    let id = stuck.id;
    let label = t.fill(notifications::RETRY_OF, &[("destination", &stuck.destination)]);
    let next = match stuck.next_attempt {
        Some(at) => view! { <Ahead at=at /> }.into_any(),
        None => t.say(notifications::GIVEN_UP).into_any(),
    };
    view! {
        <tr>
            <th scope="row">{stuck.destination}</th>
            <td class="cell-whole" data-label=t.say(notifications::WHY)>
                {stuck.failure}
                <span class="cell-more">{t.count(notifications::ATTEMPTS, stuck.attempts)}</span>
            </td>
            <td class="cell-whole" data-label=t.say(notifications::EVENT)>
                <A href=format!("/requests/{}", stuck.request)>{stuck.event}</A>
                <span class="cell-more">
                    <A href=tenant_href(&stuck.tenant)>{stuck.tenant.to_string()}</A>
                </span>
            </td>
            <td data-label=t.say(notifications::SINCE)>
                <Ago at=stuck.stuck_at />
            </td>
            <td data-label=t.say(notifications::NEXT)>{next}</td>
            <td class="cell-actions">
                <button
                    type="button"
                    class="button button-small"
                    aria-label=label
                    on:click=move |_| desk.try_again(id)
                >
                    {t.say(notifications::RETRY)}
                </button>
            </td>
        </tr>
    }
}
