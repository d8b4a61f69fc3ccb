//! The home page.

use domain::tenants::{Health, TenantSummary};
use leptos::prelude::*;

use super::read::{HomeNow, read_home};
use crate::{
    actions::{RequestRow, RequestTable},
    components::{Empty, Notice, PageHeading, Section, Tone, Views, loaded},
    grants::{GrantRow, GrantTable},
    live::Live,
    messages::{grants, home, phrases, tenants},
    reading::Reading,
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
    let HomeNow { tenants, waiting, roles } = now;
    let unknown = !tenants.silent_clusters.is_empty();
    let (trouble, well): (Vec<_>, Vec<_>) =
        tenants.items.into_iter().partition(|tenant| tenant.health >= Health::Degraded);
    let first_glance = first_glance(trouble.len(), waiting.len() + roles.len(), well.len());
    view! {
        <SilentClusters clusters=tenants.silent_clusters />
        {(!unknown).then_some(first_glance)}
        {in_trouble(trouble)}
        {waiting_here(waiting)}
        {roles_waiting(roles)}
        {running_well(well)}
    }
    .into_any()
}

/// The answer to both questions, in words.
fn first_glance(trouble: usize, waiting: usize, well: usize) -> AnyView {
    let t = phrases();
    if trouble + waiting + well == 0 {
        return view! { <Empty title=t.say(tenants::EMPTY) hint=t.say(tenants::EMPTY_MORE) /> }
            .into_any();
    }
    if trouble + waiting == 0 {
        return view! {
            <Notice tone=Tone::Good title=t.say(home::ALL_WELL)>
                <p>{t.say(home::ALL_WELL_MORE)}</p>
            </Notice>
        }
        .into_any();
    }
    let counts = [
        (trouble, home::SERVICES_IN_TROUBLE, "#trouble", Tone::Danger),
        (waiting, home::REQUESTS_WAIT, "#waiting", Tone::Busy),
    ];
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

fn waiting_here(waiting: Vec<RequestRow>) -> impl IntoView {
    let t = phrases();
    let list = if waiting.is_empty() {
        view! {
            <Empty title=t.say(home::NOTHING_WAITS) hint=t.say(home::NOTHING_WAITS_MORE) />
        }
        .into_any()
    } else {
        view! { <RequestTable items=waiting /> }.into_any()
    };
    view! {
        <Section id="waiting" title=t.say(home::WAITING)>
            {list}
        </Section>
    }
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
