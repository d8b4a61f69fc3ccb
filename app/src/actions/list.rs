//! The list of requests.

use domain::actions::StateName;
use leptos::prelude::*;
use leptos_router::{
    components::{A, Form},
    hooks::use_query_map,
    params::ParamsMap,
};

use super::{
    case::RequestRow,
    read::{RequestList, read_requests},
    state::{StateBadge, told},
};
use crate::{
    components::{Ago, Column, Empty, PageHeading, Pager, Row, Table, Views, loaded, more, row},
    live::Live,
    messages::{phrases, requests},
    reading::Reading,
    tenants::tenant_href,
};

const PATH: &str = "/requests";

const COLUMNS: &[Column] = &[
    Column::text(requests::ACTION),
    Column::text(requests::STATE).unlabelled(),
    Column::text(requests::TARGET),
    Column::text(requests::REQUESTER),
    Column::number(requests::ASKED).unlabelled(),
];

/// Which requests are wanted, as the address says.
type Wanted = (Option<StateName>, Option<String>);

fn wanted(query: &ParamsMap) -> Wanted {
    let state = query
        .get("state")
        .and_then(|name| StateName::ALL.into_iter().find(|state| state.as_str() == name));
    (state, query.get("cursor").filter(|cursor| !cursor.is_empty()))
}

/// The requests a person may see.
#[component]
pub(crate) fn RequestsPage() -> AnyView {
    let t = phrases();
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(wanted));
    let revision = Live::follow_home();
    let read = Reading::new(
        move || (wanted.get(), revision.get()),
        |((state, cursor), _)| async move {
            let list = read_requests(state, cursor.clone()).await?;
            Ok((list, (state, cursor)))
        },
    );
    view! {
        <PageHeading title=t.say(requests::TITLE) intro=t.say(requests::INTRO) />
        {loaded(read, show)}
    }
    .into_any()
}

fn show((list, wanted): (RequestList, Wanted)) -> AnyView {
    let t = phrases();
    let (state, cursor) = wanted;
    let filter = state.map(|state| format!("state={}", state.as_str()));
    let href = |cursor: Option<String>| {
        let mut query = ParamsMap::new();
        if let Some(state) = state {
            query.insert("state", state.as_str().to_owned());
        }
        if let Some(cursor) = cursor {
            query.insert("cursor", cursor);
        }
        format!("{PATH}{}", query.to_query_string())
    };
    let items = if list.items.is_empty() && filter.is_none() {
        view! { <Empty title=t.say(requests::EMPTY) hint=t.say(requests::EMPTY_MORE) /> }.into_any()
    } else if list.items.is_empty() {
        view! { <Empty title=t.say(requests::NO_MATCH) hint=t.say(requests::NO_MATCH_MORE) /> }
            .into_any()
    } else {
        view! { <RequestTable items=list.items /> }.into_any()
    };
    let first = cursor.is_some().then(|| href(None));
    let next = list.next.map(|next| href(Some(next)));
    view! {
        <Filter state=state />
        {items}
        <Pager first=first next=next />
    }
    .into_any()
}

#[component]
fn Filter(state: Option<StateName>) -> impl IntoView {
    let t = phrases();
    let states = StateName::ALL.map(|offered| {
        view! {
            <option value=offered.as_str() selected=Some(offered) == state>
                {t.say(told(offered).1)}
            </option>
        }
    });
    view! {
        <Form method="GET" action=PATH attr:class="filter">
            <label class="field">
                <span class="field-label">{t.say(requests::FILTER_STATE)}</span>
                <select class="select" name="state">
                    <option value="">{t.say(requests::ANY_STATE)}</option>
                    {states.views()}
                </select>
            </label>
            <button class="button" type="submit">
                {t.say(requests::APPLY)}
            </button>
        </Form>
    }
}

/// Requests, one to a row.
#[component]
pub(crate) fn RequestTable(items: Vec<RequestRow>) -> impl IntoView {
    let rows = items.into_iter().map(row).collect();
    view! { <Table caption=requests::CAPTION columns=COLUMNS rows=rows /> }
}

fn row(request: RequestRow) -> Row {
    let tenant = request.tenant;
    let action = view! {
        <A href=format!("{PATH}/{}", request.id)>{request.title}</A>
        {more(request.reason)}
    };
    let target = view! {
        <A href=tenant_href(&tenant)>{tenant.to_string()}</A>
        {more(request.kind)}
    };
    row![
        action,
        view! { <StateBadge state=request.state /> },
        target,
        request.requester.to_string(),
        view! { <Ago at=request.created_at /> },
    ]
}
