//! What will happen and how far it reaches: the same block for requester and approver.

use domain::actions::{
    BlastRadius, BudgetImpact, DryRunRefusal, DryRunVerdict, PreviewReport, Replacement,
    WorkloadImpact,
};
use leptos::prelude::*;

use crate::{
    components::{Ago, Badge, Fact, Notice, Tone},
    messages::{Phrases, phrases, requests, restart},
};

/// A preview, in words.
#[component]
pub(super) fn Reach(preview: PreviewReport) -> impl IntoView {
    let t = phrases();
    let PreviewReport { dry_run, blast_radius, target_status, computed_at, .. } = preview;
    let BlastRadius { workload, budgets, replacement, .. } = blast_radius;
    let nothing_left = workload.as_ref().is_some_and(|w| w.ready > 0 && w.ready_after == 0);
    view! {
        {nothing_left
            .then(|| view! { <Notice tone=Tone::Caution title=t.say(restart::NONE_READY) /> })}
        <dl class="facts">
            <Fact term=t.say(restart::CLUSTER_SAYS)>{verdict(dry_run)}</Fact>
            <Fact term=t.say(restart::STATUS_NOW)>{target_status}</Fact>
            <Fact term=t.say(restart::READY_REPLICAS)>{replicas(t, workload)}</Fact>
            <Fact term=t.say(restart::BUDGETS)>{budget_list(t, budgets)}</Fact>
            <Fact term=t.say(restart::REPLACEMENT)>{replaced_by(t, replacement)}</Fact>
        </dl>
        <p class="field-hint">
            {t.say(requests::WILL_HAPPEN_AS_OF)} " " <Ago at=computed_at />
        </p>
    }
}

/// Whether the cluster would refuse, as it says now.
pub(super) fn is_refused(preview: &PreviewReport) -> bool {
    matches!(preview.dry_run, DryRunVerdict::Refused { .. })
}

fn verdict(dry_run: DryRunVerdict) -> impl IntoView {
    let t = phrases();
    let (tone, label, message) = match dry_run {
        DryRunVerdict::Accepted => (Tone::Good, t.say(restart::ACCEPTED).to_owned(), None),
        DryRunVerdict::Refused { reason, message } => {
            (Tone::Danger, refusal(t, &reason), Some(message))
        }
    };
    view! {
        <Badge tone=tone label=label />
        {message.map(|message| view! { <span class="cell-more">{message}</span> })}
    }
}

fn refusal(t: Phrases, reason: &DryRunRefusal) -> String {
    match reason {
        DryRunRefusal::Budget { names } => {
            t.fill(restart::REFUSED_BUDGET, &[("names", &names.join(", "))])
        }
        DryRunRefusal::Forbidden => t.say(restart::REFUSED_FORBIDDEN).to_owned(),
        DryRunRefusal::Invalid | DryRunRefusal::Other => t.say(restart::REFUSED_OTHER).to_owned(),
    }
}

fn replicas(t: Phrases, workload: Option<WorkloadImpact>) -> impl IntoView {
    let Some(WorkloadImpact { kind, name, ready, ready_after, desired, .. }) = workload else {
        return t.say(restart::ALONE).into_any();
    };
    let change = t.fill(
        restart::READY_CHANGE,
        &[("before", &ready), ("after", &ready_after), ("desired", &desired)],
    );
    view! {
        {change}
        <span class="cell-more">{kind} " " <code>{name}</code></span>
    }
    .into_any()
}

fn budget_list(t: Phrases, budgets: Vec<BudgetImpact>) -> impl IntoView {
    if budgets.is_empty() {
        return t.say(restart::NO_BUDGETS).into_any();
    }
    let items = budgets.into_iter().map(|BudgetImpact { name, allowed, healthy, demanded }| {
        let room = t.fill(
            restart::BUDGET,
            &[("allowed", &allowed), ("healthy", &healthy), ("demanded", &demanded)],
        );
        view! {
            <li>
                <code>{name}</code>
                <span class="cell-more">{room}</span>
            </li>
        }
    });
    view! { <ul class="plain-list">{items.collect_view()}</ul> }.into_any()
}

fn replaced_by(t: Phrases, replacement: Option<Replacement>) -> String {
    match replacement.unwrap_or(Replacement::Nothing) {
        Replacement::Controller { kind, name } => {
            t.fill(restart::REPLACED_BY, &[("kind", &kind), ("name", &name)])
        }
        Replacement::Nothing => t.say(restart::NOT_REPLACED).to_owned(),
    }
}
