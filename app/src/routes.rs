//! Which address shows which page.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Outlet, ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    actions::{ActionPage, RequestPage, RequestsPage},
    audit::HistoryPage,
    break_glass::{BreakGlassPage, DeclarePage, SessionPage},
    browser,
    components::NotFound,
    frame::{Frame, Threshold},
    grants::{AccessPage, AskPage, GrantPage, RolesPage},
    home::HomePage,
    identity::{AccountPage, EnrolPage, PeoplePage, SignInPage},
    notifications::NotificationsPage,
    recovery::RecoveryPage,
    resources::ObjectPage,
    reviews::{ReviewPage, ReviewsPage},
    surroundings::provide_surroundings,
    tenants::{TenantPage, TenantsPage},
    tokens::TokensPage,
    who_can::WhoCanPage,
};

/// All pages. Each is rendered whole before it is sent, so that its status is true.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_surroundings();
    // Effects run in browsers only, once they have taken the page over: from here on it answers.
    Effect::new(|_| browser::mark_root("data-awake", "true"));
    view! {
        <Router>
            <Routes fallback=framed_not_found>
                <Route path=path!("/sign-in") view=sign_in ssr=SsrMode::Async />
                <Route path=path!("/enrol") view=enrol ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=framed_outlet ssr=SsrMode::Async>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                    <Route path=path!("/tenants") view=TenantsPage ssr=SsrMode::Async />
                    <Route path=path!("/tenants/:cluster/:namespace") view=TenantPage ssr=SsrMode::Async />
                    <Route
                        path=path!("/tenants/:cluster/:namespace/access")
                        view=WhoCanPage
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/tenants/:cluster/:namespace/:kind/:name")
                        view=ObjectPage
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/tenants/:cluster/:namespace/:kind/:name/:action")
                        view=ActionPage
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("/requests") view=RequestsPage ssr=SsrMode::Async />
                    <Route path=path!("/requests/:id") view=RequestPage ssr=SsrMode::Async />
                    <Route path=path!("/access") view=AccessPage ssr=SsrMode::Async />
                    <Route path=path!("/access/:cluster/:namespace") view=RolesPage ssr=SsrMode::Async />
                    <Route path=path!("/access/:cluster/:namespace/:role") view=AskPage ssr=SsrMode::Async />
                    <Route path=path!("/tokens") view=TokensPage ssr=SsrMode::Async />
                    <Route path=path!("/grants/:id") view=GrantPage ssr=SsrMode::Async />
                    <Route path=path!("/break-glass") view=BreakGlassPage ssr=SsrMode::Async />
                    <Route path=path!("/break-glass/:id") view=SessionPage ssr=SsrMode::Async />
                    <Route path=path!("/break-glass/:cluster/:namespace") view=DeclarePage ssr=SsrMode::Async />
                    <Route path=path!("/reviews") view=ReviewsPage ssr=SsrMode::Async />
                    <Route path=path!("/reviews/:id") view=ReviewPage ssr=SsrMode::Async />
                    <Route path=path!("/recoveries/:id") view=RecoveryPage ssr=SsrMode::Async />
                    <Route path=path!("/history") view=HistoryPage ssr=SsrMode::Async />
                    <Route path=path!("/notifications") view=NotificationsPage ssr=SsrMode::Async />
                    <Route path=path!("/people") view=PeoplePage ssr=SsrMode::Async />
                    <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

fn framed_not_found() -> AnyView {
    view! { <Frame content=|| view! { <NotFound /> }.into_any() /> }.into_any()
}

fn framed_outlet() -> AnyView {
    view! { <Frame content=|| view! { <Outlet /> }.into_any() /> }.into_any()
}

fn sign_in() -> AnyView {
    view! {
        <Threshold>
            <SignInPage />
        </Threshold>
    }
    .into_any()
}

fn enrol() -> AnyView {
    view! {
        <Threshold>
            <EnrolPage />
        </Threshold>
    }
    .into_any()
}
