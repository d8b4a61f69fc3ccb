//! Counters for Prometheus, on a listener of their own.
//!
//! Labels name routes and statuses, never people or tenants.

use axum::{
    Router,
    extract::{MatchedPath, Request},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::header;
use metrics_exporter_prometheus::PrometheusBuilder;

const REQUESTS: &str = "sekisho_http_requests_total";
const SIGN_INS: &str = "sekisho_sign_ins_total";

/// The counters cannot be set up: this process has others already.
#[derive(Debug, thiserror::Error)]
#[error("metrics cannot be recorded")]
pub struct MetricsError(#[from] metrics_exporter_prometheus::BuildError);

/// Begins counting, once per process, and serves `/metrics`.
#[expect(clippy::disallowed_methods, reason = "the one route of a listener of its own")]
pub fn metrics_router() -> Result<Router, MetricsError> {
    let handle = PrometheusBuilder::new().install_recorder()?;
    metrics::describe_counter!(REQUESTS, "Requests by route, method and status");
    metrics::describe_counter!(SIGN_INS, "Sign-ins by outcome");
    let render = move || {
        let text = handle.render();
        async move { ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response() }
    };
    Ok(Router::new().route("/metrics", axum::routing::get(render)))
}

pub(super) async fn count_requests(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let route = route.unwrap_or("other").to_owned();
    let method = request.method().to_string();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!(REQUESTS, "route" => route, "method" => method, "status" => status)
        .increment(1);
    response
}

/// Counts a sign-in by how it ended.
pub(super) fn count_sign_in<T, E>(result: &Result<T, E>) {
    let outcome = if result.is_ok() { "succeeded" } else { "failed" };
    metrics::counter!(SIGN_INS, "outcome" => outcome).increment(1);
}
