//! What the pages read is read by our own pages only: another site that sends a signed-in browser there learns
//! nothing, not even by where it ends up.

use axum::{extract::Request, middleware::Next, response::Response};
use domain::ProblemCode;
use http::{HeaderValue, header};

use crate::http::ProblemResponse;

/// Below this lie the functions that pages read through.
const READS: &str = "/pages/";

/// Refuses other sites, and answers nobody with a redirection.
pub(super) async fn by_our_pages_only(
    mut request: Request,
    next: Next,
) -> Result<Response, ProblemResponse> {
    if !request.uri().path().starts_with(READS) {
        return Ok(next.run(request).await);
    }
    let headers = request.headers_mut();
    let from = headers.get("sec-fetch-site");
    if from.is_some_and(|site| site != "same-origin") {
        return Err(ProblemCode::CrossOrigin.into());
    }
    // The framework sends whoever accepts HTML back to where they say they came from.
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.remove(header::REFERER);
    Ok(next.run(request).await)
}
