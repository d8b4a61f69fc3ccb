//! The one route table, and the router made of it.

use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;

use super::{
    AppState, Endpoint, api, caller, cookies, guard, headers, health, metrics, openapi,
    problem::ProblemResponse,
};
use domain::ProblemCode;

/// Every route of the API and the probes.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    [health::endpoints(), openapi::endpoints(), api::endpoints()].concat()
}

/// The API and the probes, guarded.
///
/// What is added to it afterwards (pages) finds `Option<Actor>` among the request's extensions if it goes
/// through [`with_caller`].
pub fn router(state: &AppState) -> Router {
    let mut router = Router::new();
    for endpoint in endpoints() {
        router = add(router, state, endpoint);
    }
    let api = router
        .fallback(|| async { ProblemResponse::from(ProblemCode::NotVisible) })
        .layer(middleware::from_fn(headers::api));
    with_caller(api.with_state(state.clone()), state)
}

/// Puts cookies, session and caller around routes, and what every answer carries.
pub fn with_caller(router: Router, state: &AppState) -> Router {
    router
        .layer(middleware::from_fn_with_state(state.clone(), caller::identify))
        .layer(cookies::session_layer(state.cookies.clone()))
        .layer(middleware::map_response(cookies::secure_removals))
        .layer(middleware::from_fn_with_state(state.clone(), headers::everywhere))
        .layer(middleware::from_fn(metrics::count_requests))
        .layer(CatchPanicLayer::custom(|_| ProblemResponse::from(ProblemCode::Internal).into()))
}

#[expect(clippy::disallowed_methods, reason = "this is the one route table")]
fn add(router: Router<AppState>, state: &AppState, endpoint: Endpoint) -> Router<AppState> {
    let access = endpoint.access;
    let mut handler = endpoint.handler;
    handler = handler.layer(middleware::from_fn(guard::json_only));
    if access.needs_person() {
        handler = handler.layer(middleware::from_fn(guard::signed_in));
    }
    if access.is_limited() {
        handler = handler.layer(middleware::from_fn_with_state(state.clone(), guard::within_rate));
    }
    handler = handler.layer(middleware::from_fn_with_state(state.clone(), guard::same_origin));
    router.route(endpoint.path, handler)
}
