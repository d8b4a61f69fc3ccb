//! What else is asked for or was done to the same target, and to what belongs to the same workload.

use domain::actions::Neighbour;
use leptos::prelude::*;
use leptos_router::components::A;

use super::{ActionNames, state::StateBadge};
use crate::{
    components::{Ago, Views},
    messages::{actions, phrases},
};

/// Other requests, the open ones first.
#[component]
pub(super) fn NeighbourList(items: Vec<Neighbour>) -> impl IntoView {
    let t = phrases();
    if items.is_empty() {
        return view! { <p class="muted">{t.say(actions::NO_NEIGHBOURS)}</p> }.into_any();
    }
    view! { <ul class="plain-list">{items.into_iter().map(item).views()}</ul> }.into_any()
}

fn item(neighbour: Neighbour) -> impl IntoView {
    let t = phrases();
    let acted = neighbour.acted_at.map(|at| view! { <Ago at=at /> });
    view! {
        <li class="neighbour">
            <A href=format!("/requests/{}", neighbour.id)>
                {ActionNames::name(neighbour.action.as_str())}
            </A>
            {neighbour.name.map(|name| view! { <code>{name.to_string()}</code> })}
            <StateBadge state=neighbour.state />
            <span class="muted">
                {t.fill(actions::NEIGHBOUR_BY, &[("person", &neighbour.requester)])}
            </span>
            {acted}
        </li>
    }
}
