//! The page of a pod.

use domain::{ProblemCode, names::ObjectName, resources::PodDetail, tenants::TenantName};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map, params::ParamsMap};

use super::{
    StatusBadge, conditions::Conditions, containers::Containers, events::Events,
    overview::Overview, read::read_pod,
};
use crate::{
    Failure,
    components::{Crumb, Crumbs, FreshnessNote, PageHeading, Section, loaded},
    live::Live,
    messages::{phrases, pods, tenants},
    tenants::{pod_href, tenant_href, tenant_of},
};

/// The page of a pod.
#[component]
pub(crate) fn PodPage() -> AnyView {
    let params = use_params_map();
    let pod = Memo::new(move |_| params.with(pod_of));
    let revision = Live::revision();
    let read = Resource::new(move || (pod.get(), revision.get()), |(pod, _)| read(pod));
    Live::follow(read, move || Some(format!("tenant:{}", pod.get()?.0)));
    loaded(read, |(tenant, detail)| show(tenant, detail))
}

/// The pod that an address names; none when it could be no pod's name.
pub(crate) fn pod_of(params: &ParamsMap) -> Option<(TenantName, ObjectName)> {
    Some((tenant_of(params)?, params.get_str("name")?.parse().ok()?))
}

async fn read(pod: Option<(TenantName, ObjectName)>) -> Result<(TenantName, PodDetail), Failure> {
    let Some((tenant, name)) = pod else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    let detail = read_pod(tenant.clone(), name).await?;
    Ok((tenant, detail))
}

fn show(tenant: TenantName, detail: PodDetail) -> AnyView {
    let t = phrases();
    let PodDetail { pod, workload, events, freshness } = detail;
    let (status, message) = (pod.clone(), pod.message.clone());
    let (containers, conditions) = (pod.containers.clone(), pod.conditions.clone());
    let restart = format!("{}/restart", pod_href(&tenant, &pod.name));
    let way = vec![
        Crumb::new(t.say(tenants::TITLE), "/tenants"),
        Crumb::new(tenant.to_string(), tenant_href(&tenant)),
    ];
    view! {
        <Crumbs way=way />
        <PageHeading title=pod.name.to_string()>
            <A href=restart attr:class="button button-guarded">
                {t.say(pods::RESTART)}
            </A>
        </PageHeading>
        <div class="summary-line">
            <StatusBadge pod=status />
            {message.map(|message| view! { <span>{message}</span> })}
            <FreshnessNote freshness=freshness />
        </div>
        <Section id="containers" title=t.say(pods::CONTAINERS)>
            <Containers items=containers />
        </Section>
        <Section id="events" title=t.say(pods::EVENTS)>
            <Events items=events />
        </Section>
        <div class="columns">
            <Section id="overview" title=t.say(pods::OVERVIEW)>
                <Overview tenant=tenant pod=pod workload=workload />
            </Section>
            <Section id="conditions" title=t.say(pods::CONDITIONS)>
                <Conditions items=conditions />
            </Section>
        </div>
    }
    .into_any()
}
