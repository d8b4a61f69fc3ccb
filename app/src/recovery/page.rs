//! The page of a recovery: who, why, who signed, what follows from it, and what whoever looks may do.

use std::sync::Arc;

use domain::{
    ProblemCode,
    approvals::{Decision, Purpose},
    identity::Me,
    ids::RecoveryId,
    recovery::{MayRecover, RecoveryStateName, RecoveryView, SignatureView},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    api,
    link::link,
    read::read_recovery,
    state::{either, standing},
    verdict::{deeds, verdict},
};
use crate::{
    Failure, browser,
    components::{
        Ago, Copyable, Crumb, Crumbs, Fact, PageHeading, Section, Trouble, Views, When, loaded,
        more,
    },
    grants::order,
    live::Live,
    messages::{home, phrases, recovery, requests, reviews as words},
    reading::Reading,
    reviews::Chosen,
    signing::{Approving, Desk, MadeOnce, Matter, StageNote},
};

/// What lives outside of what is read anew.
#[derive(Clone, Copy)]
struct Kept {
    desk: Desk,
    /// The link that was made here.
    made: MadeOnce,
    chosen: Chosen,
}

/// The page of a recovery.
#[component]
pub(crate) fn RecoveryPage() -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let desk = Desk::new();
    let kept = Kept { desk, made: RwSignal::new(None), chosen: Chosen::default() };
    let revision = Live::follow_home();
    let source = move || (id.get(), desk.changed.rung(), revision.get());
    let read = Reading::new(source, |(id, ..)| read(id));
    view! {
        {loaded(read, move |now| show(now, kept))}
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
        </div>
    }
    .into_any()
}

async fn read(id: Option<RecoveryId>) -> Result<RecoveryView, Failure> {
    let Some(id) = id else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    read_recovery(id).await
}

fn show(now: RecoveryView, kept: Kept) -> AnyView {
    let Kept { desk, made, chosen } = kept;
    let t = phrases();
    // It moves by itself: others sign it, the person comes in, its time runs out.
    if matches!(now.state, RecoveryStateName::Pending | RecoveryStateName::Approved) {
        Live::try_again();
    }
    let may = |what: MayRecover| now.may.contains(&what);
    let title = t.fill(recovery::TITLE, &[("person", &now.body.person)]);
    let stop = may(MayRecover::Stop).then(|| {
        let path = format!("{}/stop", api(now.body.id));
        order(desk, path, (recovery::STOP, recovery::STOP_HINT))
    });
    let standing = standing(&now);
    let (facts, deeds) = (facts(&now), deeds(&now));
    let (decide, verdict) = (decide(&now, desk), verdict(&now, chosen, desk));
    let link = may(MayRecover::Link).then(|| link(now.body.id, made, desk));
    view! {
        <Crumbs way=vec![Crumb::new(t.say(home::TITLE), "/")] />
        <PageHeading title=title />
        {standing}
        {link}
        {stop}
        <div class="columns">
            <Section id="asked" title=t.say(requests::WHAT)>
                {facts}
            </Section>
            {follows()}
        </div>
        {deeds}
        {decide}
        {verdict}
        <StageNote desk=desk />
    }
    .into_any()
}

fn facts(now: &RecoveryView) -> AnyView {
    let t = phrases();
    let body = now.body.clone();
    let signatures = now.signatures.iter().map(signature).views();
    let ends = now.ends_at.map(|at| {
        view! {
            <Fact term=t.say(recovery::ENDS)>
                <When at=at />
            </Fact>
        }
    });
    let linked = now.linked_at.map(|at| {
        view! {
            <Fact term=t.say(recovery::LINK)>
                <Ago at=at />
            </Fact>
        }
    });
    let enrolled = now.enrolled_at.map(|at| {
        view! {
            <Fact term=t.say(recovery::CAME_IN)>
                <Ago at=at />
            </Fact>
        }
    });
    let reviewer = now.due_at.map(|_| {
        let reviewer = now.reviewer.as_ref().map(ToString::to_string);
        let reviewer = reviewer.unwrap_or_else(|| t.say(words::NOBODY).to_owned());
        view! { <Fact term=t.say(words::REVIEWER)>{reviewer}</Fact> }
    });
    let digest = body.digest().to_string();
    view! {
        <dl class="facts">
            <Fact term=t.say(recovery::PERSON)>{body.person.to_string()}</Fact>
            <Fact term=t.say(recovery::ASKED_BY)>
                {body.asked_by.to_string()} " · " <Ago at=body.created_at />
            </Fact>
            <Fact term=t.say(requests::REASON)>{body.reason}</Fact>
            {signatures}
            {ends}
            {linked}
            {enrolled}
            {reviewer}
            <Fact term=t.say(requests::DIGEST)>
                <Copyable text=digest what=t.say(requests::DIGEST) />
                {more(t.say(recovery::DIGEST_HINT))}
            </Fact>
        </dl>
    }
    .into_any()
}

fn signature(signed: &SignatureView) -> AnyView {
    let t = phrases();
    let (by, at) = (signed.by.to_string(), signed.at);
    let comment = signed.comment.clone().map(more);
    view! {
        <Fact term=t.fill(recovery::SIGNED_AS, &[("parts", &either(t, signed.parts.clone()))])>
            {by} " · " <Ago at=at /> {comment}
        </Fact>
    }
    .into_any()
}

/// What follows from it, in plain words, said before anybody signs.
fn follows() -> AnyView {
    let t = phrases();
    let lines = [
        recovery::FOLLOWS_SIGN,
        recovery::FOLLOWS_LINK,
        recovery::FOLLOWS_GONE,
        recovery::FOLLOWS_DAY,
        recovery::FOLLOWS_REVIEW,
    ];
    let lines = lines.map(|line| view! { <li>{t.say(line)}</li> }).into_iter().views();
    view! {
        <Section id="follows" title=t.say(recovery::FOLLOWS)>
            <ul>{lines}</ul>
        </Section>
    }
    .into_any()
}

/// Where somebody signs or refuses; nothing for whoever may not.
fn decide(now: &RecoveryView, desk: Desk) -> Option<AnyView> {
    let may = [(MayRecover::Approve, Decision::Approve), (MayRecover::Deny, Decision::Deny)];
    let may: Vec<_> =
        may.into_iter().filter(|(what, _)| now.may.contains(what)).map(|(_, it)| it).collect();
    if may.is_empty() {
        return None;
    }
    let t = phrases();
    let (person, digest) = (expect_context::<Me>().login, now.body.digest());
    let on_page = move |decision: Decision, comment: Option<&str>| {
        Ok(browser::Shown {
            purpose: Purpose::Recovery,
            decision,
            // Computed here from what is shown, whatever digest the page was sent.
            digest,
            preview_digest: None,
            person: person.clone(),
            cluster_uid: None,
            comment: comment.map(str::to_owned),
        })
    };
    let matter = Matter { path: api(now.body.id), on_page: Arc::new(on_page) };
    Some(
        view! {
            <Section id="decide" title=t.say(requests::DECIDE)>
                <Approving may=may matter=matter hint=recovery::DECIDE_HINT desk=desk />
            </Section>
        }
        .into_any(),
    )
}
