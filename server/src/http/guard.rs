//! What a request must be before a handler sees it: from our own origin, of a person, within its rate, JSON.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::Response,
};
use domain::{Problem, ProblemCode};

use super::{AppState, Client, ProblemResponse, address, caller};
use crate::identity::Origin;

type Guarded = Result<Response, ProblemResponse>;

/// Refuses writes that a browser sends on behalf of another site.
///
/// `Sec-Fetch-Site` is a forbidden header, so a page cannot forge it; `Origin` is what older browsers send.
/// A request with neither comes from a script, which has no cookies but those it was given.
pub(super) async fn same_origin(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Guarded {
    if is_write(request.method()) && !is_ours(request.headers(), &state.origin) {
        return Err(ProblemCode::CrossOrigin.into());
    }
    Ok(next.run(request).await)
}

fn is_write(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_ours(headers: &HeaderMap, origin: &Origin) -> bool {
    let all = |name, ours: &dyn Fn(&str) -> bool| {
        headers.get_all(name).iter().all(|value| value.to_str().is_ok_and(ours))
    };
    all("sec-fetch-site", &|site| site == "same-origin")
        && all("origin", &|named| origin.is_named_by(named))
}

/// Refuses whoever is not signed in.
pub(super) async fn signed_in(request: Request, next: Next) -> Guarded {
    caller(request.extensions())?;
    Ok(next.run(request).await)
}

/// Refuses networks that knock too often.
pub(super) async fn network_within_rate(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Guarded {
    let network = address::network_of(&request, state.address_from);
    within_rate(&state, Client::Network(network))?;
    Ok(next.run(request).await)
}

/// Refuses people who knock too often, and whoever is not signed in: many may share one address.
pub(super) async fn person_within_rate(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Guarded {
    let actor = caller(request.extensions())?;
    within_rate(&state, Client::Person(actor.login().clone()))?;
    Ok(next.run(request).await)
}

fn within_rate(state: &AppState, client: Client) -> Result<(), Problem> {
    state.limiter.take(client, state.console.now()).map_err(|wait| {
        let seconds = wait.as_secs() + 1;
        Problem::from(ProblemCode::TooMany).with("retry_after", seconds)
    })
}

/// Refuses writes whose body is not JSON: a form of another site cannot send that without asking first.
pub(super) async fn json_only(request: Request, next: Next) -> Guarded {
    let required = request.method() == Method::POST || has_body(request.headers());
    if is_write(request.method()) && required && !is_json(request.headers()) {
        return Err(ProblemCode::NotJson.into());
    }
    Ok(next.run(request).await)
}

fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(header::CONTENT_TYPE)
        || headers.contains_key(header::TRANSFER_ENCODING)
        || headers.get(header::CONTENT_LENGTH).is_some_and(|length| length != "0")
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (k.parse().unwrap(), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn a_write_is_ours_when_nothing_says_otherwise() {
        let origin: Origin = "http://localhost:3000".parse().unwrap();
        let ours = |pairs: &[(&'static str, &'static str)]| is_ours(&headers(pairs), &origin);
        assert!(ours(&[]));
        assert!(ours(&[("origin", "http://localhost:3000"), ("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("origin", "http://localhost:3001")]));
        assert!(!ours(&[("origin", "null")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(!ours(&[("sec-fetch-site", "none")]));
        assert!(!ours(&[("origin", "http://localhost:3000"), ("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn json_is_told_by_its_media_type() {
        assert!(is_json(&headers(&[("content-type", "application/json; charset=utf-8")])));
        assert!(!is_json(&headers(&[("content-type", "text/plain")])));
        assert!(!is_json(&headers(&[("content-type", "application/jsonp")])));
        assert!(!is_json(&headers(&[])));
    }
}
