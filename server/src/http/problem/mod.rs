//! Problems as `application/problem+json` (RFC 9457).
//!
//! The stable part is `code`; title and detail are for people who read the API by eye. Pages take their words
//! from the message catalogue instead.

mod texts;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Problem, ProblemCode};
use serde_json::{Map, Value, json};

/// A problem as an answer.
#[derive(Clone, Debug)]
pub struct ProblemResponse(Problem);

impl From<Problem> for ProblemResponse {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<ProblemCode> for ProblemResponse {
    fn from(code: ProblemCode) -> Self {
        Self(code.into())
    }
}

impl ProblemResponse {
    fn document(&self) -> Value {
        let Problem { code, facts } = &self.0;
        let (title, detail) = texts::of(*code);
        let facts = facts.iter().map(|(name, value)| (name.clone(), json!(value)));
        let mut document: Map<String, Value> = facts.collect();
        document.extend([
            ("type".to_owned(), json!(format!("urn:sekisho:problem:{code}"))),
            ("title".to_owned(), json!(title)),
            ("status".to_owned(), json!(code.status())),
            ("detail".to_owned(), json!(detail)),
            ("code".to_owned(), json!(code)),
        ]);
        Value::Object(document)
    }
}

impl IntoResponse for ProblemResponse {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.code.status());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if status.is_server_error() {
            tracing::error!(problem = %self.0, "answered with a problem of our own");
        }
        let mut response = (status, self.document().to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        let wait = self.0.facts.get("retry_after").and_then(|wait| wait.parse().ok());
        if let Some(wait) = wait {
            headers.insert(header::RETRY_AFTER, wait);
        }
        response
    }
}

impl From<ProblemResponse> for Response {
    fn from(problem: ProblemResponse) -> Self {
        problem.into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_extension_members_and_never_hide_the_standard_ones() {
        let problem = Problem::from(ProblemCode::Refused).with("rule", "r").with("status", "999");
        let document = ProblemResponse(problem).document();
        assert_eq!(document["code"], "refused");
        assert_eq!(document["status"], 403);
        assert_eq!(document["rule"], "r");
        assert_eq!(document["type"], "urn:sekisho:problem:refused");
    }

    #[test]
    fn whoever_knocks_too_often_is_told_when_to_come_back() {
        let problem = Problem::from(ProblemCode::TooMany).with("retry_after", 7);
        let response = ProblemResponse(problem).into_response();
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()[header::RETRY_AFTER], "7");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    }
}
