//! The way from page to page.

use domain::identity::{Capability, Me};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::{
    messages::{Message, frame, notifications as messages, phrases},
    notifications,
};

/// Links to the parts of the console that this person may enter.
#[component]
pub(crate) fn Navigation(me: Me) -> impl IntoView {
    let t = phrases();
    view! {
        <nav class="navigation" aria-label=t.say(frame::MAIN_NAVIGATION)>
            <ul>
                {link("/", frame::HOME)}
                {link("/tenants", frame::TENANTS)}
                {link("/requests", frame::REQUESTS)}
                {link("/history", frame::HISTORY)}
                {me.notifications_stuck.map(|_| link(notifications::PATH, messages::TITLE))}
                {me.capabilities.contains(&Capability::ManagePeople).then(|| link("/people", frame::PEOPLE))}
                {link("/account", frame::ACCOUNT)}
            </ul>
        </nav>
    }
}

fn link(href: &'static str, label: Message) -> impl IntoView {
    let t = phrases();
    view! {
        <li>
            <A href=href exact=href == "/" attr:class="nav-link">
                {t.say(label)}
            </A>
        </li>
    }
}
