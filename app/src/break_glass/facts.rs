//! What was declared, and how it was opened.

use domain::{break_glass::Declaration, grants::GrantStateName, names::Login, time::Timestamp};
use leptos::prelude::*;
use leptos_router::components::A;

use super::read::SessionNow;
use crate::{
    components::{Ago, Ahead, Copyable, Fact, Now, moment_ahead, more},
    grants::{GrantNow, listed, minutes},
    messages::{Message, break_glass, grants, phrases, requests},
    tenants::tenant_href,
};

/// All that was declared, and how it was opened; until it was, what is said of that.
pub(crate) fn facts(session: &GrantNow, unopened: Option<AnyView>) -> AnyView {
    let t = phrases();
    let body = &session.body;
    let tenant = body.tenant.name();
    let (href, tenant) = (tenant_href(&tenant), tenant.to_string());
    let (person, role) = (body.holder.to_string(), body.role.name.to_string());
    let (how_long, broken) = (minutes(body.ttl_seconds), body.reason.clone());
    let (incident, created_at) = (body.ticket.clone(), body.created_at);
    let digest = body.digest().to_string();
    let opened = session.began_at.map(|at| opened(session, at));
    let ends = session.ends_at.filter(|_| session.began_at.is_some()).map(|at| {
        view! {
            <Fact term=t.say(break_glass::LEFT)>
                <Ahead at=at />
            </Fact>
        }
    });
    view! {
        <dl class="facts">
            <Fact term=t.say(break_glass::BROKEN)>{broken}</Fact>
            {body.declaration.clone().map(declared)}
            <Fact term=t.say(break_glass::INCIDENT)>{incident}</Fact>
            <Fact term=t.say(grants::TENANT)>
                <A href=href>{tenant}</A>
            </Fact>
            <Fact term=t.say(break_glass::PERSON)>{person}</Fact>
            <Fact term=t.say(grants::ROLE)>{role}</Fact>
            <Fact term=t.say(break_glass::FOR)>{how_long}</Fact>
            <Fact term=t.say(break_glass::DECLARED_AT)>
                <Ago at=created_at />
            </Fact>
            {opened}
            {unopened}
            {ends}
            <Fact term=t.say(requests::DIGEST)>
                <Copyable text=digest what=t.say(requests::DIGEST) />
                {more(t.say(break_glass::DIGEST_HINT))}
            </Fact>
        </dl>
    }
    .into_any()
}

fn declared(declaration: Declaration) -> AnyView {
    let t = phrases();
    let people = |people: &[Login], nobody: Message| match listed(people) {
        none if none.is_empty() => t.say(nobody).to_owned(),
        people => people,
    };
    let asked = people(&declaration.asked, break_glass::ASKED_NOBODY);
    let on_call = people(&declaration.on_call, break_glass::ON_CALL_NOBODY);
    view! {
        <Fact term=t.say(break_glass::INTENT)>{declaration.intent}</Fact>
        <Fact term=t.say(break_glass::ASKED)>{asked}</Fact>
        <Fact term=t.say(break_glass::ON_CALL)>{on_call}</Fact>
    }
    .into_any()
}

fn opened(session: &GrantNow, at: Timestamp) -> AnyView {
    let t = phrases();
    let how = if session.is_alone {
        t.fill(break_glass::ALONE_BY, &[("person", &session.body.holder)])
    } else {
        t.fill(break_glass::APPROVED_BY, &[("people", &listed(&session.approved_by))])
    };
    view! {
        <Fact term=t.say(break_glass::OPENED)>
            <Ago at=at />
            {more(how)}
        </Fact>
    }
    .into_any()
}

/// From when on it may be opened alone, while it waits.
pub(super) fn alone_from(session: &SessionNow) -> Option<AnyView> {
    let t = phrases();
    let waits = session.grant.state == GrantStateName::Pending && session.alone_closed.is_none();
    let at = session.alone_from;
    let at_once = at <= session.grant.body.created_at;
    waits.then(|| {
        view! {
            <Fact term=t.say(break_glass::ALONE_FROM)>
                <Waiting until=at at_once=at_once />
            </Fact>
        }
        .into_any()
    })
}

/// How long it still takes, until it is possible.
#[component]
fn Waiting(until: Timestamp, at_once: bool) -> impl IntoView {
    let (t, now) = (phrases(), Now::get());
    move || {
        if at_once || now.get() >= until {
            t.say(break_glass::ALONE_NOW).to_owned()
        } else {
            moment_ahead(t, now.get(), until)
        }
    }
}
