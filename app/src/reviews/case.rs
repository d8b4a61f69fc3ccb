//! The page of a review: what was declared beside everything that was done, and the verdict.

use domain::{
    ProblemCode,
    break_glass::{Case, ReviewStateName, ReviewView, Step},
    ids::GrantId,
    time::Timestamp,
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

use super::{
    PATH,
    deeds::deeds,
    read::{CaseNow, read_case},
    state::{owed, told},
    verdict::{Chosen, verdict},
};
use crate::{
    Failure,
    break_glass::{account, facts, how, session_href},
    components::{
        Ago, Crumb, Crumbs, Fact, Notice, Now, PageHeading, Section, Tone, Trouble, Views, When,
        loaded, moment_ago, moment_ahead, more,
    },
    grants::role_rules,
    live::Live,
    messages::{Phrases, break_glass as session_words, grants, phrases, requests, reviews},
    reading::Reading,
    signing::{Desk, StageNote},
};

/// The page of a review.
#[component]
pub(crate) fn ReviewPage() -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let (desk, chosen) = (Desk::new(), Chosen::default());
    let revision = Live::follow_home();
    let source = move || (id.get(), desk.changed.rung(), revision.get());
    let case = Reading::new(source, |(id, ..)| read(id));
    view! {
        {loaded(case, move |case| show(case, chosen, desk))}
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
        </div>
    }
    .into_any()
}

async fn read(id: Option<GrantId>) -> Result<CaseNow, Failure> {
    let Some(id) = id else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    read_case(id).await
}

fn show(now: CaseNow, chosen: Chosen, desk: Desk) -> AnyView {
    let t = phrases();
    let review = &now.review;
    // It begins by itself, once the session closes.
    if review.state == ReviewStateName::Live {
        Live::try_again();
    }
    let values = [("person", &review.person as _), ("tenant", &review.tenant as _)];
    let title = t.fill(reviews::CASE_TITLE, &values);
    let declared = match &now.declared {
        Some(declared) => facts(declared, None),
        None => view! {
            <Notice tone=Tone::Danger title=t.say(reviews::SPOILT)>
                <p>{t.say(reviews::SPOILT_MORE)}</p>
            </Notice>
        }
        .into_any(),
    };
    let rules = now.declared.as_ref().map(|declared| {
        let rules = role_rules(&declared.body.role.rules);
        view! {
            <Section id="rules" title=t.say(grants::RULES)>
                {rules}
            </Section>
        }
    });
    let drill = review.is_drill.then(|| {
        view! { <Notice tone=Tone::Caution title=t.say(session_words::DRILL) /> }
    });
    view! {
        <Crumbs way=vec![Crumb::new(t.say(reviews::TITLE), PATH)] />
        <PageHeading title=title />
        {drill}
        {standing(review.clone())}
        <div class="columns">
            <Section id="declared" title=t.say(session_words::WHAT)>
                {declared}
            </Section>
            <div>
                {course(review)}
                {accounted(review, now.case.as_ref())}
                {now.case.as_ref().map(deeds)}
            </div>
        </div>
        {rules}
        {verdict(&now, chosen, desk)}
        <StageNote desk=desk />
    }
    .into_any()
}

/// How the review stands, and what that means.
fn standing(review: ReviewView) -> AnyView {
    let (t, now) = (phrases(), Now::get());
    let (tone, title) = told(&review);
    let is_lost = review.state == ReviewStateName::Open && review.reviewer.is_none();
    let lost = is_lost.then(|| view! { <p>{t.say(reviews::NOBODY_MORE)}</p> });
    let judged = review.verdict.clone();
    let comment = judged.and_then(|judged| judged.comment);
    let comment =
        comment.map(|comment| view! { <blockquote class="comment">{comment}</blockquote> });
    view! {
        <Notice tone=tone title=t.say(title)>
            <p>{move || sentence(t, &review, now)}</p>
            {comment}
            {lost}
        </Notice>
    }
    .into_any()
}

fn sentence(t: Phrases, review: &ReviewView, now: ReadSignal<Timestamp>) -> String {
    if let Some(judged) = &review.verdict {
        return t.fill(reviews::JUDGED_MORE, &[("person", &judged.by)]);
    }
    let Some(due_at) = review.due_at else { return t.say(reviews::LIVE_MORE).to_owned() };
    let now = now.get();
    let (message, when) = match review.escalated_at {
        _ if due_at > now => (reviews::OPEN_MORE, moment_ahead(t, now, due_at)),
        Some(_) => (reviews::LATE_MORE, moment_ago(t, now, due_at)),
        None => (reviews::PAST_MORE, moment_ago(t, now, due_at)),
    };
    t.fill(message, &[("when", &when)])
}

/// When it was opened and closed, and who is asked to judge it.
fn course(review: &ReviewView) -> AnyView {
    let t = phrases();
    let closed = review.closed_at.map(|at| {
        view! {
            <Fact term=t.say(reviews::CLOSED)>
                <Ago at=at />
            </Fact>
        }
    });
    let is_open = review.state == ReviewStateName::Open;
    let due = review.due_at.filter(|_| is_open).map(|at| {
        view! {
            <Fact term=t.say(reviews::DUE)>
                <When at=at />
            </Fact>
        }
    });
    let reviewer = is_open.then(|| {
        let reviewer = review.reviewer.as_ref().map(ToString::to_string);
        let reviewer = reviewer.unwrap_or_else(|| t.say(reviews::NOBODY).to_owned());
        view! { <Fact term=t.say(reviews::REVIEWER)>{reviewer}</Fact> }
    });
    let judged = review.verdict.as_ref().map(|judged| {
        let (by, at) = (judged.by.to_string(), judged.at);
        view! {
            <Fact term=t.say(requests::SIGNATURES)>{by} " · " <Ago at=at /></Fact>
        }
    });
    let href = session_href(review.session);
    let steps = review.steps.iter().map(step).views();
    view! {
        <Section id="course" title=t.say(reviews::ABOUT)>
            <dl class="facts">
                <Fact term=t.say(reviews::SESSION)>
                    <A href=href>{t.say(session_words::SHOW)}</A>
                </Fact>
                {steps}
                {closed}
                {due}
                {reviewer}
                {judged}
            </dl>
        </Section>
    }
    .into_any()
}

/// What went on from it.
fn step(step: &Step) -> AnyView {
    let t = phrases();
    let (href, role, at) = (session_href(step.session), step.role.to_string(), step.opened_at);
    let how = how(false, step.is_alone());
    view! {
        <Fact term=t.say(reviews::STEP)>
            <A href=href>{role}</A>
            " · "
            <Ago at=at />
            {more(t.say(how))}
        </Fact>
    }
    .into_any()
}

/// What the person says of it, as a verdict covers it, or that they owe it.
fn accounted(review: &ReviewView, case: Option<&Case>) -> Option<AnyView> {
    let t = phrases();
    if let Some(told) = case.and_then(|case| case.account.clone()) {
        return Some(account(&review.person, told));
    }
    owed(review)?;
    let (tone, title) = if review.is_account_overdue {
        (Tone::Danger, reviews::ACCOUNT_OVERDUE)
    } else {
        (Tone::Caution, reviews::ACCOUNT_OWED)
    };
    let more = t.fill(reviews::ACCOUNT_OWED_MORE, &[("person", &review.person)]);
    Some(
        view! {
            <Section id="account" title=t.say(session_words::ACCOUNT_TITLE)>
                <Notice tone=tone title=t.say(title)>
                    <p>{more}</p>
                </Notice>
            </Section>
        }
        .into_any(),
    )
}
