//! The JSON API, called from the page that it belongs to.

use std::collections::BTreeMap;

use domain::{Problem, ProblemCode};
use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use crate::{Failure, wire};

/// How the API is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// Asks for something to be made or done.
    Post,
    /// Asks for something to end.
    Delete,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// Calls the API and reads its answer.
pub(crate) async fn call<B: Serialize, A: DeserializeOwned>(
    method: Method,
    path: &str,
    body: &B,
) -> Result<A, Failure> {
    let body = serde_json::to_string(body).map_err(|_| ProblemCode::Internal)?;
    let (status, answer) = fetch(method, path, &body).await.map_err(|_| Failure::Unreachable)?;
    read(status, &answer)
}

/// Calls the API where the answer tells nothing more than that it was done.
pub(crate) async fn send<B: Serialize>(
    method: Method,
    path: &str,
    body: &B,
) -> Result<(), Failure> {
    call::<B, serde::de::IgnoredAny>(method, path, body).await.map(|_| ())
}

async fn fetch(method: Method, path: &str, body: &str) -> Result<(u16, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("Content-Type", "application/json")?;
    headers.set("Accept", "application/json, application/problem+json")?;
    let init = RequestInit::new();
    init.set_method(method.as_str());
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(body));
    let response = JsFuture::from(window().fetch_with_str_and_init(path, &init)).await?;
    let response: Response = response.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}

/// What an answer means.
fn read<A: DeserializeOwned>(status: u16, answer: &str) -> Result<A, Failure> {
    if (200..300).contains(&status) {
        let answer = if answer.is_empty() { "null" } else { answer };
        return wire::read(answer).map_err(|_| ProblemCode::Internal.into());
    }
    Err(problem(answer).unwrap_or(ProblemCode::Internal.into()).into())
}

/// A problem as the API writes it (RFC 9457): our code, and facts as extension members.
fn problem(answer: &str) -> Option<Problem> {
    let mut members: BTreeMap<String, Value> = wire::read(answer).ok()?;
    let code = wire::read_name(members.remove("code")?.as_str()?).ok()?;
    let facts = members.into_iter().filter_map(|(name, value)| match value {
        Value::String(text) => Some((name, text)),
        Value::Number(number) => Some((name, number.to_string())),
        _ => None,
    });
    Some(Problem { code, facts: facts.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_read_with_its_facts() {
        let body = r#"{"type":"about:blank","status":403,"code":"refused","rule":"owners-only"}"#;
        let Err(Failure::Problem(problem)) = read::<()>(403, body) else { panic!() };
        assert_eq!(problem.code, ProblemCode::Refused);
        assert_eq!(problem.facts["rule"], "owners-only");
    }

    #[test]
    fn an_empty_answer_is_an_answer() {
        assert_eq!(read::<()>(204, ""), Ok(()));
        assert_eq!(read::<u8>(200, "7"), Ok(7));
    }

    #[test]
    fn what_is_no_answer_of_ours_is_an_internal_problem() {
        assert_eq!(read::<()>(502, "<html>"), Err(ProblemCode::Internal.into()));
        assert_eq!(read::<u8>(200, "\"seven\""), Err(ProblemCode::Internal.into()));
    }
}
