//! The break-glass sessions that are live, on every page of whoever sees their tenants.

use std::time::Duration;

use domain::break_glass::LiveSession;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

use crate::{
    Failure,
    break_glass::{PATH, closing_path, read_live, session_href},
    components::{Ahead, Bell, RowButton, Tone, Trouble, Views, quietly},
    messages::{break_glass, phrases},
    reading::Reading,
    signing::Desk,
};

/// How often it is looked whether a session is live.
const BETWEEN_LOOKS: Duration = Duration::from_secs(10);

/// Who broke glass, where, with which role and for how long still. Where that cannot be told the page stands as ever.
#[component]
pub(super) fn LiveSessions() -> AnyView {
    let (desk, looks) = (Desk::new(), Bell::every(BETWEEN_LOOKS));
    let path = use_location().pathname;
    let wanted = move || (path.get(), looks.rung(), desk.changed.rung());
    let read = Reading::new(wanted, |_| read_live());
    view! {
        {quietly(read, move |read| show(read, path, desk))}
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
        </div>
    }
    .into_any()
}

fn show(
    read: Result<Option<Vec<LiveSession>>, Failure>,
    path: Memo<String>,
    desk: Desk,
) -> AnyView {
    let t = phrases();
    let live = match read {
        Ok(Some(live)) => live,
        // The page itself shows the way in.
        Err(failure) if failure.is_signed_out() => return ().into_any(),
        Ok(None) | Err(_) => {
            return view! {
                <p class="field-hint live-sessions" role="status">
                    {t.say(break_glass::BANNER_UNREAD)}
                </p>
            }
            .into_any();
        }
    };
    // Their own pages tell more.
    let elsewhere =
        move |it: &&LiveSession| path.with(|at| at != PATH && *at != session_href(it.id));
    let items = move || {
        let items = live.iter().filter(elsewhere).cloned().map(|it| item(it, desk)).views();
        (!items.is_empty()).then(|| {
            view! {
                <section class="live-sessions" aria-label=t.say(break_glass::BANNER)>
                    <ul class="plain-list">{items}</ul>
                </section>
            }
        })
    };
    view! { {items} }.into_any()
}

/// Who, where and how is read out when it appears; what is left of it is not, each time that it moves on.
fn item(session: LiveSession, desk: Desk) -> AnyView {
    let t = phrases();
    let told = match (session.is_drill, session.is_alone) {
        (true, _) => break_glass::BANNER_DRILL,
        (false, true) => break_glass::BANNER_ALONE,
        (false, false) => break_glass::BANNER_APPROVED,
    };
    let tone = if session.is_drill { Tone::Caution } else { Tone::Danger };
    let (person, tenant, role) = (&session.person, &session.tenant, &session.role);
    let told = t.fill(told, &[("person", person), ("tenant", tenant), ("role", role)]);
    let name = t.fill(break_glass::CLOSE_OF, &[("person", person), ("tenant", tenant)]);
    let path = closing_path(session.id);
    let close = session.may_close.then(|| {
        let press = Box::new(move || desk.order(path.clone()));
        view! { <RowButton label=break_glass::CLOSE name=name press=press /> }
    });
    let left = match session.until {
        Some(at) => view! {
            {t.say(break_glass::LEFT)}
            " "
            <Ahead at=at />
        }
        .into_any(),
        None => t.say(break_glass::GOING).into_any(),
    };
    view! {
        <li class="notice live-session" data-tone=tone.as_str()>
            <p class="notice-title" role="status">
                <span class="badge-shape" aria-hidden="true"></span>
                {told}
            </p>
            <span class="live-session-left">{left}</span>
            <A href=session_href(session.id)>{t.say(break_glass::SHOW)}</A>
            {close}
        </li>
    }
    .into_any()
}
