//! The page of a workload, and of whatever else actions are done to but pods.

use domain::{
    ProblemCode,
    actions::{TargetKind, TargetRef},
    resources::{PodRow, WorkloadDetail},
    tenants::TenantName,
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map, params::ParamsMap};

use super::{
    conditions::Conditions, events::Events, read::read_workload, workload_overview::Overview,
};
use crate::{
    Failure,
    actions::{OFFERS, offers},
    components::{
        Crumb, Crumbs, Empty, FreshnessNote, Notice, PageHeading, Section, Tone, loaded, settled,
    },
    live::Live,
    messages::{phrases, pods, tenants, workloads},
    tenants::{PodRows, WorkloadState, Workloads, target_of, tenant_href},
};

/// So many of its pods stand on the page; the rest is a search away.
const PODS_SHOWN: usize = 20;

/// What was read of a target; nothing of an object that nobody watches.
type Found = (TargetRef, Option<WorkloadDetail>);

/// The page of a workload.
#[component]
pub(crate) fn WorkloadPage() -> AnyView {
    let params = use_params_map();
    let target = Memo::new(move |_| params.with(workload_of));
    let revision = Live::revision();
    let read = Resource::new(move || (target.get(), revision.get()), |(target, _)| read(target));
    Live::follow(read, move || Some(format!("tenant:{}", target.get()?.tenant())));
    let offers = offers(target, move || {
        read.with(|read| read.as_ref()?.as_ref().ok().map(|(_, detail)| mark(detail.as_ref())))
    });
    view! {
        {loaded(read, head)}
        {offers}
        {settled(read, |read| match read {
            Ok((target, Some(detail))) => rest(&target, detail),
            // Nothing more is known, or it is told above already.
            _ => ().into_any(),
        })}
    }
    .into_any()
}

/// Pods have a page of their own.
fn workload_of(params: &ParamsMap) -> Option<TargetRef> {
    target_of(params).filter(|target| target.kind != TargetKind::Pod)
}

/// What decides about what may be done: another object, another spec, another end.
fn mark(detail: Option<&WorkloadDetail>) -> String {
    detail.map_or_else(String::new, |WorkloadDetail { workload, .. }| {
        let ended = workload.is_complete() || workload.is_stuck();
        format!("{} {} {ended}", workload.uid, workload.generation)
    })
}

async fn read(target: Option<TargetRef>) -> Result<Found, Failure> {
    let Some(target) = target else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    let detail = read_workload(target.clone()).await?;
    Ok((target, detail))
}

fn head((target, detail): Found) -> AnyView {
    let t = phrases();
    let tenant = target.tenant();
    let way = vec![
        Crumb::new(t.say(tenants::TITLE), "/tenants"),
        Crumb::new(tenant.to_string(), tenant_href(&tenant)),
    ];
    let summary = match detail {
        Some(WorkloadDetail { workload, freshness, .. }) => view! {
            <WorkloadState workload=workload />
            <FreshnessNote freshness=freshness />
        }
        .into_any(),
        None => view! {
            <Notice tone=Tone::Neutral title=t.say(workloads::NOT_WATCHED) />
        }
        .into_any(),
    };
    view! {
        <Crumbs way=way />
        <PageHeading title=target.name.to_string()>
            // Within the page: external to the router, which would leave the focus where it is.
            <a class="button" href=format!("#{OFFERS}") rel="external">
                {t.say(workloads::ACT)}
            </a>
        </PageHeading>
        <div class="summary-line">
            <span class="owner-kind">{target.kind.as_str()}</span>
            {summary}
        </div>
    }
    .into_any()
}

fn rest(target: &TargetRef, detail: WorkloadDetail) -> AnyView {
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
