//! What will happen and how far it reaches: the same blocks for requester and approver.

use domain::actions::{
    BlastRadius, BudgetImpact, DryRunRefusal, DryRunVerdict, Fate, PreviewReport, Replacement,
    ScalerImpact, ServiceImpact, TenantReach, Unseen, WorkloadImpact,
};
use leptos::prelude::*;

use super::{changes::Changes, neighbours::NeighbourList};
use crate::{
    components::{Ago, Badge, Copyable, Fact, Notice, Section, Tone, Views, more},
    messages::{Message, Phrases, actions, phrases, requests},
};

/// How far it reaches, in words.
#[component]
pub(super) fn Reach(preview: PreviewReport) -> impl IntoView {
    let t = phrases();
    let said = verdict(t, &preview);
    let PreviewReport { blast_radius, target_status, computed_at, .. } = preview;
    let BlastRadius { workload, budgets, services, scaler, replacement, reached, unseen } =
        blast_radius;
    let tenant_by_tenant = workload.is_none() && !(reached.is_empty() && unseen.tenants == 0);
    let pod_by_pod_too = reached.iter().flat_map(|reach| &reach.workloads);
    let nothing_left =
        workload.iter().chain(pod_by_pod_too).any(|w| w.ready > 0 && w.ready_after == 0);
    let rolling_out = workload.as_ref().is_some_and(|w| w.rolling_out);
    let replacement = replacement.map(|replacement| {
        view! {
            <Fact term=t.say(actions::REPLACEMENT)>{replaced_by(t, replacement)}</Fact>
        }
    });
    // A job or a node has none: to say that nothing loses a pod would not be true of it.
    let has_surroundings =
        workload.is_some() || replacement.is_some() || !(budgets.is_empty() && services.is_empty());
    let surroundings = (has_surroundings && !tenant_by_tenant).then(|| {
        view! {
            <Fact term=t.say(actions::READY_REPLICAS)>{replicas(t, workload)}</Fact>
            <Fact term=t.say(actions::SERVICES)>{service_list(t, services)}</Fact>
            <Fact term=t.say(actions::BUDGETS)>{budget_list(t, budgets)}</Fact>
        }
    });
    view! {
        {nothing_left
            .then(|| view! { <Notice tone=Tone::Caution title=t.say(actions::NONE_READY) /> })}
        {rolling_out
            .then(|| view! { <Notice tone=Tone::Caution title=t.say(actions::ROLLING_OUT) /> })}
        <dl class="facts">
            <Fact term=t.say(actions::CLUSTER_SAYS)>{said}</Fact>
            <Fact term=t.say(actions::STATUS_NOW)>{target_status}</Fact>
            {surroundings}
            {scaler.map(|scaler| scaled_by(t, scaler))}
            {replacement}
            {pod_by_pod(t, reached, unseen, tenant_by_tenant)}
        </dl>
        <p class="field-hint">
            {t.say(requests::WILL_HAPPEN_AS_OF)} " " <Ago at=computed_at />
        </p>
    }
}

/// The fields that change, and what else happens around the target.
#[component]
pub(super) fn Details(preview: PreviewReport) -> impl IntoView {
    let t = phrases();
    view! {
        <Section id="changes" title=t.say(actions::CHANGES)>
            <Changes items=preview.changes />
        </Section>
        <Section id="neighbours" title=t.say(actions::NEIGHBOURS)>
            <NeighbourList items=preview.neighbours />
        </Section>
    }
}

/// The same as a command.
#[component]
pub(super) fn Kubectl(command: String) -> impl IntoView {
    let t = phrases();
    view! {
        <Section id="kubectl" title=t.say(actions::KUBECTL)>
            <p class="command">
                <Copyable text=command what=t.say(actions::COMMAND) />
            </p>
            <p class="field-hint">{t.say(actions::KUBECTL_HINT)}</p>
        </Section>
    }
}

/// Whether the cluster would refuse, as it says now. Pods that go in waves wait for the room that a budget has not.
pub(super) fn is_refused(preview: &PreviewReport) -> bool {
    matches!(&preview.dry_run, DryRunVerdict::Refused { reason, .. } if !waits(preview, reason))
}

fn waits(preview: &PreviewReport, reason: &DryRunRefusal) -> bool {
    let in_waves = preview.blast_radius.taken() > 0;
    in_waves && matches!(reason, DryRunRefusal::Budget { .. })
}

fn verdict(t: Phrases, preview: &PreviewReport) -> impl IntoView + use<> {
    let (tone, label, message) = match &preview.dry_run {
        DryRunVerdict::Accepted => (Tone::Good, t.say(actions::ACCEPTED).to_owned(), None),
        DryRunVerdict::Refused { reason: DryRunRefusal::Budget { names }, message }
            if waits(preview, &DryRunRefusal::Budget { names: Vec::new() }) =>
        {
            let label = match names.as_slice() {
                [] => t.say(actions::HELD_BACK_UNSEEN).to_owned(),
                names => t.fill(actions::HELD_BACK, &[("names", &names.join(", "))]),
            };
            (Tone::Caution, label, Some(message.clone()))
        }
        DryRunVerdict::Refused { reason, message } => {
            (Tone::Danger, refusal(t, reason), Some(message.clone()))
        }
    };
    view! {
        <Badge tone=tone label=label />
        {message.map(more)}
    }
}

fn refusal(t: Phrases, reason: &DryRunRefusal) -> String {
    match reason {
        DryRunRefusal::Budget { names } => {
            t.fill(actions::REFUSED_BUDGET, &[("names", &names.join(", "))])
        }
        DryRunRefusal::Forbidden => t.say(actions::REFUSED_FORBIDDEN).to_owned(),
        DryRunRefusal::Invalid => t.say(actions::REFUSED_INVALID).to_owned(),
        DryRunRefusal::Other => t.say(actions::REFUSED_OTHER).to_owned(),
    }
}

fn replicas(t: Phrases, workload: Option<WorkloadImpact>) -> impl IntoView {
    let Some(impact) = workload else {
        return t.say(actions::ALONE).into_any();
    };
    let WorkloadImpact { kind, name, desired, desired_after, ready, ready_after, .. } = impact;
    let change = t.fill(
        actions::READY_CHANGE,
        &[("before", &ready), ("after", &ready_after), ("desired", &desired)],
    );
    let wanted = (desired != desired_after).then(|| {
        let values = [("before", &desired as _), ("after", &desired_after as _)];
        more(t.fill(actions::WANTED_AFTER, &values))
    });
    view! {
        {change}
        {wanted}
        {more(view! { {kind} " " <code>{name}</code> })}
    }
    .into_any()
}

fn budget_list(t: Phrases, budgets: Vec<BudgetImpact>) -> impl IntoView {
    if budgets.is_empty() {
        return t.say(actions::NO_BUDGETS).into_any();
    }
    let items = budgets.into_iter().map(|BudgetImpact { name, allowed, healthy, demanded }| {
        let room = t.fill(
            actions::BUDGET,
            &[("allowed", &allowed), ("healthy", &healthy), ("demanded", &demanded)],
        );
        (name, room)
    });
    named_list(items.collect()).into_any()
}

fn service_list(t: Phrases, services: Vec<ServiceImpact>) -> impl IntoView {
    if services.is_empty() {
        return t.say(actions::NO_SERVICES).into_any();
    }
    let items = services.into_iter().map(|ServiceImpact { name, ready, ready_after }| {
        let left = t.fill(actions::SERVICE, &[("before", &ready), ("after", &ready_after)]);
        (name, left)
    });
    named_list(items.collect()).into_any()
}

/// What happens pod by pod, tenant by tenant; of tenants that may not be seen, in numbers.
fn pod_by_pod(
    t: Phrases,
    reached: Vec<TenantReach>,
    unseen: Unseen,
    tenant_by_tenant: bool,
) -> impl IntoView {
    let any = !reached.is_empty() || unseen.tenants > 0;
    let elsewhere = (unseen.tenants > 0).then(|| {
        let numbers = [("tenants", &unseen.tenants as _), ("pods", &unseen.pods as _)];
        view! { <p>{t.fill(actions::UNSEEN, &numbers)}</p> }
    });
    any.then(|| {
        let tenants =
            reached.into_iter().map(|reach| in_tenant(t, reach, tenant_by_tenant)).views();
        view! { <Fact term=t.say(actions::POD_BY_POD)>{tenants} {elsewhere}</Fact> }
    })
}

fn in_tenant(t: Phrases, reach: TenantReach, whole: bool) -> impl IntoView {
    let TenantReach { tenant, pods, workloads, budgets, services } = reach;
    let pods = pods.into_iter().map(|pod| (pod.name.to_string(), t.say(fate(pod.fate)).to_owned()));
    let workloads = workloads.into_iter().map(|it| {
        let numbers = [
            ("before", &it.ready as _),
            ("after", &it.ready_after as _),
            ("desired", &it.desired as _),
        ];
        (it.name.clone(), t.fill(actions::READY_CHANGE, &numbers))
    });
    let pods = named_list(pods.collect());
    let workloads = workloads.collect::<Vec<_>>();
    let around = [
        (actions::READY_REPLICAS, !workloads.is_empty(), named_list(workloads).into_any()),
        (actions::BUDGETS, !budgets.is_empty(), budget_list(t, budgets).into_any()),
        (actions::SERVICES, !services.is_empty(), service_list(t, services).into_any()),
    ];
    let around = around.into_iter().filter(|(_, any, _)| whole && *any).map(|(name, _, list)| {
        view! {
            <p class="field-hint">{t.say(name)}</p>
            {list}
        }
    });
    view! {
        <p>
            <strong>{tenant.to_string()}</strong>
        </p>
        {pods}
        {around.views()}
    }
}

const fn fate(fate: Fate) -> Message {
    match fate {
        Fate::Evicted => actions::EVICTED,
        Fate::DataLost => actions::DATA_LOST,
        Fate::Lost => actions::LOST,
        Fate::Ended => actions::ENDED_BEFORE,
        Fate::Mirror => actions::STAYS_MIRROR,
        Fate::Daemon => actions::STAYS_DAEMON,
        Fate::LocalData => actions::STAYS_LOCAL_DATA,
        Fate::Unmanaged => actions::STAYS_UNMANAGED,
        Fate::Ending => actions::ENDS_ALREADY,
        Fate::CameSince => actions::CAME_SINCE,
    }
}

/// Things by name, each with a word about it.
fn named_list(items: Vec<(String, String)>) -> impl IntoView {
    let items = items.into_iter().map(|(name, word)| {
        view! {
            <li>
                <code>{name}</code>
                {more(word)}
            </li>
        }
    });
    view! { <ul class="plain-list">{items.views()}</ul> }
}

fn scaled_by(t: Phrases, ScalerImpact { name, least, most }: ScalerImpact) -> impl IntoView {
    let bounds = t.fill(actions::SCALER, &[("least", &least), ("most", &most)]);
    view! { <Fact term=t.say(actions::SCALERS)>{named_list(vec![(name, bounds)])}</Fact> }
}

fn replaced_by(t: Phrases, replacement: Replacement) -> String {
    match replacement {
        Replacement::Controller { kind, name } if kind == "Job" => {
            t.fill(actions::COUNTED_BY_JOB, &[("name", &name)])
        }
        Replacement::Controller { kind, name } => {
            t.fill(actions::REPLACED_BY, &[("kind", &kind), ("name", &name)])
        }
        Replacement::Nothing => t.say(actions::NOT_REPLACED).to_owned(),
    }
}
