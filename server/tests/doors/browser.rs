//! A browser: it keeps cookies and says where its pages come from.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{authenticator::Authenticator, world::ORIGIN};

#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) page: &'static str,
    pub(crate) content_type: &'static str,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn code(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body["code"].as_str().unwrap_or_default())
    }

    /// The body of an answer that went well.
    pub(crate) fn done(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self.body
    }
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), page: ORIGIN, content_type: "application/json" }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(body.to_string())).await
    }

    pub(crate) async fn delete(&mut self, path: &str) -> Answer {
        self.call("DELETE", path, None).await
    }

    pub(crate) async fn call(&mut self, method: &str, path: &str, body: Option<String>) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ORIGIN, self.page)
            .header(header::USER_AGENT, "a browser")
            .header(header::COOKIE, cookies.join("; "));
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, self.content_type);
        }
        let request = request.body(body.map(Body::from).unwrap_or_default()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: parts.status, headers: parts.headers, body }
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for set in headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().unwrap();
            assert!(set.contains("Secure"), "browsers ignore {set}");
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
    }

    /// Enrols a new passkey by this link.
    pub(crate) async fn enrol(&mut self, link: &str) -> Authenticator {
        let mut authenticator = Authenticator::new();
        let options =
            self.post("/api/v1/identity/enrolment/options", json!({ "link": link })).await;
        let credential = authenticator.register(&options.done());
        let enrolment = json!({ "label": "laptop", "credential": credential });
        self.post("/api/v1/identity/enrolment", enrolment).await.done();
        authenticator
    }

    pub(crate) async fn sign_in_options(&mut self) -> Value {
        self.post("/api/v1/identity/session/options", json!({})).await.done()
    }

    pub(crate) async fn finish_sign_in(&mut self, credential: Value) -> Answer {
        self.post("/api/v1/identity/session", json!({ "credential": credential })).await
    }

    pub(crate) async fn sign_in(&mut self, authenticator: &mut Authenticator) -> Answer {
        let options = self.sign_in_options().await;
        self.finish_sign_in(authenticator.touch(&options)).await
    }

    pub(crate) async fn is_signed_in(&mut self) -> bool {
        self.get("/api/v1/me").await.status == StatusCode::OK
    }
}
