//! A receiver on loopback: it takes what it gets, or does as a test tells it.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use tokio::{net::TcpListener, sync::watch};

/// What it does with what it gets.
#[derive(Clone, Debug)]
pub(crate) enum Does {
    Take,
    /// Answers this.
    Answer(StatusCode),
    /// Asks to be left alone for so many seconds.
    Ask(u64),
    /// Sends the caller elsewhere.
    Send(String),
    /// Never answers.
    Hang,
}

/// What it got.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) port: u16,
    does: Arc<Mutex<Does>>,
    got: watch::Sender<Vec<Got>>,
}

impl Receiver {
    pub(crate) async fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            port: listener.local_addr().unwrap().port(),
            does: Arc::new(Mutex::new(Does::Take)),
            got: watch::Sender::default(),
        };
        let router = Router::new().fallback(take).with_state(receiver.clone());
        tokio::spawn(axum::serve(listener, router).into_future());
        receiver
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    /// From now on it does this.
    pub(crate) fn will(&self, does: Does) {
        *self.does.lock().unwrap() = does;
    }

    /// All that it got, taken or not.
    pub(crate) fn got(&self) -> Vec<Got> {
        self.got.borrow().clone()
    }

    /// The events that it got, in order.
    pub(crate) fn events(&self) -> Vec<String> {
        let event = |got: &Got| got.json()["event"].as_str().unwrap().to_owned();
        self.got().iter().map(event).collect()
    }

    /// Waits until it got so many.
    pub(crate) async fn has(&self, count: usize) {
        let mut watching = self.got.subscribe();
        let got = watching.wait_for(|got| got.len() >= count);
        tokio::time::timeout(std::time::Duration::from_secs(20), got).await.unwrap().unwrap();
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> Response {
    let body = String::from_utf8(body.to_vec()).unwrap();
    receiver.got.send_modify(|got| got.push(Got { headers, body }));
    let does = receiver.does.lock().unwrap().clone();
    match does {
        Does::Take => StatusCode::ACCEPTED.into_response(),
        Does::Answer(status) => status.into_response(),
        Does::Ask(seconds) => {
            let wait = [(header::RETRY_AFTER, seconds.to_string())];
            (StatusCode::TOO_MANY_REQUESTS, wait).into_response()
        }
        Does::Send(to) => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
        }
        Does::Hang => std::future::pending().await,
    }
}
