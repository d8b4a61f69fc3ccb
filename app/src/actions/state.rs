//! The state of a request, in a word.

use domain::actions::StateName;
use leptos::prelude::*;

use crate::{
    components::{Badge, Tone},
    messages::{Message, phrases, requests},
};

/// The state of a request, in a word.
#[component]
pub(super) fn StateBadge(state: StateName) -> impl IntoView {
    let (tone, label) = told(state);
    view! { <Badge tone=tone label=phrases().say(label) /> }
}

/// How a state feels, and what it is called.
pub(super) const fn told(state: StateName) -> (Tone, Message) {
    match state {
        StateName::Pending => (Tone::Busy, requests::PENDING),
        StateName::Approved => (Tone::Busy, requests::APPROVED),
        StateName::Denied => (Tone::Danger, requests::DENIED),
        StateName::Withdrawn => (Tone::Neutral, requests::WITHDRAWN),
        StateName::Expired => (Tone::Neutral, requests::EXPIRED),
        StateName::Void => (Tone::Caution, requests::VOID),
        StateName::Executing => (Tone::Busy, requests::EXECUTING),
        StateName::Succeeded => (Tone::Good, requests::SUCCEEDED),
        StateName::Failed => (Tone::Danger, requests::FAILED),
        StateName::Unknown => (Tone::Caution, requests::UNKNOWN),
    }
}
