//! The routes of the pages and of their server functions.

use app::{CurrentActor, Deployment, route_list, shell};
use axum::{Router, extract::Request, middleware, middleware::Next, response::Response};
use domain::Console;
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::LeptosRoutes;

use super::{Site, failures::with_true_status, reads::by_our_pages_only};
use crate::http::{AppState, caller, with_caller};

/// Every page and server function, with the caller and the same guards as the API, and the site's files.
pub fn pages(state: &AppState, site: &Site, deployment: Deployment) -> Router {
    // Built here, so that the binary needs neither a Cargo.toml nor variables when it runs.
    let options = LeptosOptions::builder().output_name("sekisho").build();
    let provided = Provided { console: state.console.clone(), site: site.clone(), deployment };
    let context = {
        let provided = provided.clone();
        move || provided.provide()
    };
    let not_found = {
        let provided = provided.clone();
        leptos_axum::render_app_async_with_context(move || provided.provide(), shell)
    };
    let pages = Router::new()
        .leptos_routes_with_context(&options, route_list(), context, shell)
        .fallback(not_found)
        .layer(middleware::from_fn(current_actor))
        .layer(middleware::from_fn(with_true_status))
        .layer(middleware::from_fn(by_our_pages_only))
        .with_state(options);
    with_caller(pages, state).merge(site.files())
}

/// What the pages find as context.
#[derive(Clone)]
struct Provided {
    console: Console,
    site: Site,
    deployment: Deployment,
}

impl Provided {
    fn provide(&self) {
        provide_context(self.console.clone());
        provide_context(self.site.assets.clone());
        provide_context(self.deployment);
    }
}

/// Hands the caller on in the pages' own words.
async fn current_actor(mut request: Request, next: Next) -> Response {
    let actor = caller(request.extensions());
    request.extensions_mut().insert(CurrentActor(actor));
    next.run(request).await
}

/// The paths of all server functions, for the sweep.
#[must_use]
pub fn server_function_paths() -> Vec<(String, http::Method)> {
    leptos::server_fn::axum::server_fn_paths()
        .map(|(path, method)| (path.to_owned(), method))
        .collect()
}
