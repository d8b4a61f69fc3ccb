//! The page of a pod.

use domain::{ProblemCode, actions::TargetRef, resources::PodDetail, tenants::TenantName};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

use super::{
    StatusBadge, conditions::Conditions, containers::Containers, events::Events,
    overview::Overview, read::read_pod,
};
use crate::{
    Failure,
    actions::offers,
    components::{Crumb, Crumbs, FreshnessNote, PageHeading, Section, loaded, settled},
    live::Live,
    messages::{phrases, pods, tenants},
    tenants::{action_href, target_of, tenant_href},
};

/// What the prominent button of a pod asks for.
const RESTART: &str = "restart-pod";

/// The page of a pod.
#[component]
pub(crate) fn PodPage() -> AnyView {
    let params = use_params_map();
    let pod = Memo::new(move |_| params.with(target_of));
    let revision = Live::revision();
    let read = Resource::new(move || (pod.get(), revision.get()), |(pod, _)| read(pod));
    Live::follow(read, move || Some(format!("tenant:{}", pod.get()?.tenant())));
    // Another object, or the same one with other labels, may be done other things to.
    let offers =
        offers(pod, move || read.with(|read| read.as_ref()?.as_ref().ok().map(|(_, it)| mark(it))));
    view! {
        {loaded(read, |(target, detail)| head(target, detail))}
        {offers}
        {settled(read, |read| match read {
            Ok((target, detail)) => rest(target.tenant(), detail),
            // Told above already.
            Err(_) => ().into_any(),
        })}
    }
    .into_any()
}

fn mark(detail: &PodDetail) -> String {
    format!("{} {:?}", detail.pod.uid, detail.pod.labels)
}

async fn read(pod: Option<TargetRef>) -> Result<(TargetRef, PodDetail), Failure> {
    let Some(target) = pod else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    let detail = read_pod(target.tenant(), target.name.clone()).await?;
    Ok((target, detail))
}

fn head(target: TargetRef, detail: PodDetail) -> AnyView {
    let t = phrases();
    let PodDetail { pod, freshness, .. } = detail;
    let (status, message) = (pod.clone(), pod.message.clone());
    let tenant = target.tenant();
    let way = vec![
        Crumb::new(t.say(tenants::TITLE), "/tenants"),
        Crumb::new(tenant.to_string(), tenant_href(&tenant)),
    ];
    view! {
        <Crumbs way=way />
        <PageHeading title=pod.name.to_string()>
            <A href=action_href(&target, RESTART) attr:class="button button-guarded">
                {t.say(pods::RESTART)}
            </A>
        </PageHeading>
        <div class="summary-line">
            <StatusBadge pod=status />
            {message.map(|message| view! { <span>{message}</span> })}
            <FreshnessNote freshness=freshness />
        </div>
        <Section id="containers" title=t.say(pods::CONTAINERS)>
            <Containers items=pod.containers />
        </Section>
    }
    .into_any()
}

fn rest(tenant: TenantName, detail: PodDetail) -> AnyView {
    let t = phrases();
    let PodDetail { pod, workload, events, .. } = detail;
    let conditions = pod.conditions.clone();
    view! {
        <Section id="events" title=t.say(pods::EVENTS)>
            <Events items=events />
        </Section>
        <div class="columns">
            <Section id="overview" title=t.say(pods::OVERVIEW)>
                <Overview tenant=tenant pod=pod workload=workload />
            </Section>
            <Section id="conditions" title=t.say(pods::CONDITIONS)>
                <Conditions items=conditions caption=pods::CONDITIONS_CAPTION />
            </Section>
        </div>
    }
    .into_any()
}
