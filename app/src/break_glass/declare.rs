//! Declaring an emergency in a tenant.

use domain::{
    break_glass::{SessionBefore, SessionOffer},
    ids::GrantId,
    names::GrantableRoleName,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use serde::{Deserialize, Serialize};

use super::{PATH, form::fields, next::next, read::read_offer, session_href};
use crate::{
    Failure,
    browser::{Method, call},
    components::{Crumb, Crumbs, Empty, PageHeading, Trouble, Views, loaded, why_not},
    grants::{nowhere, seconds},
    messages::{break_glass, phrases, tenants},
    reading::Reading,
    tenants::{tenant_href, tenant_of},
};

/// What a person has chosen and written so far.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// The role that is declared.
    pub(super) role: RwSignal<Option<GrantableRoleName>>,
    /// For how long, unless it is for as long as the role lasts at most.
    pub(super) minutes: RwSignal<Option<String>>,
    pub(super) broken: RwSignal<String>,
    pub(super) intent: RwSignal<String>,
    pub(super) incident: RwSignal<String>,
    pub(super) is_drill: RwSignal<bool>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

#[derive(Serialize)]
struct Declared {
    cluster: String,
    namespace: String,
    role: GrantableRoleName,
    ttl_seconds: i64,
    broken: String,
    intent: String,
    incident: String,
    after: Option<GrantId>,
    drill: bool,
}

#[derive(Deserialize)]
struct Created {
    id: GrantId,
}

impl Draft {
    fn new() -> Self {
        Self {
            role: RwSignal::default(),
            minutes: RwSignal::default(),
            broken: RwSignal::default(),
            intent: RwSignal::default(),
            incident: RwSignal::default(),
            is_drill: RwSignal::default(),
            busy: RwSignal::default(),
            failure: RwSignal::default(),
        }
    }

    /// What is broken stays so unless they say otherwise; the incident stays what it is.
    fn goes_on_from(self, before: &SessionBefore) {
        if self.broken.with_untracked(String::is_empty) {
            self.broken.set(before.broken.clone());
        }
        self.incident.set(before.incident.clone());
        self.is_drill.set(before.is_drill);
    }

    /// For how long it is declared, in minutes; follows what is chosen.
    pub(super) fn minutes_of(self, offer: &SessionOffer) -> String {
        let longest = || self.role.with(|role| longest(offer, role.as_ref()) / 60);
        self.minutes.get().unwrap_or_else(|| longest().to_string())
    }
}

/// For how many seconds a role may be taken at most.
pub(super) fn longest(offer: &SessionOffer, role: Option<&GrantableRoleName>) -> u64 {
    let offered = offer.roles.iter().find(|offered| Some(&offered.name) == role);
    offered.map_or(0, |offered| offered.longest_seconds)
}

/// The page on which an emergency is declared.
#[component]
pub(crate) fn DeclarePage() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let after = move || query.with(|query| query.get_str("after")?.parse().ok());
    let wanted = Memo::new(move |_| (params.with(tenant_of), after()));
    let draft = Draft::new();
    let read = Reading::new(
        move || wanted.get(),
        |(tenant, after)| async move {
            let Some(tenant) = tenant else { return Err(nowhere()) };
            read_offer(tenant, after).await
        },
    );
    loaded(read, move |offer| show(offer, draft))
}

fn show(offer: SessionOffer, draft: Draft) -> AnyView {
    let t = phrases();
    let tenant = offer.tenant.clone();
    let way = vec![
        Crumb::new(t.say(tenants::TITLE), "/tenants"),
        Crumb::new(tenant.to_string(), tenant_href(&tenant)),
        Crumb::new(t.say(break_glass::TITLE), PATH),
    ];
    let (title, intro) = match &offer.before {
        Some(before) => {
            draft.goes_on_from(before);
            (break_glass::GO_ON_TITLE, break_glass::GO_ON_INTRO)
        }
        None => (break_glass::DECLARE_TITLE, break_glass::DECLARE_INTRO),
    };
    let title = t.fill(title, &[("tenant", &tenant)]);
    // The smallest that may be taken, until they say otherwise.
    let smallest = offer.roles.iter().find(|role| role.refusal.is_none());
    let form = if let Some(smallest) = smallest {
        draft.role.set(Some(smallest.name.clone()));
        form(offer, draft)
    } else {
        refused(offer)
    };
    view! {
        <Crumbs way=way />
        <PageHeading title=title intro=t.say(intro) />
        {form}
    }
    .into_any()
}

/// Why none of the roles can be taken, one by one.
fn refused(offer: SessionOffer) -> AnyView {
    let t = phrases();
    let why = offer.roles.into_iter().filter_map(|role| {
        let why = why_not(t, role.refusal.as_ref()?).join(" · ");
        Some(view! {
            <li class="offer" data-refused>
                <p class="offer-title">{role.name.to_string()}</p>
                <p class="offer-more">{why}</p>
            </li>
        })
    });
    let why = why.views();
    let why = (!why.is_empty()).then(|| view! { <ul class="offers">{why}</ul> });
    view! {
        <Empty title=t.say(break_glass::NO_ROLE) hint=t.say(break_glass::NO_ROLE_MORE) />
        {why}
    }
    .into_any()
}

/// The session that they declared there before, where that is what stands against another one.
fn earlier(failure: &Failure) -> Option<GrantId> {
    let Failure::Problem(problem) = failure else { return None };
    problem.facts.get("session")?.parse().ok()
}

fn way_to(session: GrantId) -> AnyView {
    view! {
        <p>
            <A href=session_href(session)>{phrases().say(break_glass::SHOW)}</A>
        </p>
    }
    .into_any()
}

fn form(offer: SessionOffer, draft: Draft) -> AnyView {
    let t = phrases();
    let navigate = use_navigate();
    let Draft { busy, failure, role, .. } = draft;
    let tenant = offer.tenant.clone();
    let (fields, next) = (fields(&offer, draft), next(&offer));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(role) = role.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let declared = Declared {
            cluster: offer.tenant.cluster.to_string(),
            namespace: offer.tenant.namespace.to_string(),
            role,
            ttl_seconds: seconds(&untrack(|| draft.minutes_of(&offer))),
            broken: draft.broken.get_untracked(),
            intent: draft.intent.get_untracked(),
            incident: draft.incident.get_untracked(),
            after: offer.before.as_ref().map(|before| before.id),
            drill: draft.is_drill.get_untracked(),
        };
        let navigate = navigate.clone();
        spawn_local(async move {
            let created = call::<_, Created>(Method::Post, "/api/v1/break-glass", &declared).await;
            busy.set(false);
            match created {
                Ok(Created { id }) => navigate(&session_href(id), NavigateOptions::default()),
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let says = move || match role.get() {
        _ if busy.get() => t.say(break_glass::DECLARING).to_owned(),
        Some(role) => t.fill(break_glass::SUBMIT, &[("role", &role), ("tenant", &tenant)]),
        None => String::new(),
    };
    view! {
        <form class="form form-boxed" on:submit=submit>
            {fields}
            {next}
            <div aria-live="assertive">
                <Trouble failure=failure />
            </div>
            {move || failure.get().and_then(|failure| earlier(&failure)).map(way_to)}
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
