//! The pods of a tenant: searched, sorted and paged by the address of the page.

use domain::{resources::PodRow, tenants::TenantName};
use leptos::prelude::*;
use leptos_router::components::{A, Form};

use super::{
    PodList, pod_href,
    pod_query::{SORTS, Wanted},
    tenant_href,
};
use crate::{
    components::{Age, Ago, Copyable, Empty, Pager},
    messages::{frame, phrases, pods},
    resources::StatusBadge,
};

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
                    {sorts}
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
    let t = phrases();
    let rows = pods.into_iter().map(|pod| row(&tenant, pod)).collect_view();
    view! {
        <div class="table-box">
            <table class="table table-stacking">
                <caption class="visually-hidden">{t.say(pods::CAPTION)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.say(pods::NAME)}</th>
                        <th scope="col">{t.say(pods::STATUS)}</th>
                        <th scope="col" class="cell-number">{t.say(pods::READY)}</th>
                        <th scope="col" class="cell-number">{t.say(pods::RESTARTS)}</th>
                        <th scope="col" class="cell-number">{t.say(pods::AGE)}</th>
                        <th scope="col">{t.say(pods::NODE)}</th>
                        <th scope="col">{t.say(pods::OWNER)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(tenant: &TenantName, pod: PodRow) -> impl IntoView + use<> {
    let t = phrases();
    let href = pod_href(tenant, &pod.name);
    let name = pod.name.to_string();
    let ready = format!("{}/{}", pod.ready, pod.containers_total);
    let status = view! { <StatusBadge pod=pod.clone() /> };
    let restarted = pod.restarted_at.filter(|_| pod.restarts > 0);
    view! {
        <tr>
            <th scope="row">
                <A href=href attr:class="code-link">
                    {name}
                </A>
            </th>
            <td>{status}</td>
            <td class="cell-number" data-label=t.say(pods::READY)>
                {ready}
            </td>
            <td class="cell-number" data-label=t.say(pods::RESTARTS)>
                {pod.restarts}
                {restarted
                    .map(|at| {
                        view! {
                            <span class="cell-more">
                                <Ago at=at />
                            </span>
                        }
                    })}
            </td>
            <td class="cell-number" data-label=t.say(pods::AGE)>
                <Age since=pod.created_at />
            </td>
            <td data-label=t.say(pods::NODE)>{node(pod.node)}</td>
            <td data-label=t.say(pods::OWNER)>
                {match pod.owner {
                    Some(owner) => {
                        view! {
                            <span class="owner">
                                <span class="owner-kind">{owner.kind}</span>
                                <code>{owner.name}</code>
                            </span>
                        }
                            .into_any()
                    }
                    None => t.say(pods::NO_OWNER).into_any(),
                }}
            </td>
        </tr>
    }
}

fn node(node: Option<String>) -> impl IntoView {
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
