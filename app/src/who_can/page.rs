//! The page of who can do what in a tenant.

use domain::{ProblemCode, tenants::TenantName, who_can::AccessView};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    filter::{Filter, asked},
    line::line,
    read::read_who_can,
};
use crate::{
    Failure,
    components::{
        Column, Crumb, Crumbs, Empty, Notice, PageHeading, ProblemPage, Table, Tone, settled,
    },
    grants::nowhere,
    live::Live,
    messages::{phrases, tenants, who_can},
    reading::Reading,
    tenants::{tenant_href, tenant_of},
};

const COLUMNS: &[Column] = &[
    Column::text(who_can::WHO),
    Column::text(who_can::UNTIL),
    Column::text(who_can::PATH),
    Column::text(who_can::WHAT).wide(),
    Column::text(who_can::RISK).unlabelled(),
];

/// Where it is told who can do what in a tenant.
pub(crate) fn who_can_href(tenant: &TenantName) -> String {
    format!("{}/access", tenant_href(tenant))
}

/// Who can do what in a tenant.
#[component]
pub(crate) fn WhoCanPage() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let tenant = Memo::new(move |_| params.with(tenant_of));
    let wanted = Memo::new(move |_| query.with(asked));
    // An answer stays as it was read: a list for an audit does not move under the reader.
    Live::follow_home();
    let read = Reading::new(
        move || (tenant.get(), wanted.get()),
        |(tenant, wanted)| async move {
            let Some(tenant) = tenant else { return Err(nowhere()) };
            read_who_can(tenant, wanted).await
        },
    );
    settled(read, move |read| {
        let (Some(tenant), false) = (tenant.get(), gone(&read)) else {
            return view! { <ProblemPage failure=ProblemCode::NotVisible.into() /> }.into_any();
        };
        let answer = match read {
            Ok(view) => show(view),
            Err(failure) => view! { <ProblemPage failure=failure /> }.into_any(),
        };
        let path = who_can_href(&tenant);
        view! {
            {head(&tenant)}
            <Filter path=path asked=wanted.get() />
            {answer}
        }
        .into_any()
    })
}

/// Of a tenant that is not there, nothing is asked.
fn gone(read: &Result<AccessView, Failure>) -> bool {
    read.as_ref().is_err_and(Failure::is_not_visible)
}

fn head(tenant: &TenantName) -> AnyView {
    let t = phrases();
    let title = t.fill(who_can::TITLE, &[("tenant", tenant)]);
    let way = vec![
        Crumb::new(t.say(tenants::TITLE), "/tenants"),
        Crumb::new(tenant.to_string(), tenant_href(tenant)),
    ];
    view! {
        <Crumbs way=way />
        <PageHeading title=title intro=t.say(who_can::INTRO) />
        <p class="muted">{t.say(who_can::UNTOLD)}</p>
    }
    .into_any()
}

fn show(view: AccessView) -> AnyView {
    let t = phrases();
    if view.items.is_empty() {
        return view! { <Empty title=t.say(who_can::EMPTY) hint=t.say(who_can::EMPTY_MORE) /> }
            .into_any();
    }
    let cut = view.is_cut.then(|| {
        view! { <Notice tone=Tone::Caution title=t.say(who_can::CUT) /> }
    });
    let rows = view.items.into_iter().map(line).collect();
    view! {
        {cut}
        <Table caption=who_can::CAPTION columns=COLUMNS rows=rows />
    }
    .into_any()
}
