//! The sessions that are live, and the way to declare an emergency.

use domain::{break_glass::LiveSession, tenants::TenantName};
use leptos::prelude::*;
use leptos_router::components::A;

use super::{
    closing_path, declare_href, how,
    read::{BreakGlassNow, read_break_glass},
    session_href,
};
use crate::{
    components::{
        Ahead, Badge, Column, Empty, PageHeading, Row, RowButton, Section, Table, Tone, Trouble,
        Views, loaded, row,
    },
    grants::GrantTable,
    live::Live,
    messages::{break_glass, grants, phrases},
    reading::Reading,
    reviews,
    signing::Desk,
    tenants::tenant_href,
};

/// So many tenants are offered by name; whoever sees more looks for theirs in the list of them.
const MOST_TENANTS: usize = 20;

const COLUMNS: &[Column] = &[
    Column::text(break_glass::PERSON),
    Column::text(grants::STATE).unlabelled(),
    Column::text(grants::TENANT),
    Column::text(grants::ROLE),
    Column::text(break_glass::OPENED),
    Column::text(break_glass::LEFT),
    Column::buttons(break_glass::CLOSE).untitled(),
];

/// The sessions that are live.
#[component]
pub(crate) fn BreakGlassPage() -> AnyView {
    let t = phrases();
    let desk = Desk::new();
    let revision = Live::follow_home();
    let wanted = move || (desk.changed.rung(), revision.get());
    let read = Reading::new(wanted, |_| read_break_glass());
    view! {
        <PageHeading title=t.say(break_glass::TITLE) intro=t.say(break_glass::INTRO)>
            <A href=reviews::PATH attr:class="button">
                {t.say(break_glass::ALL_REVIEWS)}
            </A>
        </PageHeading>
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
        </div>
        {loaded(read, move |now| show(now, desk))}
    }
    .into_any()
}

fn show(now: BreakGlassNow, desk: Desk) -> AnyView {
    let t = phrases();
    // Somebody else may open one, and each ends by itself.
    Live::try_again();
    let live = if now.live.is_empty() {
        let (title, hint) = (break_glass::NONE_LIVE, break_glass::NONE_LIVE_MORE);
        view! { <Empty title=t.say(title) hint=t.say(hint) /> }.into_any()
    } else {
        let rows = now.live.into_iter().map(|session| line(session, desk)).collect();
        view! { <Table caption=break_glass::LIVE_CAPTION columns=COLUMNS rows=rows /> }.into_any()
    };
    let waiting = (!now.waiting.is_empty()).then(|| {
        view! {
            <Section id="waiting" title=t.say(break_glass::DECLARED)>
                <GrantTable caption=break_glass::WAITING_CAPTION items=now.waiting />
            </Section>
        }
    });
    view! {
        {waiting}
        <Section id="live" title=t.say(break_glass::LIVE_NOW)>
            {live}
        </Section>
        <Section id="declare" title=t.say(break_glass::DECLARE_WHERE)>
            <p class="prose">{t.say(break_glass::DECLARE_WHERE_MORE)}</p>
            {ways(now.tenants)}
        </Section>
    }
    .into_any()
}

fn line(session: LiveSession, desk: Desk) -> Row {
    let t = phrases();
    let (tone, state) = match session.until {
        Some(_) => (Tone::Danger, break_glass::LIVE),
        None => (Tone::Caution, break_glass::GOING),
    };
    let how = how(session.is_drill, session.is_alone);
    let values = [("person", &session.person as _), ("tenant", &session.tenant as _)];
    let name = t.fill(break_glass::CLOSE_OF, &values);
    let path = closing_path(session.id);
    let close = session.may_close.then(|| {
        let press = Box::new(move || desk.order(path.clone()));
        view! { <RowButton label=break_glass::CLOSE name=name press=press /> }
    });
    row![
        view! { <A href=session_href(session.id)>{session.person.to_string()}</A> },
        view! { <Badge tone=tone label=t.say(state) /> },
        view! { <A href=tenant_href(&session.tenant)>{session.tenant.to_string()}</A> },
        session.role.to_string(),
        t.say(how),
        session.until.map(|at| view! { <Ahead at=at /> }),
        close,
    ]
}

/// A way to the form for each tenant, as long as these are few.
fn ways(tenants: Vec<TenantName>) -> AnyView {
    if tenants.is_empty() || tenants.len() > MOST_TENANTS {
        let label = phrases().say(break_glass::TO_TENANTS);
        return view! {
            <p class="button-row">
                <A href="/tenants" attr:class="button">
                    {label}
                </A>
            </p>
        }
        .into_any();
    }
    let ways = tenants.into_iter().map(|tenant| {
        view! {
            <li>
                <A href=declare_href(&tenant) attr:class="button">
                    {tenant.to_string()}
                </A>
            </li>
        }
    });
    view! { <ul class="button-row">{ways.views()}</ul> }.into_any()
}
