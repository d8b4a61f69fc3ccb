//! The one route table, and the router made of it.

use axum::{Router, middleware, routing::any};
use tower_http::catch_panic::CatchPanicLayer;

use super::{
    Access, AppState, Endpoint, api, caller, cookies, guard, headers, health, metrics, openapi,
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
/// Pages are merged with it; they go through [`with_caller`] by themselves.
#[expect(
    clippy::disallowed_methods,
    reason = "what is no route of the table has a route to say so"
)]
pub fn router(state: &AppState) -> Router {
    let api = endpoints()
        .into_iter()
        .fold(Router::new(), |router, endpoint| add(router, state, endpoint))
        .route("/api/{*rest}", any(|| async { ProblemResponse::from(ProblemCode::NotVisible) }))
        .layer(middleware::from_fn(headers::api));
    with_caller(api.with_state(state.clone()), state)
}

/// Puts what every route has in common around some: `Option<Actor>` among the extensions of each request,
/// writes from our own origin only, cookies, headers, counters, and an answer even to a panic.
pub fn with_caller(router: Router, state: &AppState) -> Router {
    router
        .layer(middleware::from_fn_with_state(state.clone(), caller::identify))
        .layer(cookies::session_layer(state.cookies.clone()))
        .layer(middleware::map_response(cookies::secure_removals))
        .layer(middleware::from_fn_with_state(state.clone(), guard::same_origin))
        .layer(CatchPanicLayer::custom(|_| ProblemResponse::from(ProblemCode::Internal).into()))
        .layer(middleware::from_fn_with_state(state.clone(), headers::everywhere))
        .layer(middleware::from_fn(metrics::count_requests))
}

#[expect(clippy::disallowed_methods, reason = "this is the one route table")]
fn add(router: Router<AppState>, state: &AppState, endpoint: Endpoint) -> Router<AppState> {
    let handler = endpoint.handler.layer(middleware::from_fn(guard::json_only));
    let handler =
        match endpoint.access {
            Access::Public => handler,
            Access::PublicLimited => handler
                .layer(middleware::from_fn_with_state(state.clone(), guard::network_within_rate)),
            Access::SignedIn => handler.layer(middleware::from_fn(guard::signed_in)),
            Access::SignedInLimited => handler
                .layer(middleware::from_fn_with_state(state.clone(), guard::person_within_rate)),
        };
    router.route(endpoint.path, handler)
}
