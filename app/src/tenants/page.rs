//! The page of a tenant: its workloads and pods, and the nodes where it is the platform's.

use domain::{ProblemCode, tenants::TenantName};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_params_map, use_query_map},
};

use super::{
    HealthBadge, PodCountsText,
    nodes::Nodes,
    pod_query::Wanted,
    pod_table::{PodFilter, PodTable},
    read::{TenantNow, read_tenant},
    tenant_href, tenant_of,
    workloads::Workloads,
};
use crate::{
    Failure,
    break_glass::declare_href,
    components::{Crumb, Crumbs, FreshnessNote, PageHeading, Section, loaded},
    grants::roles_href,
    live::Live,
    messages::{break_glass, grants, nodes, phrases, pods, tenants, who_can},
    reading::Reading,
    who_can::who_can_href,
};

/// The page of a tenant.
#[component]
pub(crate) fn TenantPage() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let tenant = Memo::new(move |_| params.with(tenant_of));
    let wanted = Memo::new(move |_| query.with(Wanted::of));
    let revision = Live::revision();
    let read = Reading::new(
        move || (tenant.get(), wanted.get(), revision.get()),
        |(tenant, wanted, _)| async move { read(tenant, wanted).await },
    );
    Live::follow(read, move || Some(format!("tenant:{}", tenant.get()?)));
    loaded(read, show)
}

async fn read(tenant: Option<TenantName>, wanted: Wanted) -> Result<(TenantNow, Wanted), Failure> {
    let Wanted { search, sort, cursor } = wanted.clone();
    // An address that names no tenant is answered like that of a tenant that may not be seen.
    let Some(tenant) = tenant else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    let now = read_tenant(tenant, search, sort, cursor).await?;
    Ok((now, wanted))
}

fn show((now, wanted): (TenantNow, Wanted)) -> AnyView {
    let t = phrases();
    let TenantNow { tenant, pods, nodes } = now;
    let (summary, name) = (tenant.summary.clone(), tenant.summary.name());
    let (of_pods, of_workloads, path) = (name.clone(), name.clone(), tenant_href(&name));
    let teams = summary.teams.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let teams = if teams.is_empty() { t.say(tenants::UNOWNED).to_owned() } else { teams };
    let of_nodes = name.clone();
    let nodes = (!nodes.is_empty()).then(move || {
        view! {
            <Section id="nodes" title=t.say(nodes::NODES)>
                <Nodes tenant=of_nodes items=nodes />
            </Section>
        }
    });
    view! {
        <Crumbs way=vec![Crumb::new(t.say(tenants::TITLE), "/tenants")] />
        <PageHeading title=name.to_string()>
            <A href=roles_href(&name) attr:class="button">
                {t.say(grants::ASK)}
            </A>
            <A href=who_can_href(&name) attr:class="button">
                {t.say(who_can::LINK)}
            </A>
            <A href=declare_href(&name) attr:class="button">
                {t.say(break_glass::DECLARE_WHERE)}
            </A>
        </PageHeading>
        <div class="summary-line">
            <HealthBadge health=summary.health />
            <span>
                <PodCountsText counts=summary.pods />
            </span>
            <span>
                <span class="muted">{t.say(tenants::TEAM)}</span>
                " "
                {teams}
            </span>
            <FreshnessNote freshness=summary.freshness />
        </div>
        {nodes}
        <Section id="pods" title=t.say(pods::PODS)>
            <PodFilter action=path wanted=wanted.clone() />
            <PodTable tenant=of_pods list=pods wanted=wanted />
        </Section>
        <Section id="workloads" title=t.say(tenants::WORKLOADS)>
            <Workloads tenant=of_workloads items=tenant.workloads />
        </Section>
    }
    .into_any()
}
