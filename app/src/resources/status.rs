//! The status of a pod, as `kubectl` prints it, with how it feels.

use domain::resources::PodRow;
use leptos::prelude::*;

use crate::components::{Badge, Tone};

/// The status of a pod.
#[component]
pub(crate) fn StatusBadge(pod: PodRow) -> impl IntoView {
    view! { <Badge tone=tone(&pod) label=pod.status /> }
}

fn tone(pod: &PodRow) -> Tone {
    if pod.is_failing() {
        Tone::Danger
    } else if pod.is_completed() {
        Tone::Neutral
    } else if pod.is_ready() {
        Tone::Good
    } else {
        Tone::Busy
    }
}
