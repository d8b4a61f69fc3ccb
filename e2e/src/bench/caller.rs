//! One HTTP client for whatever is measured, so that a ratio compares servers and not clients.
//!
//! Connections are kept alive. It never follows redirects and never repeats a call.

use std::{net::SocketAddr, path::Path, sync::Arc};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header},
};
use hyper_util::{
    client::legacy::{Builder, Client, ResponseFuture},
    rt::TokioExecutor,
};
use kube::{
    Config,
    client::ConfigExt,
    config::{KubeConfigOptions, Kubeconfig},
};
use serde_json::Value;

use super::Trouble;

/// A browser-like agent would make the API server indent its answers.
const AGENT: HeaderValue = HeaderValue::from_static("sekisho-bench");

/// Calls one server.
#[derive(Clone)]
pub struct Caller {
    send: Arc<dyn Fn(Request<Body>) -> ResponseFuture + Send + Sync>,
    base: String,
    headers: HeaderMap,
}

/// What a server answered, whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How it went.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Caller {
    /// One that calls whoever listens there, without TLS.
    #[must_use]
    pub fn at(address: SocketAddr) -> Self {
        let client = client().build_http();
        Self::new(format!("http://{address}"), move |request| client.request(request))
    }

    /// One that calls an API server as the user of a kubeconfig.
    pub async fn of_kubeconfig(path: &Path) -> Result<Self, Trouble> {
        let kubeconfig = Kubeconfig::read_from(path)?;
        let config =
            Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default()).await?;
        let base = config.cluster_url.to_string();
        let client = client().build(config.rustls_https_connector()?);
        let base = base.trim_end_matches('/').to_owned();
        Ok(Self::new(base, move |request| client.request(request)))
    }

    fn new(
        base: String,
        send: impl Fn(Request<Body>) -> ResponseFuture + Send + Sync + 'static,
    ) -> Self {
        let headers = HeaderMap::from_iter([(header::USER_AGENT, AGENT)]);
        Self { send: Arc::new(send), base, headers }
    }

    /// The same, sending this header with each call.
    #[must_use]
    pub fn sending(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Result<Answer, Trouble> {
        self.call(Method::GET, path, Body::empty(), None).await
    }

    /// Writes JSON of this media type.
    pub async fn write(
        &self,
        method: Method,
        path: &str,
        media_type: &'static str,
        body: &Value,
    ) -> Result<Answer, Trouble> {
        self.call(method, path, Body::from(body.to_string()), Some(media_type)).await
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Body,
        media_type: Option<&'static str>,
    ) -> Result<Answer, Trouble> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        if let Some(headers) = request.headers_mut() {
            headers.extend(self.headers.clone());
        }
        if let Some(media_type) = media_type {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        let (parts, body) = (self.send)(request.body(body)?).await?.into_parts();
        let body = to_bytes(Body::new(body), usize::MAX).await?;
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    }
}

fn client() -> Builder {
    Client::builder(TokioExecutor::new())
}

impl Answer {
    /// The body of an answer that went well.
    pub fn done(self) -> Result<Bytes, Trouble> {
        if self.status.is_success() {
            return Ok(self.body);
        }
        let text: String = self.text().chars().take(500).collect();
        Err(format!("answered with {}: {text}", self.status).into())
    }

    /// The body as text, as far as it is.
    #[must_use]
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The body as JSON.
    pub fn json(self) -> Result<Value, Trouble> {
        Ok(serde_json::from_slice(&self.done()?)?)
    }
}
