//! The frame around the pages of a signed-in person.

use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

use super::{
    banner::DemoBanner, brand::Brand, connection::ConnectionState, live_sessions::LiveSessions,
    navigation::Navigation, policy::PolicyNotice, stuck::StuckNotice, threshold::SignInHere,
};
use crate::{
    actions::ActionNames,
    components::{Now, ProblemPage, SessionEnd, settled},
    identity::{Viewer, read_viewer},
    live::Live,
    messages::{frame, phrases},
    palette::Palette,
    reading::Reading,
    recovery::OwnRecovery,
};

/// The frame around a page; whoever is signed out meets the way in instead, at the same address.
#[component]
pub(crate) fn Frame(content: fn() -> AnyView) -> impl IntoView {
    let session = SessionEnd::provide();
    let viewer = Reading::new(move || session.noticed(), |_| read_viewer());
    let shown = settled(viewer, move |viewer| match viewer {
        Ok(viewer) => view! { <SignedIn viewer=viewer content=content /> }.into_any(),
        Err(failure) if failure.is_signed_out() => view! { <SignInHere /> }.into_any(),
        Err(failure) => view! {
            <main class="threshold">
                <ProblemPage failure=failure />
            </main>
        }
        .into_any(),
    });
    view! {
        <DemoBanner />
        {shown}
    }
}

#[component]
fn SignedIn(viewer: Viewer, content: fn() -> AnyView) -> impl IntoView {
    let t = phrases();
    Now::provide(viewer.now);
    Live::provide();
    let main = NodeRef::<html::Main>::new();
    follow_navigation(main);
    let Viewer { me, actions, .. } = viewer;
    ActionNames::provide(actions);
    let warning = me.policy_warning.clone();
    let stuck = me.notifications_stuck.filter(|stuck| *stuck > 0);
    let signed_in_as = t.fill(frame::SIGNED_IN_AS, &[("name", &me.name)]);
    let login = me.login.to_string();
    provide_context(me.clone());
    view! {
        // External to the router, which would scroll there and leave the focus where it is.
        <a class="skip-link" href="#content" rel="external">
            {t.say(frame::SKIP)}
        </a>
        <div class="frame">
            <header class="sidebar">
                <Brand />
                <Palette />
                <Navigation me=me />
                <div class="sidebar-end">
                    <ConnectionState />
                    <p class="viewer" title=signed_in_as>
                        {login}
                    </p>
                </div>
            </header>
            <main id="content" class="content" tabindex="-1" node_ref=main>
                <LiveSessions />
                <OwnRecovery />
                {warning.map(|warning| view! { <PolicyNotice warning=warning /> })}
                {stuck.map(|stuck| view! { <StuckNotice stuck=stuck /> })}
                {content()}
            </main>
        </div>
    }
}

/// After a step to another page the keyboard and the screen reader begin at its content.
fn follow_navigation(main: NodeRef<html::Main>) {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path)
            && let Some(main) = main.get_untracked()
        {
            // A page without a focusable main is still a page.
            let _ = main.focus();
        }
        path
    });
}
