//! Opening a session alone: closed, to be waited for, or one touch away.

use std::sync::Arc;

use domain::{
    approvals::{Decision, Purpose},
    break_glass::ClosedAlone,
    grants::GrantStateName,
    identity::Me,
};
use leptos::prelude::*;
use leptos_router::components::A;

use super::read::SessionNow;
use crate::{
    components::{Notice, Now, Section, Tone, moment_ahead},
    grants::{GrantNow, listed, matter, minutes},
    messages::{Message, break_glass, phrases},
    reviews,
    signing::{Choice, Desk, SignButton},
};

/// Where the wait is told, for whoever comes to the button.
const WAIT: &str = "alone-wait";

/// Where its holder opens a declared session alone; nothing for anybody else.
pub(super) fn alone(session: &SessionNow, desk: Desk) -> Option<AnyView> {
    let grant = &session.grant;
    let is_own = expect_context::<Me>().login == grant.body.holder;
    let is_over = grant.ends_at.is_none_or(|at| at <= Now::get().get_untracked());
    if grant.state != GrantStateName::Pending || !is_own || is_over {
        return None;
    }
    Some(match session.alone_closed {
        Some(why) => closed(why, grant),
        None if session.may_open => open(session, desk),
        None => notice(break_glass::RULES_CLOSED, None),
    })
}

/// Why it is closed, who can open it still, and where what is in the way can be seen to.
fn closed(why: ClosedAlone, grant: &GrantNow) -> AnyView {
    let t = phrases();
    let asked = grant.body.declaration.as_ref().map(|it| listed(&it.asked)).unwrap_or_default();
    let asked = if asked.is_empty() { t.say(break_glass::ASKED_NOBODY).to_owned() } else { asked };
    let more = t.fill(break_glass::CLOSED_SESSION_MORE, &[("people", &asked)]);
    let waits = matches!(why, ClosedAlone::AccountOverdue | ClosedAlone::Unreviewed);
    let way = waits.then(|| {
        view! {
            <p>
                <A href=reviews::PATH>{t.say(break_glass::ALL_REVIEWS)}</A>
            </p>
        }
    });
    let more = view! {
        <p>{more}</p>
        {way}
    };
    notice(break_glass::closed(why), Some(more.into_any()))
}

fn notice(why: Message, more: Option<AnyView>) -> AnyView {
    let t = phrases();
    view! {
        <Notice tone=Tone::Caution title=t.say(break_glass::CLOSED)>
            <p>{t.say(why)}</p>
            {more}
        </Notice>
    }
    .into_any()
}

/// The button waits with the person: once its time has come it can be pressed, without reading the page anew.
fn open(session: &SessionNow, desk: Desk) -> AnyView {
    let (t, now) = (phrases(), Now::get());
    let (body, from) = (&session.grant.body, session.alone_from);
    let hint = t.fill(
        break_glass::OPEN_ALONE_HINT,
        &[
            ("role", &body.role.name),
            ("tenant", &body.tenant.name()),
            ("span", &minutes(body.ttl_seconds)),
        ],
    );
    // What a browser takes for now lags a little: it must not stand against what may be done at once.
    let at_once = from <= body.created_at;
    let has_come = move || at_once || now.get() >= from;
    let wait = move || {
        let when = moment_ahead(t, now.get(), from);
        (!has_come()).then(|| t.fill(break_glass::WAIT, &[("when", &when)]))
    };
    let come = move || (!at_once && has_come()).then(|| t.say(break_glass::MAY_NOW));
    let choice: Choice = Arc::new(move || has_come().then_some(Decision::Open));
    let matter = matter(session.grant.clone(), Purpose::BreakGlass, "break-glass");
    view! {
        <Section id="alone" title=t.say(break_glass::OPEN_ALONE)>
            <div class="form form-boxed">
                <p>{hint}</p>
                <div>
                    <p id=WAIT>{wait}</p>
                    <p role="status">{come}</p>
                </div>
                <div class="button-row">
                    <SignButton
                        matter=matter
                        desk=desk
                        choice=choice
                        label=t.say(break_glass::OPEN_BUTTON)
                        class="button button-danger"
                        waits_for=WAIT
                    />
                </div>
            </div>
        </Section>
    }
    .into_any()
}
