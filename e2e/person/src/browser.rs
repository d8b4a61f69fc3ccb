//! A browser: it keeps cookies and says where its pages come from.

use std::{collections::BTreeMap, net::SocketAddr};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header, response::Parts},
};
use serde_json::{Value, json};

use crate::{
    authenticator::Authenticator,
    door::{Door, NoAnswer},
};

/// A browser, which belongs to nobody before somebody signs in.
#[derive(Clone)]
pub struct Browser {
    door: Door,
    /// The cookies that it holds.
    pub cookies: BTreeMap<String, String>,
    page: String,
    content_type: &'static str,
}

/// What the console answered.
#[derive(Debug)]
pub struct Answer {
    /// How it went.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, or null where it is no JSON. A stream is left unread.
    pub body: Value,
}

/// What the console goes on answering.
#[derive(Debug)]
pub struct Listening(Body);

impl Listening {
    /// All of it, once it is over.
    pub async fn to_its_end(self) -> String {
        let bytes = to_bytes(self.0, usize::MAX).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }
}

impl Answer {
    /// Its status and the code of its problem.
    #[must_use]
    pub fn code(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body["code"].as_str().unwrap_or_default())
    }

    /// The body of an answer that went well.
    #[expect(clippy::must_use_candidate, reason = "that it went well may be all that was asked")]
    pub fn done(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self.body
    }
}

impl Browser {
    /// A browser on the console of this process.
    #[must_use]
    pub fn over(router: Router, page: &str) -> Self {
        Self::before(Door::Router(router), page)
    }

    /// A browser on the console that listens there.
    #[must_use]
    pub fn at(address: SocketAddr, page: &str) -> Self {
        Self::before(Door::at(address), page)
    }

    /// The same browser, before another router of the same console.
    #[must_use]
    pub fn before_router(mut self, router: &Router) -> Self {
        self.door = Door::Router(router.clone());
        self
    }

    /// The same browser, on a page of another origin.
    #[must_use]
    pub fn on_page_of(mut self, origin: &str) -> Self {
        origin.clone_into(&mut self.page);
        self
    }

    /// The same browser, saying that its bodies are something else than JSON.
    #[must_use]
    pub fn sending(mut self, content_type: &'static str) -> Self {
        self.content_type = content_type;
        self
    }

    /// What it says its bodies are.
    #[must_use]
    pub fn sends(&self) -> &'static str {
        self.content_type
    }

    fn before(door: Door, page: &str) -> Self {
        let (cookies, page) = (BTreeMap::new(), page.to_owned());
        Self { door, cookies, page, content_type: "application/json" }
    }

    /// Reads.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    /// Writes.
    pub async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(body.to_string())).await
    }

    /// Removes.
    pub async fn delete(&mut self, path: &str) -> Answer {
        self.call("DELETE", path, None).await
    }

    /// Calls a console that must answer.
    pub async fn call(&mut self, method: &str, path: &str, body: Option<String>) -> Answer {
        self.try_call(method, path, body).await.unwrap()
    }

    /// Calls a console that may be gone.
    pub async fn try_call(
        &mut self,
        method: &str,
        path: &str,
        body: Option<String>,
    ) -> Result<Answer, NoAnswer> {
        let (Parts { status, headers, .. }, body) = self.send(method, path, body).await?;
        let body = match headers.get(header::CONTENT_TYPE) {
            Some(kind) if kind == "text/event-stream" => Value::Null,
            _ => serde_json::from_slice(&to_bytes(body, usize::MAX).await?).unwrap_or(Value::Null),
        };
        Ok(Answer { status, headers, body })
    }

    /// Opens an event stream; it stands when this returns.
    pub async fn listen(&mut self, path: &str) -> Listening {
        let (parts, body) = self.send("GET", path, None).await.unwrap();
        assert_eq!(parts.status, StatusCode::OK);
        Listening(body)
    }

    async fn send(
        &mut self,
        method: &str,
        path: &str,
        body: Option<String>,
    ) -> Result<(Parts, Body), NoAnswer> {
        let cookies: Vec<_> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ORIGIN, &self.page)
            .header(header::USER_AGENT, "a browser")
            .header(header::COOKIE, cookies.join("; "));
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, self.content_type);
        }
        let request = request.body(body.map(Body::from).unwrap_or_default()).unwrap();
        let response = self.door.knock(request).await?;
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        Ok((parts, body))
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
    pub async fn enrol(&mut self, link: &str) -> Authenticator {
        let mut authenticator = Authenticator::new(&self.page);
        let options =
            self.post("/api/v1/identity/enrolment/options", json!({ "link": link })).await;
        let credential = authenticator.register(&options.done());
        let enrolment = json!({ "label": "laptop", "credential": credential });
        self.post("/api/v1/identity/enrolment", enrolment).await.done();
        authenticator
    }

    /// Begins to sign in.
    pub async fn sign_in_options(&mut self) -> Value {
        self.post("/api/v1/identity/session/options", json!({})).await.done()
    }

    /// Signs in with what an authenticator answered.
    pub async fn finish_sign_in(&mut self, credential: Value) -> Answer {
        self.post("/api/v1/identity/session", json!({ "credential": credential })).await
    }

    /// Signs in.
    pub async fn sign_in(&mut self, authenticator: &mut Authenticator) -> Answer {
        let options = self.sign_in_options().await;
        self.finish_sign_in(authenticator.touch(&options)).await
    }

    /// Whether somebody is signed in.
    pub async fn is_signed_in(&mut self) -> bool {
        self.get("/api/v1/me").await.status == StatusCode::OK
    }
}
