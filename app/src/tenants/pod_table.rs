//! The pods of a tenant: searched, sorted and paged by the address of the page.

use domain::{
    resources::{OwnerRow, PodRow},
    tenants::TenantName,
};
use leptos::prelude::*;
use leptos_router::components::{A, Form};

use super::{
    PodList, pod_href,
    pod_query::{SORTS, Wanted},
    tenant_href,
};
use crate::{
    components::{Age, Ago, Column, Copyable, Empty, Pager, Row, Table, Views, more, row},
    messages::{frame, phrases, pods},
    resources::StatusBadge,
};

const COLUMNS: &[Column] = &[
    Column::text(pods::NAME),
    Column::text(pods::STATUS).unlabelled(),
    Column::number(pods::READY),
    Column::number(pods::RESTARTS),
    Column::number(pods::AGE),
    Column::text(pods::NODE),
    Column::text(pods::OWNER),
];

/// Search and order, as a form that needs no script.
#[component]
pub(super) fn PodFilter(action: String, wanted: Wanted) -> impl IntoView {
    let t = phrases();
    let sorts = SORTS.map(|(sort, name, label)| {
        view! {
            <option value=name selected=sort == wanted.sort>
                {t.say(label)}
            </option>
        }
    });
    view! {
        <Form method="GET" action=action attr:class="filter" attr:role="search">
            <label class="field field-grow">
                <span class="field-label">{t.say(frame::SEARCH)}</span>
                <input
                    class="input"
                    type="search"
                    name="search"
                    value=wanted.search
                    placeholder=t.say(pods::SEARCH)
                    autocomplete="off"
                    spellcheck="false"
                />
            </label>
            <label class="field">
                <span class="field-label">{t.say(pods::SORT)}</span>
                <select class="select" name="sort">
                    {sorts.views()}
                </select>
            </label>
            <button class="button" type="submit">
                {t.say(pods::APPLY)}
            </button>
        </Form>
    }
}

/// One page of pods.
#[component]
pub(super) fn PodTable(tenant: TenantName, list: PodList, wanted: Wanted) -> impl IntoView {
    let path = tenant_href(&tenant);
    if list.items.is_empty() {
        return no_pods(&path, &wanted).into_any();
    }
    let next = list.next.as_deref().map(|next| wanted.href(&path, Some(next)));
    let first = wanted.cursor.is_some().then(|| wanted.href(&path, None));
    view! {
        <PodRows tenant=tenant pods=list.items />
        <Pager first=first next=next />
    }
    .into_any()
}

/// Pods, one to a row.
#[component]
pub(crate) fn PodRows(tenant: TenantName, pods: Vec<PodRow>) -> impl IntoView {
    let rows = pods.into_iter().map(|pod| row(&tenant, pod)).collect();
    view! { <Table caption=pods::CAPTION columns=COLUMNS rows=rows /> }
}

fn row(tenant: &TenantName, pod: PodRow) -> Row {
    let href = pod_href(tenant, &pod.name);
    let status = view! { <StatusBadge pod=pod.clone() /> };
    let name = view! {
        <A href=href attr:class="code-link">
            {pod.name.to_string()}
        </A>
    };
    let restarted = pod.restarted_at.filter(|_| pod.restarts > 0);
    let restarted = restarted.map(|at| more(view! { <Ago at=at /> }));
    let restarts = view! {
        {pod.restarts}
        {restarted}
    };
    row![
        name,
        status,
        format!("{}/{}", pod.ready, pod.containers_total),
        restarts,
        view! { <Age since=pod.created_at /> },
        node(pod.node),
        owner(pod.owner),
    ]
}

fn owner(owner: Option<OwnerRow>) -> AnyView {
    match owner {
        Some(owner) => view! {
            <span class="owner">
                <span class="owner-kind">{owner.kind}</span>
                <code>{owner.name}</code>
            </span>
        }
        .into_any(),
        None => phrases().say(pods::NO_OWNER).into_any(),
    }
}

fn node(node: Option<String>) -> AnyView {
    let t = phrases();
    match node {
        Some(node) => view! { <Copyable text=node what=t.say(pods::NODE) /> }.into_any(),
        None => view! { <span class="muted">{t.say(pods::UNSCHEDULED)}</span> }.into_any(),
    }
}

fn no_pods(path: &str, wanted: &Wanted) -> impl IntoView + use<> {
    let t = phrases();
    if wanted.search.is_empty() {
        return view! { <Empty title=t.say(pods::NO_PODS) hint=t.say(pods::NO_PODS_MORE) /> }
            .into_any();
    }
    let all = path.to_owned();
    let title = t.fill(pods::NO_MATCH, &[("search", &wanted.search)]);
    view! {
        <Empty title=title hint=t.say(pods::NO_MATCH_MORE)>
            <A href=all attr:class="button">
                {t.say(pods::SHOW_ALL)}
            </A>
        </Empty>
    }
    .into_any()
}
