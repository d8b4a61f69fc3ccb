//! The list of tenants.

use std::collections::BTreeSet;

use domain::{names::ClusterName, tenants::TenantSummary};
use leptos::prelude::*;
use leptos_router::components::A;

use super::{HealthBadge, PodCountsText, TenantsNow, read_tenants, tenant_href};
use crate::{
    components::{Column, Empty, Notice, PageHeading, Row, Table, Tone, loaded, row},
    live::Live,
    messages::{phrases, tenants},
    reading::Reading,
};

const COLUMNS: &[Column] = &[
    Column::text(tenants::TENANT),
    Column::text(tenants::HEALTH).unlabelled(),
    Column::text(tenants::PODS).unlabelled(),
    Column::text(tenants::TEAM),
];

/// The tenants a person may see.
#[component]
pub(crate) fn TenantsPage() -> AnyView {
    let t = phrases();
    let revision = Live::follow_home();
    let tenants = Reading::new(move || revision.get(), |_| read_tenants());
    view! {
        <PageHeading title=t.say(tenants::TITLE) intro=t.say(tenants::INTRO) />
        {loaded(tenants, show)}
    }
    .into_any()
}

fn show(list: TenantsNow) -> AnyView {
    let t = phrases();
    let TenantsNow { items, silent_clusters } = list;
    let tenants = if items.is_empty() && silent_clusters.is_empty() {
        view! { <Empty title=t.say(tenants::EMPTY) hint=t.say(tenants::EMPTY_MORE) /> }.into_any()
    } else {
        view! { <TenantTable items=items /> }.into_any()
    };
    view! {
        <SilentClusters clusters=silent_clusters />
        {tenants}
    }
    .into_any()
}

/// Says which clusters could not answer, so that nobody takes silence for health.
#[component]
pub(crate) fn SilentClusters(clusters: BTreeSet<ClusterName>) -> impl IntoView {
    let t = phrases();
    let names = clusters.iter().map(ClusterName::as_str).collect::<Vec<_>>().join(", ");
    (!clusters.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Caution title=t.say(tenants::SILENT)>
                <p>{t.fill(tenants::SILENT_MORE, &[("clusters", &names)])}</p>
            </Notice>
        }
    })
}

/// Tenants, one to a row.
#[component]
pub(crate) fn TenantTable(items: Vec<TenantSummary>) -> impl IntoView {
    let rows = items.into_iter().map(row).collect();
    view! { <Table caption=tenants::CAPTION columns=COLUMNS rows=rows /> }
}

fn row(tenant: TenantSummary) -> Row {
    let t = phrases();
    let href = tenant_href(&tenant.name());
    let team = match &tenant.team {
        Some(team) => team.to_string(),
        None => t.say(tenants::UNOWNED).to_owned(),
    };
    let name = view! {
        <A href=href attr:class="tenant-link">
            <span class="tenant-cluster">{tenant.cluster.to_string()}"/"</span>
            <span class="tenant-namespace">{tenant.namespace.to_string()}</span>
        </A>
    };
    row![
        name,
        view! { <HealthBadge health=tenant.health /> },
        view! { <PodCountsText counts=tenant.pods /> },
        team,
    ]
}
