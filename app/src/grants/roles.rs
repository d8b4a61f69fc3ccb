//! The roles there are to be asked for in a tenant.

use domain::{ProblemCode, grants::RoleOffer, tenants::TenantName};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

use super::{PATH, read::read_roles, state::risk};
use crate::{
    Failure,
    components::{
        Column, Crumb, Crumbs, Empty, PageHeading, Row, Table, loaded, more, row, why_not,
    },
    live::Live,
    messages::{grants, phrases, tenants},
    reading::Reading,
    tenants::{tenant_href, tenant_of},
};

const COLUMNS: &[Column] = &[
    Column::text(grants::ROLE),
    Column::text(grants::WHAT_FOR).wide(),
    Column::text(grants::RISK).unlabelled(),
    Column::number(grants::LONGEST),
    Column::number(grants::APPROVALS),
];

/// Where the roles of a tenant are.
pub(crate) fn roles_href(tenant: &TenantName) -> String {
    format!("{PATH}/{}/{}", tenant.cluster, tenant.namespace)
}

/// The roles of a tenant.
#[component]
pub(crate) fn RolesPage() -> AnyView {
    let params = use_params_map();
    let tenant = Memo::new(move |_| params.with(tenant_of));
    let revision = Live::revision();
    let read = Reading::new(
        move || (tenant.get(), revision.get()),
        |(tenant, _)| async move {
            let Some(tenant) = tenant else { return Err(nowhere()) };
            Ok((read_roles(tenant.clone()).await?, tenant))
        },
    );
    loaded(read, show)
}

/// An address of no tenant is answered like that of one that may not be seen.
pub(crate) fn nowhere() -> Failure {
    #[cfg(feature = "ssr")]
    crate::rendering::set_status(ProblemCode::NotVisible);
    ProblemCode::NotVisible.into()
}

fn show((roles, tenant): (Vec<RoleOffer>, TenantName)) -> AnyView {
    let t = phrases();
    let title = t.fill(grants::ROLES_TITLE, &[("tenant", &tenant)]);
    let way = vec![
        Crumb::new(t.say(tenants::TITLE), "/tenants"),
        Crumb::new(tenant.to_string(), tenant_href(&tenant)),
    ];
    let roles = if roles.is_empty() {
        view! { <Empty title=t.say(grants::NO_ROLES) hint=t.say(grants::NO_ROLES_MORE) /> }
            .into_any()
    } else {
        let rows = roles.into_iter().map(|role| line(role, &tenant)).collect();
        view! { <Table caption=grants::ROLES_INTRO columns=COLUMNS rows=rows /> }.into_any()
    };
    view! {
        <Crumbs way=way />
        <PageHeading title=title intro=t.say(grants::ROLES_INTRO) />
        {roles}
    }
    .into_any()
}

fn line(role: RoleOffer, tenant: &TenantName) -> Row {
    let t = phrases();
    let href = format!("{}/{}", roles_href(tenant), role.name);
    let name = match &role.refusal {
        None => view! { <A href=href>{role.name.to_string()}</A> }.into_any(),
        Some(_) => view! { <span>{role.name.to_string()}</span> }.into_any(),
    };
    let refusal = role
        .refusal
        .map(|problem| more(view! { {t.say(grants::CANNOT)} " " {why_not(t, &problem)} }));
    row![
        name,
        view! { {role.summary} {refusal} },
        risk(role.risk),
        minutes(role.longest_seconds),
        role.approvals_needed.to_string(),
    ]
}

/// A span of whole minutes.
pub(crate) fn minutes(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
    match (hours, minutes) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
