//! How a recovery stands, in a word and in a sentence.

use domain::{
    recovery::{Part, RecoveryStateName, RecoveryView},
    time::Timestamp,
};
use leptos::prelude::*;

use crate::{
    components::{Badge, Notice, Now, Tone, moment_ago, moment_ahead},
    messages::{Message, Phrases, phrases, recovery},
    reviews,
};

/// The state of a recovery, in a word.
pub(super) fn badge(now: &RecoveryView) -> AnyView {
    let (tone, label) = told(now);
    view! { <Badge tone=tone label=phrases().say(label) /> }.into_any()
}

fn told(now: &RecoveryView) -> (Tone, Message) {
    match (now.state, &now.verdict) {
        (RecoveryStateName::Pending, _) => (Tone::Busy, recovery::PENDING),
        (RecoveryStateName::Approved, _) => (Tone::Caution, recovery::APPROVED),
        (RecoveryStateName::Enrolled, _) if now.escalated_at.is_some() => {
            (Tone::Danger, recovery::LATE)
        }
        (RecoveryStateName::Enrolled, _) => (Tone::Busy, recovery::ENROLLED),
        (RecoveryStateName::Judged, Some(judged)) => reviews::found(judged.verdict),
        (RecoveryStateName::Judged, None) => (Tone::Neutral, recovery::JUDGED),
        (RecoveryStateName::Denied, _) => (Tone::Danger, recovery::DENIED),
        (RecoveryStateName::Withdrawn, _) => (Tone::Neutral, recovery::WITHDRAWN),
        (RecoveryStateName::Expired, _) => (Tone::Neutral, recovery::EXPIRED),
    }
}

/// As what somebody signs, in words.
fn part(t: Phrases, part: Part) -> &'static str {
    t.say(match part {
        Part::Admin => recovery::AS_ADMIN,
        Part::TeamMate => recovery::AS_TEAM_MATE,
    })
}

/// One or the other of these.
pub(super) fn either(t: Phrases, parts: impl IntoIterator<Item = Part>) -> String {
    parts.into_iter().map(|it| part(t, it)).collect::<Vec<_>>().join(" / ")
}

/// As what somebody must sign still: both, or whatever the first signer is not.
fn missing(t: Phrases, it: &RecoveryView) -> String {
    if it.signatures.is_empty() {
        return it.missing.iter().map(|it| part(t, *it)).collect::<Vec<_>>().join(", ");
    }
    either(t, it.missing.iter().copied())
}

/// How a recovery stands, and what that means.
pub(super) fn standing(recovery: &RecoveryView) -> AnyView {
    let (t, now, it) = (phrases(), Now::get(), recovery.clone());
    let (tone, title) = told(recovery);
    let said = recovery.verdict.as_ref().and_then(|judged| judged.comment.clone());
    let said = said.or_else(|| recovery.ended_because.clone());
    let said = said.map(|said| view! { <blockquote class="comment">{said}</blockquote> });
    let is_lost = recovery.state == RecoveryStateName::Enrolled && recovery.reviewer.is_none();
    let lost = is_lost.then(|| view! { <p>{t.say(recovery::NOBODY_MORE)}</p> });
    view! {
        <Notice tone=tone title=t.say(title)>
            <p>{move || sentence(t, &it, now.get())}</p>
            {said}
            {lost}
        </Notice>
    }
    .into_any()
}

fn sentence(t: Phrases, it: &RecoveryView, now: Timestamp) -> String {
    let ahead = |at: Option<Timestamp>| at.map(|at| moment_ahead(t, now, at)).unwrap_or_default();
    let (person, when) = (&it.body.person, ahead(it.ends_at));
    let by = it.ended_by.as_ref().map(ToString::to_string).unwrap_or_default();
    match it.state {
        RecoveryStateName::Pending => {
            let missing = missing(t, it);
            t.fill(recovery::PENDING_MORE, &[("missing", &missing), ("when", &when)])
        }
        RecoveryStateName::Approved => {
            t.fill(recovery::APPROVED_MORE, &[("person", person), ("when", &when)])
        }
        RecoveryStateName::Enrolled => match it.due_at {
            Some(due) if due <= now => {
                t.fill(recovery::LATE_MORE, &[("when", &moment_ago(t, now, due))])
            }
            due => t.fill(recovery::ENROLLED_MORE, &[("person", person), ("when", &ahead(due))]),
        },
        RecoveryStateName::Judged => {
            let by = it.verdict.as_ref().map(|judged| judged.by.to_string()).unwrap_or_default();
            t.fill(recovery::JUDGED_MORE, &[("by", &by)])
        }
        RecoveryStateName::Denied => t.fill(recovery::DENIED_MORE, &[("by", &by)]),
        RecoveryStateName::Withdrawn if by.is_empty() => t.say(recovery::LEFT_MORE).to_owned(),
        RecoveryStateName::Withdrawn => t.fill(recovery::WITHDRAWN_MORE, &[("by", &by)]),
        RecoveryStateName::Expired => t.say(recovery::EXPIRED_MORE).to_owned(),
    }
}
