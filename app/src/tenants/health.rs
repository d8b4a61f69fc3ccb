//! The health of a tenant, in a word and in numbers.

use domain::tenants::{Health, PodCounts};
use leptos::prelude::*;

use crate::{
    components::{Badge, Tone},
    messages::{phrases, tenants},
};

/// The health of a tenant in a word.
#[component]
pub(crate) fn HealthBadge(health: Health) -> impl IntoView {
    let (tone, label) = match health {
        Health::Empty => (Tone::Neutral, tenants::EMPTY_HEALTH),
        Health::Healthy => (Tone::Good, tenants::HEALTHY),
        Health::Degraded => (Tone::Caution, tenants::DEGRADED),
        Health::Failing => (Tone::Danger, tenants::FAILING_HEALTH),
    };
    view! { <Badge tone=tone label=phrases().say(label) /> }
}

/// How the pods of a tenant fare, in numbers.
#[component]
pub(crate) fn PodCountsText(counts: PodCounts) -> impl IntoView {
    let t = phrases();
    let PodCounts { total, ready, failing } = counts;
    let failing = (failing > 0).then(|| t.fill(tenants::FAILING, &[("n", &failing)]));
    view! {
        <span class="numbers">
            {t.fill(tenants::PODS_READY, &[("ready", &ready), ("total", &total)])}
        </span>
        {failing.map(|failing| view! { <span class="numbers-more">{failing}</span> })}
    }
}
