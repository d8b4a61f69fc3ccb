//! How a session stands, in a word and in a sentence.

use domain::grants::GrantStateName;
use leptos::prelude::*;

use crate::{
    components::{Ahead, Notice, Now, Tone, moment_ahead},
    grants::{self, GrantNow},
    messages::{break_glass, phrases},
};

/// How a session stands, and what that means. What never began, and what ends, does so as every grant.
pub(super) fn standing(session: GrantNow, may_open_alone: bool) -> AnyView {
    match session.state {
        GrantStateName::Pending => declared(session, may_open_alone),
        GrantStateName::Activating => opening(),
        GrantStateName::Active => live(session),
        _ => grants::standing(session),
    }
}

fn declared(session: GrantNow, may_open_alone: bool) -> AnyView {
    let (t, now) = (phrases(), Now::get());
    let sentence = move || {
        let when = session.ends_at.map(|at| moment_ahead(t, now.get(), at)).unwrap_or_default();
        let values = [("person", &session.body.holder as _), ("when", &when as _)];
        let message = if may_open_alone {
            break_glass::DECLARED_MORE
        } else {
            break_glass::DECLARED_APPROVAL
        };
        t.fill(message, &values)
    };
    view! {
        <Notice tone=Tone::Busy title=t.say(break_glass::DECLARED)>
            <p>{move || sentence()}</p>
        </Notice>
    }
    .into_any()
}

fn opening() -> AnyView {
    let t = phrases();
    view! {
        <Notice tone=Tone::Busy title=t.say(break_glass::OPENING)>
            <p>{t.say(break_glass::OPENING_MORE)}</p>
        </Notice>
    }
    .into_any()
}

/// What is left of it moves on without being read out each time.
fn live(session: GrantNow) -> AnyView {
    let t = phrases();
    let body = &session.body;
    let values = [("person", &body.holder as _), ("role", &body.role.name as _)];
    let is_drill = body.declaration.as_ref().is_some_and(|declared| declared.is_drill);
    let (tone, held) = if is_drill {
        (Tone::Caution, break_glass::LIVE_DRILL)
    } else {
        (Tone::Danger, break_glass::LIVE_MORE)
    };
    let held = t.fill(held, &values);
    let left = session.ends_at.map(|at| {
        view! {
            <p aria-live="off">{t.say(break_glass::LEFT)} " " <Ahead at=at /></p>
        }
    });
    view! {
        <Notice tone=tone title=t.say(break_glass::LIVE)>
            <p>{held}</p>
            {left}
        </Notice>
    }
    .into_any()
}
