//! The statuses of failures that arise before a page's function runs: what it was asked could not be read.

use app::Failure;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use leptos::server_fn::error::FromServerFnError;

/// A failure is a short text; what is longer is none of ours.
const LIMIT: usize = 64 * 1024;

/// Gives an answer that tells of a problem the status of that problem, where the framework knew only that it failed.
pub(super) async fn with_true_status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LIMIT).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Failure::Problem(problem) = Failure::de(bytes.clone()) {
        parts.status = StatusCode::from_u16(problem.code.status()).unwrap_or(parts.status);
    }
    Response::from_parts(parts, Body::from(bytes))
}
