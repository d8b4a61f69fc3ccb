//! What the page of a pod shows.

use domain::{actions::TargetRef, resources::PodDetail, tenants::TenantName};
use leptos::prelude::*;
use leptos_router::components::A;

use super::{
    StatusBadge, conditions::Conditions, containers::Containers, events::Events, overview::Overview,
};
use crate::{
    components::{FreshnessNote, PageHeading, Section},
    messages::{phrases, pods},
    tenants::action_href,
};

/// What the prominent button of a pod asks for.
const RESTART: &str = "restart-pod";

/// What a pod is, and how its containers fare.
pub(super) fn head(target: &TargetRef, detail: PodDetail) -> AnyView {
    let t = phrases();
    let PodDetail { pod, freshness, .. } = detail;
    let (status, message) = (pod.clone(), pod.message.clone());
    let restart = action_href(target, RESTART);
    view! {
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
            <Containers items=pod.containers />
        </Section>
    }
    .into_any()
}

/// What else there is to know about a pod.
pub(super) fn rest(tenant: TenantName, detail: PodDetail) -> AnyView {
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
