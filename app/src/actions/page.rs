//! The page of a request: the case in one place.

use domain::{
    ProblemCode,
    actions::{Now, RequestNow, RequestView, StateName, Verdict},
    ids::RequestId,
    names::Login,
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

use super::{
    decide::Decisions,
    outcome::{Standing, why_void},
    reach::Reach,
    read::read_request,
    sign::Desk,
    steps::{Step, Steps},
    timeline::Timeline,
};
use crate::{
    Failure,
    components::{
        Ago, Ahead, Copyable, Crumb, Crumbs, Fact, Notice, PageHeading, ProblemNotice, Section,
        Tone, loaded,
    },
    live::Live,
    messages::{phrases, requests},
    tenants::{pod_href, tenant_href},
};

/// The page of a request.
#[component]
pub(crate) fn RequestPage() -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let desk = Desk::new();
    let revision = Live::revision();
    let source = move || (id.get(), desk.changed.rung(), revision.get());
    let request = Resource::new(source, |(id, ..)| read(id));
    Live::follow(request, move || Some(format!("request:{}", id.get()?)));
    view! {
        {loaded(request, move |(view, now)| show(RequestNow { view, now }, desk))}
        <div aria-live="assertive">
            {move || desk.failure.get().map(|failure| view! { <ProblemNotice failure=failure /> })}
        </div>
    }
    .into_any()
}

async fn read(id: Option<RequestId>) -> Result<(RequestView, Option<Now>), Failure> {
    let Some(id) = id else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    read_request(id).await
}

fn show(request: RequestNow, desk: Desk) -> AnyView {
    let t = phrases();
    let view = request.view.clone();
    let title = t.fill(requests::RESTART_POD_OF, &[("name", &view.target.name)]);
    let (asked, reach, replacement) = (asked(&view), reach(&request), replacement(&view));
    view! {
        <Crumbs way=vec![Crumb::new(t.say(requests::TITLE), "/requests")] />
        <PageHeading title=title />
        <Steps at=step(view.state) />
        <Standing request=view.clone() />
        {replacement}
        <div class="columns">
            <Section id="asked" title=t.say(requests::WHAT)>
                {asked}
            </Section>
            <Section id="reach" title=t.say(requests::WILL_HAPPEN)>
                {reach}
            </Section>
        </div>
        <Decisions request=request desk=desk />
        <Section id="timeline" title=t.say(requests::TIMELINE)>
            <Timeline request=view />
        </Section>
    }
    .into_any()
}

const fn step(state: StateName) -> Step {
    match state {
        StateName::Executing | StateName::Succeeded | StateName::Failed | StateName::Unknown => {
            Step::Watch
        }
        _ => Step::Sign,
    }
}

fn asked(view: &RequestView) -> impl IntoView + use<> {
    let t = phrases();
    let target = view.target.clone();
    let tenant = target.tenant();
    let (in_tenant, to_pod) = (tenant_href(&tenant), pod_href(&tenant, &target.name));
    let name = target.name.to_string();
    let pod = if view.intent.is_none() {
        view! {
            <A href=to_pod>
                <code>{name}</code>
            </A>
        }
        .into_any()
    } else {
        // It is gone or on its way out: a link would lead nowhere.
        view! { <code>{name}</code> }.into_any()
    };
    let (reason, requester) = (view.reason.clone(), view.requester.to_string());
    let (signatures, approvers) = (signatures(view), approvers(view));
    let (created_at, digest) = (view.created_at, view.digest.to_string());
    let ticket = view.ticket.clone().map(|ticket| {
        view! { <Fact term=t.say(requests::TICKET)>{ticket}</Fact> }
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
                " "
                {pod}
            </Fact>
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
            <Fact term=t.say(requests::SIGNATURES)>{signatures}</Fact>
            {approvers}
            <Fact term=t.say(requests::DIGEST)>
                <Copyable text=digest what=t.say(requests::DIGEST) />
                <span class="cell-more">{t.say(requests::DIGEST_HINT)}</span>
            </Fact>
        </dl>
    }
}

fn signatures(view: &RequestView) -> String {
    let have = view.approvals.len();
    let needed = view.approvals_needed;
    phrases().fill(requests::SIGNATURES_OF, &[("have", &have), ("needed", &needed)])
}

fn approvers(view: &RequestView) -> Option<impl IntoView + use<>> {
    let t = phrases();
    let names = view.approvers.iter().map(Login::as_str).collect::<Vec<_>>().join(", ");
    let names = if names.is_empty() { t.say(requests::NO_APPROVERS).to_owned() } else { names };
    (view.state == StateName::Pending)
        .then(|| view! { <Fact term=t.say(requests::APPROVERS)>{names}</Fact> })
}

/// What it would do now, for whoever may decide; for others what the requester saw.
fn reach(request: &RequestNow) -> AnyView {
    let t = phrases();
    match request.now.clone() {
        Some(Now::Preview(preview)) => view! { <Reach preview=*preview /> }.into_any(),
        Some(Now::Drifted { reason }) => view! {
            <Notice tone=Tone::Caution title=t.say(requests::NOW_DRIFTED)>
                <p>{t.say(why_void(Some(reason)))}</p>
            </Notice>
        }
        .into_any(),
        Some(Now::Unavailable { problem }) => view! {
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

/// The way to what took the target's place.
fn replacement(view: &RequestView) -> Option<impl IntoView + use<>> {
    let Verdict::Succeeded { made: Some(name), .. } = &view.outcome.as_ref()?.verdict else {
        return None;
    };
    let href = pod_href(&view.target.tenant(), &name.parse().ok()?);
    let label = phrases().fill(requests::OPEN_REPLACEMENT, &[("name", name)]);
    Some(view! {
        <p>
            <A href=href attr:class="button">
                {label}
            </A>
        </p>
    })
}
