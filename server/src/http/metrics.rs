//! Counters for Prometheus, on a listener of their own.
//!
//! Labels name routes and statuses, never people or tenants.

use axum::{
    Router,
    extract::{MatchedPath, Request},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{Method, header};
use metrics_exporter_prometheus::PrometheusBuilder;

use crate::{identity::describe_clock, jobs, notifications, policy::describe_calendars};

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
    notifications::describe();
    jobs::describe();
    describe_clock();
    describe_calendars();
    let render = move || {
        let text = handle.render();
        async move { ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response() }
    };
    Ok(Router::new().route("/metrics", axum::routing::get(render)))
}

pub(super) async fn count_requests(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let route = route.unwrap_or("other").to_owned();
    let method = known(request.method());
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!(REQUESTS, "route" => route, "method" => method, "status" => status)
        .increment(1);
    response
}

/// A method by its name, if it has one that we know: a client may invent as many as it likes.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Counts a sign-in by how it ended.
pub(super) fn count_sign_in<T, E>(result: &Result<T, E>) {
    let outcome = if result.is_ok() { "succeeded" } else { "failed" };
    metrics::counter!(SIGN_INS, "outcome" => outcome).increment(1);
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, middleware, routing::any};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    #[expect(clippy::disallowed_methods, reason = "a route for the counter to stand before")]
    async fn invented_methods_are_counted_as_one() {
        let recorder = PrometheusBuilder::new().build_recorder();
        let _recording = metrics::set_default_local_recorder(&recorder);
        let router = Router::new()
            .route("/here", any(|| async {}))
            .layer(middleware::from_fn(count_requests));
        let invented = (0..100).map(|number| format!("INVENTED{number}"));
        for method in invented.chain(["GET".to_owned(), "get".to_owned()]) {
            let request = Request::builder().method(method.as_str()).uri("/here");
            let request = request.body(Body::empty()).unwrap();
            assert!(router.clone().oneshot(request).await.unwrap().status().is_success());
        }
        let text = recorder.handle().render();
        let mut series: Vec<_> = text.lines().filter(|line| line.starts_with(REQUESTS)).collect();
        series.sort_unstable();
        assert_eq!(series.len(), 2, "{text}");
        assert!(series[0].contains(r#"method="GET""#) && series[0].ends_with(" 1"), "{text}");
        assert!(series[1].contains(r#"method="other""#) && series[1].ends_with(" 101"), "{text}");
    }
}
