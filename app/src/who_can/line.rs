//! One path by which somebody can.

use domain::who_can::{AccessItem, PathView, Reach, RoleRef, Who};
use leptos::prelude::*;
use leptos_router::components::A;

use super::rules::rules;
use crate::{
    actions::ActionNames,
    components::{Row, When, more, row},
    grants::risk,
    messages::{Message, phrases, who_can},
};

/// Everybody whom the cluster knows.
const EVERYBODY: &str = "system:authenticated";

/// One path by which somebody can.
pub(super) fn line(item: AccessItem) -> Row {
    let t = phrases();
    let only_named = item.only_named.then(|| more(t.say(who_can::ONLY_NAMED)));
    let until = until(&item.who);
    let rules = rules(item.path.rules.clone());
    let what = view! { {rules} {only_named} };
    row![who(item.who), until, path(item.path), what, risk(Some(item.risk))]
}

fn who(who: Who) -> AnyView {
    let t = phrases();
    let said = |message: Message| t.say(message).to_owned();
    match who {
        Who::Grant { login, role, id, .. } => {
            let role = t.fill(who_can::TEMPORARY, &[("role", &role)]);
            let role = view! { <A href=format!("/grants/{id}")>{role}</A> };
            view! {
                {login.to_string()}
                {more(role)}
            }
            .into_any()
        }
        Who::Person { login, user } => {
            named(login.to_string(), format!("{} {user}", t.say(who_can::PERSON)))
        }
        Who::User { name } => named(name, said(who_can::USER)),
        Who::Group { name } if name == EVERYBODY => named(name, said(who_can::EVERYBODY)),
        Who::Group { name } => named(name, said(who_can::GROUP)),
        Who::Action { action } => told(ActionNames::name(&action), said(who_can::ACTION)),
        Who::ServiceAccount { namespace, name } => {
            named(format!("{namespace}/{name}"), said(who_can::ACCOUNT))
        }
        Who::HiddenAccount => {
            view! { <span class="muted">{t.say(who_can::HIDDEN)}</span> }.into_any()
        }
    }
}

fn told(name: String, kind: String) -> AnyView {
    view! { {name} {more(kind)} }.into_any()
}

fn named(name: String, kind: String) -> AnyView {
    view! {
        <code>{name}</code>
        {more(kind)}
    }
    .into_any()
}

fn until(who: &Who) -> AnyView {
    match who {
        Who::Grant { until: Some(until), .. } => view! { <When at=*until /> }.into_any(),
        Who::Grant { until: None, .. } => ().into_any(),
        _ => view! { <span class="muted">{phrases().say(who_can::STANDING)}</span> }.into_any(),
    }
}

fn path(path: PathView) -> AnyView {
    let t = phrases();
    let binding = path.binding.map(|binding| {
        let place = match path.reach {
            Reach::Namespace => who_can::THERE,
            Reach::Cluster => who_can::EVERYWHERE,
        };
        t.fill(place, &[("binding", &binding)])
    });
    let binding = binding.unwrap_or_else(|| t.say(who_can::SOMEWHERE).to_owned());
    let role = path.role.map(|role| {
        let kind = match role {
            RoleRef::ClusterRole(_) => "ClusterRole",
            RoleRef::Role(_) => "Role",
        };
        more(format!("{kind} {}", role.name()))
    });
    view! { {binding} {role} }.into_any()
}
