//! Asking for a role: what it adds, who holds it, for how long, why.

use domain::{
    grants::{Risk, RoleOffer},
    ids::GrantId,
    names::GrantableRoleName,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use serde::{Deserialize, Serialize};

use super::{
    added,
    page::listed,
    read::{Wished, read_role},
    roles::{minutes, nowhere, roles_href},
    state::risk,
    weighed::{held_by, last},
};
use crate::{
    Failure,
    browser::{Method, call},
    components::{
        Crumb, Crumbs, Fact, Notice, PageHeading, Section, Tone, Trouble, loaded, more,
        reason_field, ticket_field,
    },
    messages::{actions, grants, phrases, requests, tenants},
    reading::Reading,
    tenants::{tenant_href, tenant_of},
};

/// What a person has written so far.
#[derive(Clone, Copy)]
struct Draft {
    minutes: RwSignal<String>,
    reason: RwSignal<String>,
    ticket: RwSignal<String>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

#[derive(Serialize)]
struct Asked {
    cluster: String,
    namespace: String,
    role: GrantableRoleName,
    ttl_seconds: i64,
    reason: String,
    ticket: Option<String>,
}

#[derive(Deserialize)]
struct Created {
    id: GrantId,
}

/// The page that asks for a role.
#[component]
pub(crate) fn AskPage() -> AnyView {
    let params = use_params_map();
    let wanted = Memo::new(move |_| {
        params.with(|params| {
            let role: GrantableRoleName = params.get_str("role")?.parse().ok()?;
            Some((tenant_of(params)?, role))
        })
    });
    let draft = Draft {
        minutes: RwSignal::new("60".to_owned()),
        reason: RwSignal::default(),
        ticket: RwSignal::default(),
        busy: RwSignal::default(),
        failure: RwSignal::default(),
    };
    let read = Reading::new(
        move || wanted.get(),
        |wanted| async move {
            let Some((tenant, role)) = wanted else { return Err(nowhere()) };
            read_role(tenant, role).await
        },
    );
    loaded(read, move |review| show(review, draft))
}

fn show(review: Wished, draft: Draft) -> AnyView {
    let t = phrases();
    let tenant = review.tenant.clone();
    let role = review.offer.name.clone();
    let title = t.fill(grants::REVIEW_TITLE, &[("role", &role), ("tenant", &tenant)]);
    let way = vec![
        Crumb::new(t.say(tenants::TITLE), "/tenants"),
        Crumb::new(tenant.to_string(), tenant_href(&tenant)),
        Crumb::new(t.say(grants::ASK), roles_href(&tenant)),
    ];
    let reaches = (review.offer.risk == Some(Risk::ReachesSecrets)).then(|| {
        view! {
            <Notice tone=Tone::Caution title=t.say(grants::REACHES_SECRETS)>
                <p>{t.say(grants::REACHES_SECRETS_MORE)}</p>
            </Notice>
        }
    });
    let incomplete = review.incomplete.then(|| more(t.say(grants::INCOMPLETE)));
    let adds = if review.added.is_empty() {
        view! { <p>{t.say(grants::ADDS_NOTHING)}</p> }.into_any()
    } else {
        added::rules(review.added.clone())
    };
    let facts = facts(&review);
    view! {
        <Crumbs way=way />
        <PageHeading title=title intro=review.offer.summary.clone() />
        {reaches}
        <Section id="adds" title=t.say(grants::ADDS)>
            {adds} {incomplete} {facts}
        </Section>
        {form(review, draft)}
    }
    .into_any()
}

fn facts(review: &Wished) -> AnyView {
    let t = phrases();
    let approvers = match listed(&review.approvers) {
        none if none.is_empty() => t.say(requests::NO_APPROVERS).to_owned(),
        approvers => approvers,
    };
    let (reaches, needed) = (risk(review.offer.risk), review.offer.approvals_needed.to_string());
    view! {
        <dl class="facts">
            <Fact term=t.say(grants::RISK)>{reaches}</Fact>
            {held_by(&review.holders)}
            {last(review.last.clone())}
            <Fact term=t.say(grants::APPROVALS)>
                {needed} {more(approvers)}
            </Fact>
        </dl>
    }
    .into_any()
}

fn form(review: Wished, draft: Draft) -> AnyView {
    let t = phrases();
    let navigate = use_navigate();
    let Draft { busy, failure, .. } = draft;
    let (tenant, role) = (review.tenant.clone(), review.offer.name.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let asked = Asked {
            cluster: tenant.cluster.to_string(),
            namespace: tenant.namespace.to_string(),
            role: role.clone(),
            ttl_seconds: seconds(&draft.minutes.get_untracked()),
            reason: draft.reason.get_untracked(),
            ticket: Some(draft.ticket.get_untracked()).filter(|it| !it.trim().is_empty()),
        };
        let navigate = navigate.clone();
        spawn_local(async move {
            let created = call::<_, Created>(Method::Post, "/api/v1/grants", &asked).await;
            busy.set(false);
            match created {
                Ok(Created { id }) => {
                    navigate(&format!("/grants/{id}"), NavigateOptions::default());
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let reason = reason_field(t.say(grants::REASON_HINT).to_owned(), draft.reason);
    let RoleOffer { ticket, ticket_pattern, .. } = review.offer.clone();
    let ticket = ticket_field(ticket, ticket_pattern, draft.ticket);
    let label = t.fill(grants::SUBMIT, &[("role", &review.offer.name)]);
    let says = move || if busy.get() { t.say(actions::SENDING).to_owned() } else { label.clone() };
    view! {
        <form class="form form-boxed" on:submit=submit>
            {how_long(&review, draft)}
            {reason}
            {ticket}
            <div aria-live="assertive">
                <Trouble failure=failure />
            </div>
            <button
                type="submit"
                class="button button-primary"
                aria-disabled=move || busy.get().to_string()
            >
                {move || says()}
            </button>
        </form>
    }
    .into_any()
}

/// What somebody wrote, in seconds; what is no number is no time, and the console says so.
pub(crate) fn seconds(minutes: &str) -> i64 {
    minutes.trim().parse::<i64>().ok().and_then(|it| it.checked_mul(60)).unwrap_or_default()
}

fn how_long(review: &Wished, draft: Draft) -> AnyView {
    let t = phrases();
    let (shortest, longest) = (review.shortest_seconds, review.offer.longest_seconds);
    let hint = t.fill(
        grants::FOR_HOW_LONG_HINT,
        &[("shortest", &minutes(shortest)), ("longest", &minutes(longest))],
    );
    view! {
        <div class="field">
            <label class="field-label" for="minutes">
                {t.say(grants::FOR_HOW_LONG)}
            </label>
            <input
                id="minutes"
                class="input"
                type="number"
                required
                min=(shortest / 60).to_string()
                max=(longest / 60).to_string()
                aria-describedby="minutes-hint"
                bind:value=draft.minutes
            />
            <p id="minutes-hint" class="field-hint">
                {hint}
            </p>
        </div>
    }
    .into_any()
}
