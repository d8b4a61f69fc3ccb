//! What the page of a workload shows.

use domain::{
    actions::TargetRef,
    resources::{PodRow, WorkloadDetail},
    tenants::TenantName,
};
use leptos::prelude::*;
use leptos_router::components::A;

use super::{conditions::Conditions, events::Events, workload_overview::Overview};
use crate::{
    components::{Empty, FreshnessNote, Notice, Section, Tone},
    messages::{phrases, pods, workloads},
    tenants::{PodRows, WorkloadState, Workloads, tenant_href},
};

/// So many of its pods stand on the page; the rest is a search away.
const PODS_SHOWN: usize = 20;

/// How a workload stands; without a detail, an object that nobody watches.
pub(super) fn standing(detail: Option<WorkloadDetail>) -> AnyView {
    match detail {
        Some(WorkloadDetail { workload, freshness, .. }) => view! {
            <WorkloadState workload=workload />
            <FreshnessNote freshness=freshness />
        }
        .into_any(),
        None => view! {
            <Notice tone=Tone::Neutral title=phrases().say(workloads::NOT_WATCHED) />
        }
        .into_any(),
    }
}

/// What there is to know about a workload.
pub(super) fn rest(target: &TargetRef, detail: WorkloadDetail) -> AnyView {
    let t = phrases();
    let WorkloadDetail { workload, pods, jobs, events, .. } = detail;
    let tenant = target.tenant();
    let (of_jobs, of_overview) = (tenant.clone(), tenant.clone());
    let pods = pods_of(tenant, target.name.as_str(), pods);
    let conditions = workload.conditions.clone();
    let conditions = if conditions.is_empty() {
        view! { <p class="muted">{t.say(workloads::NO_CONDITIONS)}</p> }.into_any()
    } else {
        view! { <Conditions items=conditions caption=workloads::CONDITIONS_CAPTION /> }.into_any()
    };
    let jobs = (!jobs.is_empty()).then(move || {
        view! {
            <Section id="jobs" title=t.say(workloads::JOBS)>
                <Workloads tenant=of_jobs items=jobs />
            </Section>
        }
    });
    view! {
        <Section id="pods" title=t.say(workloads::PODS)>
            {pods}
        </Section>
        {jobs}
        <div class="columns">
            <Section id="overview" title=t.say(workloads::OVERVIEW)>
                <Overview tenant=of_overview workload=workload />
            </Section>
            <Section id="conditions" title=t.say(pods::CONDITIONS)>
                {conditions}
            </Section>
        </div>
        <Section id="events" title=t.say(pods::EVENTS)>
            <Events items=events />
        </Section>
    }
    .into_any()
}

fn pods_of(tenant: TenantName, name: &str, mut pods: Vec<PodRow>) -> AnyView {
    let t = phrases();
    if pods.is_empty() {
        return view! { <Empty title=t.say(workloads::NO_PODS) hint=t.say(workloads::NO_PODS_MORE) /> }
            .into_any();
    }
    let all = pods.len();
    let more = (all > PODS_SHOWN).then(|| {
        let href = format!("{}?search={name}", tenant_href(&tenant));
        view! {
            <p>
                <A href=href attr:class="button">
                    {t.count(workloads::ALL_PODS, all)}
                </A>
            </p>
        }
    });
    pods.truncate(PODS_SHOWN);
    view! {
        <PodRows tenant=tenant pods=pods />
        {more}
    }
    .into_any()
}
