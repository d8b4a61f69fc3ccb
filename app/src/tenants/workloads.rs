//! The workloads of a tenant.

use domain::{
    actions::TargetKind,
    resources::{WorkloadKind, WorkloadRow},
    tenants::TenantName,
};
use leptos::prelude::*;
use leptos_router::components::A;

use super::object_href;
use crate::{
    components::{Age, Badge, Column, Empty, Row, Table, Tone, more, row},
    messages::{Message, phrases, tenants},
};

const COLUMNS: &[Column] = &[
    Column::text(tenants::WORKLOAD),
    Column::text(tenants::STATE).unlabelled(),
    Column::number(tenants::REPLICAS),
    Column::text(tenants::IMAGES),
    Column::number(tenants::AGE),
];

/// Workloads, one to a row.
#[component]
pub(crate) fn Workloads(tenant: TenantName, items: Vec<WorkloadRow>) -> impl IntoView {
    let t = phrases();
    if items.is_empty() {
        return view! {
            <Empty title=t.say(tenants::NO_WORKLOADS) hint=t.say(tenants::NO_WORKLOADS_MORE) />
        }
        .into_any();
    }
    let rows = items.into_iter().map(|workload| row(&tenant, workload)).collect();
    view! { <Table caption=tenants::WORKLOADS_CAPTION columns=COLUMNS rows=rows /> }.into_any()
}

/// What actions call this kind; none where none are done to it.
pub(crate) fn target_kind(kind: WorkloadKind) -> Option<TargetKind> {
    kind.to_string().parse().ok()
}

fn row(tenant: &TenantName, workload: WorkloadRow) -> Row {
    let t = phrases();
    let replicas = [("ready", &workload.ready as _), ("desired", &workload.desired as _)];
    let name = workload.name.to_string();
    let name = match target_kind(workload.kind) {
        Some(kind) => view! {
            <A href=object_href(tenant, kind, &workload.name) attr:class="code-link">
                {name}
            </A>
        }
        .into_any(),
        None => view! { <code>{name}</code> }.into_any(),
    };
    let state = view! { <WorkloadState workload=workload.clone() /> };
    let name = view! {
        <span class="owner">
            <span class="owner-kind">{workload.kind.to_string()}</span>
            {name}
        </span>
    };
    row![
        name,
        state,
        t.fill(tenants::REPLICAS_OF, &replicas),
        images(workload.images),
        view! { <Age since=workload.created_at /> },
    ]
}

fn images(images: Vec<String>) -> impl IntoView {
    let others = images.len().saturating_sub(1);
    let others = (others > 0).then(|| more(phrases().count(tenants::MORE_IMAGES, others)));
    let all = images.join("\n");
    let first = images.into_iter().next();
    view! {
        <span class="image" title=all>
            <code>{first}</code>
            {others}
        </span>
    }
}

/// What state a workload is in.
#[component]
pub(crate) fn WorkloadState(workload: WorkloadRow) -> impl IntoView {
    let (tone, state) = state(&workload);
    view! { <Badge tone=tone label=phrases().say(state) /> }
}

/// What state a workload is in, in a word.
fn state(workload: &WorkloadRow) -> (Tone, Message) {
    match workload.kind {
        WorkloadKind::CronJob => (Tone::Neutral, tenants::SCHEDULED),
        WorkloadKind::Job if workload.is_stuck() => (Tone::Danger, tenants::JOB_FAILED),
        WorkloadKind::Job if workload.is_healthy() => (Tone::Good, tenants::JOB_DONE),
        WorkloadKind::Job => (Tone::Busy, tenants::JOB_RUNNING),
        _ if workload.is_stuck() => (Tone::Danger, tenants::STUCK),
        _ if workload.desired == 0 => (Tone::Neutral, tenants::SCALED_TO_ZERO),
        _ if workload.is_rolling_out() => (Tone::Busy, tenants::ROLLING_OUT),
        _ if workload.ready == 0 => (Tone::Danger, tenants::SHORT),
        _ if !workload.is_healthy() => (Tone::Caution, tenants::SHORT),
        _ => (Tone::Good, tenants::ROLLED_OUT),
    }
}
