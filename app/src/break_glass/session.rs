//! The page of a session: what was declared, how it stands, and what may be done about it.

use domain::{
    ProblemCode, break_glass::ReviewStateName, grants::GrantStateName, identity::Me, ids::GrantId,
    tenants::TenantName,
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

use super::{
    PATH,
    account::{Telling, account, told},
    alone::alone,
    closing_path,
    facts::{alone_from, facts},
    go_on_href,
    read::{SessionNow, read_session},
    standing::standing,
};
use crate::{
    Failure,
    components::{Crumb, Crumbs, Notice, PageHeading, Section, Tone, Trouble, loaded, quietly},
    grants::{GrantNow, decide, order, role_rules, token, waits, weighed},
    live::Live,
    messages::{break_glass, grants, phrases},
    reading::Reading,
    reviews::{review_href, state_badge},
    signing::{Desk, MadeOnce, StageNote},
    tenants::tenant_href,
};

/// What lives outside of what is read anew.
#[derive(Clone, Copy)]
struct Kept {
    desk: Desk,
    /// The kubeconfig that was made here.
    made: MadeOnce,
    /// What the person writes of their session.
    telling: Telling,
}

/// The page of a session.
#[component]
pub(crate) fn SessionPage() -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let desk = Desk::new();
    let kept = Kept { desk, made: RwSignal::new(None), telling: Telling::new() };
    let revision = Live::follow_home();
    let source = move || (id.get(), desk.changed.rung(), revision.get());
    let session = Reading::new(source, |(id, ..)| read(id));
    let waits = waits(session, |session| session.grant.state);
    view! {
        {loaded(session, move |session| show(session, kept))}
        {weighed(id, waits)}
        {quietly(session, move |session| session.map(|it| decided(it, kept)).into_any())}
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
        </div>
    }
    .into_any()
}

async fn read(id: Option<GrantId>) -> Result<SessionNow, Failure> {
    let Some(id) = id else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    read_session(id).await
}

fn show(session: SessionNow, kept: Kept) -> AnyView {
    let t = phrases();
    let grant = &session.grant;
    // It moves by itself: others decide about it, the cluster is told of it, its time runs out.
    if !grant.state.is_final() {
        Live::try_again();
    }
    let body = &grant.body;
    let values = [("role", &body.role.name as _), ("tenant", &body.tenant.name() as _)];
    let title = t.fill(break_glass::SESSION_TITLE, &values);
    // The brake stands in front.
    let is_live = grant.state != GrantStateName::Pending;
    let declared = facts(grant, alone_from(&session));
    let rules = role_rules(&body.role.rules);
    view! {
        <Crumbs way=vec![Crumb::new(t.say(break_glass::TITLE), PATH)] />
        <PageHeading title=title />
        {is_drill(grant).then(drill)}
        {standing(grant.clone(), session.alone_closed.is_none())}
        {is_live.then(|| ways_out(&session, kept.desk).map(|out| noted(out, kept.desk)))}
        {while_live(&session, kept)}
        {alone(&session, kept.desk).map(|alone| noted(alone, kept.desk))}
        {(!is_live).then(|| ways_out(&session, kept.desk))}
        {afterwards(&session, kept)}
        <div class="columns">
            <Section id="declared" title=t.say(break_glass::WHAT)>
                {declared}
            </Section>
            <Section id="rules" title=t.say(grants::RULES)>
                {rules}
            </Section>
        </div>
    }
    .into_any()
}

/// Where somebody else decides about it, below what is weighed.
fn decided(session: SessionNow, kept: Kept) -> Option<AnyView> {
    let decided = decide(session.grant, break_glass::DECIDE_HINT, kept.desk);
    decided.map(|decided| noted(decided, kept.desk))
}

/// A place to act, with what is under way.
fn noted(place: AnyView, desk: Desk) -> AnyView {
    view! {
        {place}
        <StageNote desk=desk />
    }
    .into_any()
}

fn is_own(session: &SessionNow) -> bool {
    expect_context::<Me>().login == session.grant.body.holder
}

fn is_drill(grant: &GrantNow) -> bool {
    grant.body.declaration.as_ref().is_some_and(|declared| declared.is_drill)
}

/// That nothing of this is power.
fn drill() -> AnyView {
    let t = phrases();
    view! {
        <Notice tone=Tone::Caution title=t.say(break_glass::DRILL)>
            <p>{t.say(break_glass::DRILL_MORE)}</p>
        </Notice>
    }
    .into_any()
}

/// What its holder does with it.
fn while_live(session: &SessionNow, kept: Kept) -> Option<AnyView> {
    let t = phrases();
    let grant = &session.grant;
    let is_held = matches!(grant.state, GrantStateName::Activating | GrantStateName::Active);
    if !is_held || !is_own(session) {
        return None;
    }
    let tenant = grant.body.tenant.name();
    let (href, name) = (tenant_href(&tenant), tenant.to_string());
    let more = session.may_go_on.then(|| more(&tenant, grant.body.id));
    if is_drill(grant) {
        return more;
    }
    let is_given = grant.state == GrantStateName::Active;
    let token = is_given.then(|| token(grant.body.id, kept.made, kept.desk));
    Some(
        view! {
            {more}
            <Notice tone=Tone::Good title=t.say(break_glass::WITHOUT_APPROVAL)>
                <p>{t.say(break_glass::WITHOUT_APPROVAL_MORE)}</p>
                <p>
                    <A href=href>{name}</A>
                </p>
            </Notice>
            {token}
        }
        .into_any(),
    )
}

/// The way to more time, or a larger role.
fn more(tenant: &TenantName, session: GrantId) -> AnyView {
    let label = phrases().say(break_glass::GO_ON);
    view! {
        <p class="button-row">
            <A href=go_on_href(tenant, session) attr:class="button">
                {label}
            </A>
        </p>
    }
    .into_any()
}

/// Taking it back, closing it, closing somebody else's.
fn ways_out(session: &SessionNow, desk: Desk) -> Option<AnyView> {
    let grant = &session.grant;
    let id = grant.body.id;
    let closing = closing_path(id);
    match grant.state {
        GrantStateName::Pending if grant.may_return => {
            let words = (break_glass::WITHDRAW, break_glass::WITHDRAW_HINT);
            Some(order(desk, format!("/api/v1/grants/{id}/return"), words))
        }
        _ if grant.may_return => {
            let words = (break_glass::CLOSE_YOURS, break_glass::CLOSE_YOURS_HINT);
            Some(order(desk, closing, words))
        }
        _ if grant.may_revoke => {
            let words = (break_glass::CLOSE_YOURS, break_glass::CLOSE_THEIRS_HINT);
            Some(order(desk, closing, words))
        }
        _ => None,
    }
}

/// What is owed of it, and what was made of it.
fn afterwards(session: &SessionNow, kept: Kept) -> Option<AnyView> {
    let t = phrases();
    let review = session.review.clone().filter(|it| it.state != ReviewStateName::Live)?;
    let owed = session.owes_account.then(|| account(&review, kept.telling, kept.desk));
    let person = review.person.clone();
    let told = review.account.clone().map(|account| told(&person, account));
    let href = review_href(review.id);
    Some(
        view! {
            {owed}
            {told}
            <Section id="review" title=t.say(break_glass::REVIEW)>
                <p>{state_badge(&review)}</p>
                <p>
                    <A href=href>{t.say(break_glass::SHOW_REVIEW)}</A>
                </p>
            </Section>
        }
        .into_any(),
    )
}
