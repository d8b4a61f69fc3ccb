//! How a grant stands, in a word and in a sentence.

use domain::grants::{EndReason, GrantStateName, Risk};
use leptos::prelude::*;

use super::read::GrantNow;
use crate::{
    components::{Badge, Notice, Now, Tone, moment_ahead},
    messages::{Message, grants, phrases},
};

/// The state of a grant, in a word.
pub(super) fn badge(state: GrantStateName) -> AnyView {
    let (tone, label) = told(state);
    view! { <Badge tone=tone label=phrases().say(label) /> }.into_any()
}

/// What a role reaches, in a word.
pub(crate) fn risk(risk: Option<Risk>) -> AnyView {
    let (tone, label) = match risk {
        Some(Risk::Reads) => (Tone::Neutral, grants::READS),
        Some(Risk::Changes) => (Tone::Caution, grants::CHANGES),
        Some(Risk::ReachesSecrets) => (Tone::Danger, grants::REACHES_SECRETS),
        None => (Tone::Neutral, grants::RISK_UNKNOWN),
    };
    view! { <Badge tone=tone label=phrases().say(label) /> }.into_any()
}

const fn told(state: GrantStateName) -> (Tone, Message) {
    match state {
        GrantStateName::Pending => (Tone::Busy, grants::PENDING),
        GrantStateName::Denied => (Tone::Danger, grants::DENIED),
        GrantStateName::Withdrawn => (Tone::Neutral, grants::WITHDRAWN),
        GrantStateName::Expired => (Tone::Neutral, grants::EXPIRED),
        GrantStateName::Void => (Tone::Caution, grants::VOID),
        GrantStateName::Activating => (Tone::Busy, grants::ACTIVATING),
        GrantStateName::Active => (Tone::Good, grants::ACTIVE),
        GrantStateName::Ending => (Tone::Danger, grants::ENDING),
        GrantStateName::Ended => (Tone::Neutral, grants::ENDED),
    }
}

/// How a grant stands, and what that means.
pub(crate) fn standing(grant: GrantNow) -> AnyView {
    let (t, now) = (phrases(), Now::get());
    let (tone, title) = told(grant.state);
    let sentence = move || {
        let when = grant.ends_at.map(|at| moment_ahead(t, now.get(), at)).unwrap_or_default();
        match grant.state {
            GrantStateName::Pending => t.fill(grants::PENDING_MORE, &[("when", &when)]),
            GrantStateName::Denied => {
                let (person, why) = grant
                    .denied
                    .as_ref()
                    .map_or(("", ""), |(person, why)| (person.as_str(), why.as_str()));
                t.fill(grants::DENIED_MORE, &[("person", &person), ("why", &why)])
            }
            GrantStateName::Withdrawn => t.say(grants::WITHDRAWN_MORE).to_owned(),
            GrantStateName::Expired => t.say(grants::EXPIRED_MORE).to_owned(),
            GrantStateName::Void => t.say(grants::VOID_MORE).to_owned(),
            GrantStateName::Activating => t.say(grants::ACTIVATING_MORE).to_owned(),
            GrantStateName::Active => {
                t.fill(grants::ACTIVE_MORE, &[("holder", &grant.body.holder), ("when", &when)])
            }
            GrantStateName::Ending => t.say(grants::ENDING_MORE).to_owned(),
            GrantStateName::Ended => {
                let why = grant.end.map(|end| t.say(why(end))).unwrap_or_default();
                t.fill(grants::ENDED_MORE, &[("why", &why)])
            }
        }
    };
    view! {
        <Notice tone=tone title=t.say(title)>
            <p>{move || sentence()}</p>
        </Notice>
    }
    .into_any()
}

pub(super) const fn why(end: EndReason) -> Message {
    match end {
        EndReason::Expired => grants::WHY_EXPIRED,
        EndReason::Returned => grants::WHY_RETURNED,
        EndReason::Revoked => grants::WHY_REVOKED,
        EndReason::Locked => grants::WHY_LOCKED,
        EndReason::LostRight => grants::WHY_LOST_RIGHT,
        EndReason::RoleChanged => grants::WHY_ROLE_CHANGED,
        EndReason::TenantGone => grants::WHY_TENANT_GONE,
        EndReason::Tampered => grants::WHY_TAMPERED,
        EndReason::NotGiven => grants::WHY_NOT_GIVEN,
        EndReason::Extended => grants::WHY_EXTENDED,
        EndReason::Recovered => grants::WHY_RECOVERED,
    }
}
