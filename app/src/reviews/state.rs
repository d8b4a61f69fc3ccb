//! How a review stands, in a word.

use domain::break_glass::{ReviewStateName, ReviewView, Verdict};
use leptos::prelude::*;

use crate::{
    components::{Badge, Tone},
    messages::{Message, phrases, reviews},
};

/// How a review stands, in a word.
pub(crate) fn badge(review: &ReviewView) -> AnyView {
    let (tone, label) = told(review);
    view! { <Badge tone=tone label=phrases().say(label) /> }.into_any()
}

/// How a review stands, and how that feels.
pub(super) fn told(review: &ReviewView) -> (Tone, Message) {
    match (review.state, &review.verdict) {
        (ReviewStateName::Live, _) => (Tone::Caution, reviews::LIVE),
        (ReviewStateName::Open, _) if review.escalated_at.is_some() => {
            (Tone::Danger, reviews::LATE)
        }
        (ReviewStateName::Open, _) => (Tone::Busy, reviews::OPEN),
        (ReviewStateName::Judged, Some(judged)) => found(judged.verdict),
        (ReviewStateName::Judged, None) => (Tone::Neutral, reviews::TAB_JUDGED),
    }
}

/// What a reviewer finds, and how that feels.
pub(crate) const fn found(verdict: Verdict) -> (Tone, Message) {
    match verdict {
        Verdict::Justified => (Tone::Good, reviews::JUSTIFIED),
        Verdict::JustifiedWithFollowUps => (Tone::Caution, reviews::FOLLOW_UPS),
        Verdict::Unjustified => (Tone::Danger, reviews::UNJUSTIFIED),
    }
}

/// What the person owes of it, in a word.
pub(super) fn owed(review: &ReviewView) -> Option<Message> {
    let is_owed = review.account.is_none() && review.state != ReviewStateName::Live;
    let word = if review.is_account_overdue { reviews::OVERDUE } else { reviews::OWED };
    is_owed.then_some(word)
}
