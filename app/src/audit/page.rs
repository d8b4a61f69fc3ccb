//! The page of the history.

use domain::{
    audit::Entry,
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
    components::{Ago, Badge, Empty, PageHeading, Pager, loaded},
    live::Live,
    messages::{entries, phrases},
    tenants::tenant_href,
};

/// Where the history is.
pub(super) const PATH: &str = "/history";

/// The history.
#[component]
pub(crate) fn HistoryPage() -> AnyView {
    let t = phrases();
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(Wanted::of));
    // Pages of a log do not move under the reader: what is new comes with the next reading.
    Live::follow_home();
    let read = Resource::new(move || wanted.get(), read_history);
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
    view! {
        <div class="table-box">
            <table class="table table-stacking">
                <caption class="visually-hidden">{t.say(entries::CAPTION)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.say(entries::WHAT)}</th>
                        <th scope="col">{t.say(entries::OUTCOME)}</th>
                        <th scope="col">{t.say(entries::WHO)}</th>
                        <th scope="col">{t.say(entries::WHERE)}</th>
                        <th scope="col">{t.say(entries::WHEN)}</th>
                        <th scope="col">{t.say(entries::REQUEST)}</th>
                        <th scope="col" class="cell-number">{t.say(entries::NUMBER)}</th>
                    </tr>
                </thead>
                <tbody>{page.items.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <Pager first=first next=next />
    }
    .into_any()
}

fn row(entry: Entry) -> impl IntoView {
    let t = phrases();
    let (tone, ended) = outcome(entry.outcome);
    let actor = who(t, &entry);
    let about = about(&entry);
    let about = (!about.is_empty()).then(|| view! { <span class="cell-more">{about}</span> });
    let tenant = entry.tenant.map(|tenant| {
        view! { <A href=tenant_href(&tenant)>{tenant.to_string()}</A> }
    });
    let request = entry.request.map(|id| {
        view! { <A href=format!("/requests/{id}")>{t.say(entries::SHOW_REQUEST)}</A> }
    });
    view! {
        <tr>
            <th scope="row">
                <span>{action(t, entry.action)}</span>
                {about}
            </th>
            <td>
                <Badge tone=tone label=t.say(ended) />
            </td>
            <td class="cell-whole" data-label=t.say(entries::WHO)>
                {actor}
            </td>
            <td data-label=t.say(entries::WHERE)>{tenant}</td>
            <td class="cell-whole" data-label=t.say(entries::WHEN)>
                <Ago at=entry.at />
            </td>
            <td class="cell-whole">{request}</td>
            <td class="cell-number muted" data-label=t.say(entries::NUMBER)>
                {entry.sequence}
            </td>
        </tr>
    }
}
