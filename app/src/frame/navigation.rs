//! The way from page to page.

use domain::identity::{Capability, Me};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::{
    break_glass,
    components::Views,
    grants,
    messages::{Message, frame, notifications as messages, phrases},
    notifications, reviews,
};

/// Links to the parts of the console that this person may enter.
#[component]
pub(crate) fn Navigation(me: Me) -> impl IntoView {
    let t = phrases();
    view! {
        <nav class="navigation" aria-label=t.say(frame::MAIN_NAVIGATION)>
            <ul>
                {pages(&me).into_iter().map(|(label, href)| link(href, label)).views()}
            </ul>
        </nav>
    }
}

/// The parts of the console that this person may enter.
pub(crate) fn pages(me: &Me) -> Vec<(Message, &'static str)> {
    let manages_people = me.capabilities.contains(&Capability::ManagePeople);
    let mends_notifications = me.notifications_stuck.is_some();
    [
        (true, frame::HOME, "/"),
        (true, frame::TENANTS, "/tenants"),
        (true, frame::REQUESTS, "/requests"),
        (true, frame::ACCESS, grants::PATH),
        (true, frame::BREAK_GLASS, break_glass::PATH),
        (true, frame::REVIEWS, reviews::PATH),
        (true, frame::HISTORY, "/history"),
        (mends_notifications, messages::TITLE, notifications::PATH),
        (manages_people, frame::PEOPLE, "/people"),
        (true, frame::ACCOUNT, "/account"),
    ]
    .into_iter()
    .filter_map(|(is_open, label, href)| is_open.then_some((label, href)))
    .collect()
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
