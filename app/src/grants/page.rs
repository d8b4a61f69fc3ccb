//! The page of a grant: what it gives, to whom, until when, and what may be done about it.

use std::sync::Arc;

use domain::{
    ProblemCode,
    approvals::{Decision, Purpose},
    grants::GrantStateName,
    identity::Me,
    ids::GrantId,
    names::Login,
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

use super::{
    PATH, added,
    extend::{Extending, extend},
    read::{GrantNow, read_grant},
    roles::minutes,
    state::standing,
    token::token,
    weighed::weighed,
};
use crate::{
    Failure,
    break_glass::{cannot_wait, session_href},
    browser,
    components::{
        Ago, Ahead, Copyable, Crumb, Crumbs, Fact, PageHeading, Section, Trouble, loaded, more,
        quietly,
    },
    live::Live,
    messages::{Message, break_glass, grants, phrases, requests},
    reading::{Readable, Reading},
    signing::{Approving, Desk, MadeOnce, Matter, StageNote},
    tenants::tenant_href,
};

/// What lives outside of what is read anew.
#[derive(Clone, Copy)]
struct Kept {
    desk: Desk,
    /// The kubeconfig that was made here.
    made: MadeOnce,
    extending: Extending,
}

/// The page of a grant.
#[component]
pub(crate) fn GrantPage() -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let desk = Desk::new();
    let kept = Kept { desk, made: RwSignal::new(None), extending: Extending::new() };
    let revision = Live::follow_home();
    let source = move || (id.get(), desk.changed.rung(), revision.get());
    let grant = Reading::new(source, |(id, ..)| read(id));
    let waits = waits(grant, |grant| grant.state);
    view! {
        {loaded(grant, move |grant| show(grant, kept))}
        {weighed(id, waits)}
        {quietly(grant, move |grant| decided(grant.ok(), kept))}
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
        </div>
    }
    .into_any()
}

/// Whether what was read waits; until it was, that is not known, and what is weighed is read with it.
pub(crate) fn waits<T: Readable>(read: Reading<T>, state: fn(&T) -> GrantStateName) -> Memo<bool> {
    Memo::new(move |_| {
        read.with(|read| {
            let read = read.and_then(|read| read.as_ref().ok());
            read.is_none_or(|it| state(it) == GrantStateName::Pending)
        })
    })
}

async fn read(id: Option<GrantId>) -> Result<GrantNow, Failure> {
    let Some(id) = id else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    read_grant(id).await
}

fn show(grant: GrantNow, kept: Kept) -> AnyView {
    let Kept { desk, made, extending } = kept;
    if grant.body.declaration.is_some() {
        return elsewhere(grant.body.id);
    }
    let t = phrases();
    // It moves by itself: others decide about it, the cluster is told of it, its time runs out.
    if !grant.state.is_final() {
        Live::try_again();
    }
    let title = format!("{} · {}", grant.body.role.name, grant.body.tenant.name());
    let rules = added::all(&grant.body.role.rules);
    let (standing, ways_out) = (standing(grant.clone()), ways_out(&grant, desk));
    let asked = asked(&grant);
    let uses = grant.state == GrantStateName::Active && grant.may_return;
    let token = uses.then(|| token(grant.body.id, made, desk));
    let waits = grant.state == GrantStateName::Pending && grant.may_return;
    let urgent = waits.then(|| cannot_wait(&grant.body.tenant.name()));
    view! {
        <Crumbs way=vec![Crumb::new(t.say(grants::TITLE), PATH)] />
        <PageHeading title=title />
        {standing}
        {urgent}
        {token}
        {ways_out}
        {extend(&grant, extending, desk)}
        <div class="columns">
            <Section id="asked" title=t.say(requests::WHAT)>
                {asked}
            </Section>
            <Section id="rules" title=t.say(grants::RULES)>
                {rules}
            </Section>
        </div>
    }
    .into_any()
}

/// Where it is decided about, below what is weighed. A break-glass session is decided about on its own page.
fn decided(grant: Option<GrantNow>, kept: Kept) -> AnyView {
    let Some(grant) = grant.filter(|grant| grant.body.declaration.is_none()) else {
        return ().into_any();
    };
    view! {
        {decide(grant, grants::DECIDE_HINT, kept.desk)}
        <StageNote desk=kept.desk />
    }
    .into_any()
}

/// A break-glass session has a page of its own, which shows all that a signature on it covers.
fn elsewhere(id: GrantId) -> AnyView {
    let t = phrases();
    view! {
        <PageHeading title=t.say(break_glass::TITLE) intro=t.say(break_glass::ELSEWHERE) />
        <p>
            <A href=session_href(id) attr:class="button">
                {t.say(break_glass::OPEN_PAGE)}
            </A>
        </p>
    }
    .into_any()
}

fn asked(grant: &GrantNow) -> AnyView {
    let t = phrases();
    let body = &grant.body;
    let tenant = body.tenant.name();
    let ticket = body.ticket.clone();
    let ticket = ticket.map(|ticket| view! { <Fact term=t.say(requests::TICKET)>{ticket}</Fact> });
    let ends = grant.ends_at.map(|at| {
        view! {
            <Fact term=t.say(grants::ENDS)>
                <Ahead at=at />
            </Fact>
        }
    });
    let approvers = (grant.state == GrantStateName::Pending).then(|| {
        let names = listed(&grant.approvers);
        let names = if names.is_empty() { t.say(requests::NO_APPROVERS).to_owned() } else { names };
        view! { <Fact term=t.say(requests::APPROVERS)>{names}</Fact> }
    });
    let have = grant.approved_by.len();
    let signatures =
        t.fill(requests::SIGNATURES_OF, &[("have", &have), ("needed", &body.approvals_needed)]);
    let (holder, reason, created_at) =
        (body.holder.to_string(), body.reason.clone(), body.created_at);
    let (how_long, digest) = (minutes(body.ttl_seconds), body.digest().to_string());
    let signed_by = listed(&grant.approved_by);
    let (in_tenant, tenant) = (tenant_href(&tenant), tenant.to_string());
    let extends = body.extends.map(|extends| {
        let href = format!("/grants/{}", extends.grant);
        view! {
            <Fact term=t.say(grants::EXTENDS)>
                <A href=href>{t.say(grants::EXTENDS_SHOW)}</A>
            </Fact>
        }
    });
    view! {
        <dl class="facts">
            {extends}
            <Fact term=t.say(grants::TENANT)>
                <A href=in_tenant>{tenant}</A>
            </Fact>
            <Fact term=t.say(grants::HOLDER)>{holder}</Fact>
            <Fact term=t.say(grants::FOR)>{how_long}</Fact>
            <Fact term=t.say(requests::REASON)>{reason}</Fact>
            {ticket}
            <Fact term=t.say(requests::CREATED)>
                <Ago at=created_at />
            </Fact>
            {ends}
            <Fact term=t.say(requests::SIGNATURES)>
                {signatures} {more(signed_by)}
            </Fact>
            {approvers}
            <Fact term=t.say(requests::DIGEST)>
                <Copyable text=digest what=t.say(requests::DIGEST) />
                {more(t.say(requests::DIGEST_HINT))}
            </Fact>
        </dl>
    }
    .into_any()
}

pub(crate) fn listed(people: &[Login]) -> String {
    people.iter().map(Login::as_str).collect::<Vec<_>>().join(", ")
}

/// Giving it back, taking it back, ending somebody else's.
fn ways_out(grant: &GrantNow, desk: Desk) -> AnyView {
    let id = grant.body.id;
    let back = match grant.state {
        GrantStateName::Pending => (grants::TAKE_BACK, grants::TAKE_BACK_HINT),
        _ => (grants::GIVE_BACK, grants::GIVE_BACK_HINT),
    };
    let returned =
        grant.may_return.then(|| order(desk, format!("/api/v1/grants/{id}/return"), back));
    let revokes = grant.may_revoke && !grant.may_return;
    let end = revokes.then(|| {
        let words = (grants::REVOKE, grants::REVOKE_HINT);
        order(desk, format!("/api/v1/grants/{id}/revocation"), words)
    });
    view! { {returned} {end} }.into_any()
}

/// A button that needs no touch, and what it does.
pub(crate) fn order(desk: Desk, path: String, (label, hint): (Message, Message)) -> AnyView {
    let t = phrases();
    view! {
        <p class="button-row">
            <button type="button" class="button" on:click=move |_| desk.order(path.clone())>
                {t.say(label)}
            </button>
        </p>
        <p class="field-hint">{t.say(hint)}</p>
    }
    .into_any()
}

/// Where an approver decides about a grant; nothing where nobody is to.
pub(crate) fn decide(grant: GrantNow, hint: Message, desk: Desk) -> Option<AnyView> {
    let may = grant.may.clone();
    if may.is_empty() {
        return None;
    }
    let title = phrases().say(requests::DECIDE);
    let matter = matter(grant, Purpose::Grant, "grants");
    Some(
        view! {
            <Section id="decide" title=title>
                <Approving may=may matter=matter hint=hint desk=desk />
            </Section>
        }
        .into_any(),
    )
}

/// A grant, as something that this person decides about for a purpose; and under which name the API has that.
pub(crate) fn matter(shown: GrantNow, purpose: Purpose, place: &str) -> Matter {
    let person = expect_context::<Me>().login;
    let path = format!("/api/v1/{place}/{}", shown.body.id);
    let on_page = move |decision: Decision, comment: Option<&str>| {
        Ok(browser::Shown {
            purpose,
            decision,
            // Computed here from what is shown, whatever digest the page was sent.
            digest: shown.body.digest(),
            preview_digest: None,
            person: person.clone(),
            cluster_uid: Some(shown.body.tenant.cluster_uid.clone()),
            comment: comment.map(str::to_owned),
        })
    };
    Matter { path, on_page: Arc::new(on_page) }
}
