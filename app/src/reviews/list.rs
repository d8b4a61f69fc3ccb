//! The list of reviews, by how they stand.

use domain::break_glass::{ReviewStateName, ReviewView};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};

use super::{
    PATH,
    read::{ReviewsNow, read_reviews},
    review_href,
    state::{badge, owed},
    summary::Summary,
};
use crate::{
    break_glass::how,
    components::{
        Ago, Column, Empty, PageHeading, Pager, Row, Table, Views, When, loaded, more, row,
    },
    live::Live,
    messages::{Message, break_glass, grants, phrases, recovery, reviews},
    reading::Reading,
    recovery::RecoveryTable,
    tenants::tenant_href,
};

const COLUMNS: &[Column] = &[
    Column::text(break_glass::PERSON),
    Column::text(reviews::STATE).unlabelled(),
    Column::text(grants::TENANT),
    Column::text(break_glass::OPENED),
    Column::text(reviews::REVIEWER),
    Column::text(reviews::DUE),
];

/// Those that are to be judged come first.
const TABS: [(ReviewStateName, Message); 3] = [
    (ReviewStateName::Open, reviews::TAB_OPEN),
    (ReviewStateName::Live, reviews::TAB_LIVE),
    (ReviewStateName::Judged, reviews::TAB_JUDGED),
];

/// The state that the address names; else those that are to be judged.
fn named(state: Option<String>) -> ReviewStateName {
    let state =
        state.and_then(|said| ReviewStateName::ALL.into_iter().find(|it| it.as_str() == said));
    state.unwrap_or(ReviewStateName::Open)
}

/// The reviews a person may see.
#[component]
pub(crate) fn ReviewsPage() -> AnyView {
    let t = phrases();
    let query = use_query_map();
    let said = move |name| query.with(|query| query.get(name));
    let state = Memo::new(move |_| said("state"));
    let cursor = Memo::new(move |_| said("cursor"));
    let revision = Live::follow_home();
    let wanted = move || (state.get(), cursor.get().unwrap_or_default(), revision.get());
    let read = Reading::new(wanted, |(state, cursor, _)| read_reviews(named(state), cursor));
    let shown = move |read| show(read, named(state.get_untracked()), cursor.get_untracked());
    view! {
        <PageHeading title=t.say(reviews::TITLE) intro=t.say(reviews::INTRO) />
        {move || tabs(named(state.get()))}
        {loaded(read, shown)}
    }
    .into_any()
}

fn tabs(chosen: ReviewStateName) -> AnyView {
    let t = phrases();
    let tabs = TABS.into_iter().map(|(state, label)| {
        let current = (state == chosen).then_some("page");
        view! {
            <li>
                <a class="nav-link" href=href(state) aria-current=current>
                    {t.say(label)}
                </a>
            </li>
        }
    });
    view! {
        <nav class="tabs" aria-label=t.say(reviews::TABS)>
            <ul>{tabs.views()}</ul>
        </nav>
    }
    .into_any()
}

fn href(state: ReviewStateName) -> String {
    format!("{PATH}?state={state}")
}

fn show(read: ReviewsNow, state: ReviewStateName, cursor: Option<String>) -> AnyView {
    let ReviewsNow { page, summary, recoveries } = read;
    let summary = summary.map(|summary| view! { <Summary summary=summary /> });
    let first = cursor.map(|_| href(state));
    let next = page.next.map(|next| format!("{}&cursor={next}", href(state)));
    let items = if page.items.is_empty() && !recoveries.is_empty() {
        ().into_any()
    } else if page.items.is_empty() {
        nothing(state)
    } else {
        let rows = page.items.into_iter().map(line).collect();
        view! { <Table caption=reviews::CAPTION columns=COLUMNS rows=rows /> }.into_any()
    };
    view! {
        {summary}
        {items}
        <Pager first=first next=next />
        <RecoveryTable title=recovery::TO_JUDGE items=recoveries />
    }
    .into_any()
}

fn nothing(state: ReviewStateName) -> AnyView {
    let t = phrases();
    let (title, hint) = match state {
        ReviewStateName::Open => (reviews::NONE_OPEN, reviews::NONE_OPEN_MORE),
        ReviewStateName::Live => (reviews::NONE_LIVE, reviews::NONE_LIVE_MORE),
        ReviewStateName::Judged => (reviews::NONE_JUDGED, reviews::NONE_JUDGED_MORE),
    };
    view! { <Empty title=t.say(title) hint=t.say(hint) /> }.into_any()
}

fn line(review: ReviewView) -> Row {
    let t = phrases();
    let owed = owed(&review).map(|owed| more(t.say(owed)));
    let state = view! {
        {badge(&review)}
        {owed}
    };
    let person = view! {
        <A href=review_href(review.id)>{review.person.to_string()}</A>
        {more(review.incident)}
    };
    let tenant = view! {
        <A href=tenant_href(&review.tenant)>{review.tenant.to_string()}</A>
        {more(review.role.to_string())}
    };
    let how = how(review.is_drill, review.is_alone);
    let opened = view! {
        <Ago at=review.opened_at />
        {more(t.say(how))}
    };
    let reviewer = review.due_at.map(|_| match &review.reviewer {
        Some(reviewer) => reviewer.to_string(),
        None => t.say(reviews::NOBODY).to_owned(),
    });
    let due = review.due_at.filter(|_| review.state == ReviewStateName::Open);
    row![person, state, tenant, opened, reviewer, due.map(|at| view! { <When at=at /> })]
}
