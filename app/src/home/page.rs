//! The home page.

use domain::{
    break_glass::Owed,
    tenants::{Health, TenantSummary},
};
use leptos::prelude::*;

use super::read::{HomeNow, read_home};
use crate::{
    actions::{RequestRow, RequestTable},
    break_glass::session_href,
    components::{Empty, Notice, PageHeading, Section, Tone, Views, loaded},
    grants::{GrantRow, GrantTable},
    live::Live,
    messages::{Counted, grants, home, phrases, recovery, tenants},
    reading::Reading,
    recovery::RecoveryTable,
    reviews,
    tenants::{SilentClusters, TenantTable},
};

/// Home: what is in trouble, then what waits, then the rest.
#[component]
pub(crate) fn HomePage() -> AnyView {
    let revision = Live::follow_home();
    let now = Reading::new(move || revision.get(), |_| read_home());
    view! {
        <PageHeading title=phrases().say(home::TITLE) />
        {loaded(now, show)}
    }
    .into_any()
}

fn show(now: HomeNow) -> AnyView {
    let HomeNow { tenants, waiting, roles, recoveries, owed } = now;
    let unknown = !tenants.silent_clusters.is_empty();
    let (trouble, well): (Vec<_>, Vec<_>) =
        tenants.items.into_iter().partition(|tenant| tenant.health >= Health::Degraded);
    let where_they_wait = if waiting.is_empty() { "#roles" } else { "#waiting" };
    let counts = [
        (trouble.len(), home::SERVICES_IN_TROUBLE, "#trouble".to_owned(), Tone::Danger),
        (waiting.len() + roles.len(), home::REQUESTS_WAIT, where_they_wait.to_owned(), Tone::Busy),
        (recoveries.len(), recovery::WAIT, "#recoveries".to_owned(), Tone::Caution),
        (owed.verdicts, home::REVIEWS_WAIT, reviews::PATH.to_owned(), Tone::Busy),
        (owed.accounts.len(), home::ACCOUNTS_OWED, first_account(&owed), Tone::Caution),
    ];
    let wanting: usize = counts.iter().map(|(n, ..)| n).sum();
    let nothing_waits = roles.is_empty() && recoveries.is_empty() && owed == Owed::default();
    // Where a cluster is silent nobody can say that all is well; what waits is known all the same.
    let first_glance = (!unknown || wanting > 0).then(|| first_glance(counts, well.len()));
    view! {
        <SilentClusters clusters=tenants.silent_clusters />
        {first_glance}
        {in_trouble(trouble)}
        {waiting_here(waiting, nothing_waits)}
        {roles_waiting(roles)}
        <RecoveryTable title=recovery::WAITING items=recoveries />
        {running_well(well)}
    }
    .into_any()
}

/// The answer to both questions, in words.
fn first_glance(counts: [(usize, Counted, String, Tone); 5], well: usize) -> AnyView {
    let t = phrases();
    let wanting: usize = counts.iter().map(|(n, ..)| n).sum();
    if wanting + well == 0 {
        return view! { <Empty title=t.say(tenants::EMPTY) hint=t.say(tenants::EMPTY_MORE) /> }
            .into_any();
    }
    if wanting == 0 {
        return view! {
            <Notice tone=Tone::Good title=t.say(home::ALL_WELL)>
                <p>{t.say(home::ALL_WELL_MORE)}</p>
            </Notice>
        }
        .into_any();
    }
    let glances = counts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, message, href, tone)| {
        view! {
            <li>
                <a class="glance" href=href data-tone=tone.as_str()>
                    <span class="badge-shape" aria-hidden="true"></span>
                    {t.count(message, n)}
                </a>
            </li>
        }
    });
    view! { <ul class="glances">{glances.views()}</ul> }.into_any()
}

/// The page on which the first of the accounts is filed.
fn first_account(owed: &Owed) -> String {
    owed.accounts.first().map_or_else(String::new, |id| session_href(*id))
}

fn in_trouble(trouble: Vec<TenantSummary>) -> impl IntoView {
    let t = phrases();
    (!trouble.is_empty()).then(|| {
        view! {
            <Section id="trouble" title=t.say(home::TROUBLE)>
                <TenantTable items=trouble />
            </Section>
        }
    })
}

/// The requests that wait here; without any it is said only where nothing else does either.
fn waiting_here(waiting: Vec<RequestRow>, nothing_else: bool) -> Option<AnyView> {
    let t = phrases();
    if waiting.is_empty() && !nothing_else {
        return None;
    }
    let list = if waiting.is_empty() {
        view! {
            <Empty title=t.say(home::NOTHING_WAITS) hint=t.say(home::NOTHING_WAITS_MORE) />
        }
        .into_any()
    } else {
        view! { <RequestTable items=waiting /> }.into_any()
    };
    Some(
        view! {
            <Section id="waiting" title=t.say(home::WAITING)>
                {list}
            </Section>
        }
        .into_any(),
    )
}

fn roles_waiting(roles: Vec<GrantRow>) -> impl IntoView {
    (!roles.is_empty()).then(|| {
        view! {
            <Section id="roles" title=phrases().say(grants::WAITING)>
                <GrantTable caption=grants::WAITING_CAPTION items=roles />
            </Section>
        }
    })
}

fn running_well(well: Vec<TenantSummary>) -> impl IntoView {
    let t = phrases();
    (!well.is_empty()).then(|| {
        view! {
            <Section id="well" title=t.say(home::RUNNING_WELL)>
                <TenantTable items=well />
            </Section>
        }
    })
}
