//! The page of a request: the case in one place.

use domain::{
    ProblemCode,
    actions::{PreviewReport, StateName, TargetKind},
    identity::Me,
    ids::RequestId,
    names::Login,
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

use super::{
    case::{Case, CaseView, Outlook, Said, Way},
    decide::Decisions,
    groups::with_groups,
    lines::Lines,
    outcome::{Standing, why_void},
    rails::{lifted, standing},
    reach::{Details, Kubectl, Reach},
    read::read_request,
    steps::{Step, Steps},
    timeline::Timeline,
    watch::Watch,
};
use crate::{
    Failure,
    break_glass::{cannot_wait, session_href},
    components::{
        Ago, Ahead, Copyable, Crumb, Crumbs, Fact, Notice, PageHeading, ProblemNotice, Section,
        Tone, Trouble, Views, loaded, more, rail_name,
    },
    live::Live,
    messages::{break_glass, phrases, requests, reviews},
    reading::Reading,
    signing::Desk,
    tenants::{target_href, tenant_href},
};

/// The page of a request.
#[component]
pub(crate) fn RequestPage() -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let desk = Desk::new();
    let revision = Live::revision();
    let source = move || (id.get(), desk.changed.rung(), revision.get());
    let request = Reading::new(source, |(id, ..)| read(id));
    Live::follow(request, move || Some(format!("request:{}", id.get()?)));
    view! {
        {loaded(request, move |request| show(request, desk))}
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
        </div>
    }
    .into_any()
}

async fn read(id: Option<RequestId>) -> Result<Case, Failure> {
    let Some(id) = id else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    read_request(id).await
}

fn show(request: Case, desk: Desk) -> AnyView {
    let t = phrases();
    let view = request.view.clone();
    let shown = shown(&request);
    let (lifted, standing) = if view.state.is_final() {
        (None, None)
    } else {
        (lifted(&view, &shown), standing(&view, &shown))
    };
    let Said { title, parameters, kubectl, made, way_back, again, .. } = request.said.clone();
    let watched = request.watched.clone().map(|way| view! { <Watch way=way /> });
    let lines = request.last_lines.clone().map(|lines| view! { <Lines of=lines /> });
    let (asked, reach) = (asked(&view, parameters), reach(&request));
    // What goes in waves can be stopped: whoever watches it need not look for how.
    let under_way = view.state == StateName::Executing;
    let decisions = view! { <Decisions request=request desk=desk /> }.into_any();
    let (brake, decisions) =
        if under_way { (Some(decisions), None) } else { (None, Some(decisions)) };
    view! {
        <Crumbs way=vec![Crumb::new(t.say(requests::TITLE), "/requests")] />
        <PageHeading title=title />
        <Steps at=step(view.state) />
        <Standing request=view.clone() />
        {urgent(&view)}
        {watched}
        {brake}
        {lines}
        {ways_on(made, again, way_back)}
        {lifted}
        {standing}
        <div class="columns">
            <Section id="asked" title=t.say(requests::WHAT)>
                {asked}
            </Section>
            <Section id="reach" title=t.say(requests::WILL_HAPPEN)>
                {reach}
            </Section>
        </div>
        <Details preview=shown />
        <Kubectl command=kubectl />
        {decisions}
        <Section id="timeline" title=t.say(requests::TIMELINE)>
            <Timeline request=view />
        </Section>
    }
    .into_any()
}

/// What its requester can do where it cannot wait.
fn urgent(view: &CaseView) -> Option<AnyView> {
    let is_own = expect_context::<Me>().login == view.body.requester;
    (is_own && view.state == StateName::Pending).then(|| cannot_wait(&view.body.target.tenant()))
}

/// What it would do now, for whoever may decide; for others what the requester saw.
fn shown(request: &Case) -> PreviewReport {
    match &request.now {
        Some(Outlook::Preview(preview)) => preview.as_ref().clone(),
        _ => request.view.preview.clone(),
    }
}

const fn step(state: StateName) -> Step {
    match state {
        StateName::Executing | StateName::Succeeded | StateName::Failed | StateName::Unknown => {
            Step::Watch
        }
        _ => Step::Sign,
    }
}

fn asked(view: &CaseView, parameters: Vec<(String, String)>) -> impl IntoView + use<> {
    let t = phrases();
    let target = view.body.target.clone();
    let tenant = target.tenant();
    let (in_tenant, to_target) = (tenant_href(&tenant), target_href(&target.to_ref()));
    let name = target.name.to_string();
    let object = if view.ordered_at.is_none() || target.kind != TargetKind::Pod {
        view! {
            <A href=to_target>
                <code>{name}</code>
            </A>
        }
        .into_any()
    } else {
        // Most actions on a pod end it: a link would lead nowhere.
        view! { <code>{name}</code> }.into_any()
    };
    let parameters = parameters.into_iter().map(|(label, value)| {
        view! {
            <Fact term=label>
                <code>{value}</code>
            </Fact>
        }
    });
    let parameters = parameters.views();
    let lifts =
        view.body.lifts.iter().map(|rail| rail_name(t, *rail)).collect::<Vec<_>>().join(", ");
    let lifts = (!lifts.is_empty()).then(|| {
        view! { <Fact term=t.say(requests::LIFTED)>{lifts}</Fact> }
    });
    let (reason, requester) = (view.body.reason.clone(), view.body.requester.to_string());
    let (signatures, approvers) = (signatures(view), approvers(view));
    let (created_at, digest) = (view.body.created_at, view.body.digest().to_string());
    let ticket = view.body.ticket.clone().map(|ticket| {
        view! { <Fact term=t.say(requests::TICKET)>{ticket}</Fact> }
    });
    let exempt = view.approvals_needed == 0;
    let within = if exempt { break_glass::WITHIN } else { reviews::SESSION };
    let within = view.body.session.map(|id| {
        view! {
            <Fact term=t.say(within)>
                <A href=session_href(id)>{t.say(break_glass::WITHIN_SESSION)}</A>
            </Fact>
        }
    });
    let ends = view.ends_at.map(|at| {
        view! {
            <Fact term=t.say(requests::ENDS)>
                <Ahead at=at />
            </Fact>
        }
    });
    view! {
        <dl class="facts">
            <Fact term=t.say(requests::TARGET)>
                <A href=in_tenant>{tenant.to_string()}</A>
                {more(view! { {target.kind.as_str()} " " {object} })}
            </Fact>
            {parameters}
            {lifts}
            <Fact term=t.say(requests::TARGET_UID)>
                <Copyable text=target.uid what=t.say(requests::TARGET_UID) />
            </Fact>
            <Fact term=t.say(requests::REASON)>{reason}</Fact>
            {ticket}
            <Fact term=t.say(requests::REQUESTER)>{requester}</Fact>
            <Fact term=t.say(requests::CREATED)>
                <Ago at=created_at />
            </Fact>
            {ends}
            {within}
            <Fact term=t.say(requests::SIGNATURES)>{signatures}</Fact>
            {approvers}
            <Fact term=t.say(requests::DIGEST)>
                <Copyable text=digest what=t.say(requests::DIGEST) />
                {more(t.say(requests::DIGEST_HINT))}
            </Fact>
        </dl>
    }
}

fn signatures(view: &CaseView) -> String {
    let have = view.approvals.len();
    let needed = view.approvals_needed;
    let t = phrases();
    let signatures = t.fill(requests::SIGNATURES_OF, &[("have", &have), ("needed", &needed)]);
    with_groups(t, signatures, &view.approvals_missing_from)
}

fn approvers(view: &CaseView) -> Option<impl IntoView + use<>> {
    let t = phrases();
    let names = view.approvers.iter().map(Login::as_str).collect::<Vec<_>>().join(", ");
    let names = if names.is_empty() { t.say(requests::NO_APPROVERS).to_owned() } else { names };
    (view.state == StateName::Pending)
        .then(|| view! { <Fact term=t.say(requests::APPROVERS)>{names}</Fact> })
}

/// How far what is shown reaches, and from when it is.
fn reach(request: &Case) -> AnyView {
    let t = phrases();
    match request.now.clone() {
        Some(Outlook::Preview(preview)) => view! { <Reach preview=*preview /> }.into_any(),
        Some(Outlook::Drifted(reason)) => view! {
            <Notice tone=Tone::Caution title=t.say(requests::NOW_DRIFTED)>
                <p>{t.say(why_void(Some(reason)))}</p>
            </Notice>
        }
        .into_any(),
        Some(Outlook::Unavailable(problem)) => view! {
            <p>{t.say(requests::NOW_UNAVAILABLE)}</p>
            <ProblemNotice failure=problem.into() />
        }
        .into_any(),
        None => view! {
            <p class="muted">{t.say(requests::SEEN_THEN)}</p>
            <Reach preview=request.view.preview.clone() />
        }
        .into_any(),
    }
}

/// The ways to what came of it, on, and back.
fn ways_on(made: Option<Way>, again: Option<Way>, way_back: Option<Way>) -> impl IntoView {
    let t = phrases();
    let asks = again.is_some() || way_back.is_some();
    let hint = asks.then(|| view! { <p class="field-hint">{t.say(requests::WAY_BACK_HINT)}</p> });
    let ways = [
        (made, "button", requests::OPEN_MADE),
        (again, "button button-guarded", requests::AGAIN),
        (way_back, "button button-guarded", requests::WAY_BACK),
    ];
    let ways = ways
        .into_iter()
        .filter_map(|(way, class, label)| {
            let Way { title, href } = way?;
            Some(view! {
                <A href=href attr:class=class>
                    {t.fill(label, &[("title", &title)])}
                </A>
            })
        })
        .views();
    (!ways.is_empty()).then(|| {
        view! {
            <div class="ways-on">
                <p class="button-row">{ways}</p>
                {hint}
            </div>
        }
    })
}
