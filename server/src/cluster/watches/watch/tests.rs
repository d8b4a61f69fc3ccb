//! One watch against a scripted API server: each call gets the next reply, and the calls themselves
//! are compared at the end. Time is paused, so waits cost nothing.

#![expect(clippy::needless_pass_by_value, reason = "fixtures are written in place, as `json!(…)`")]

use std::{
    collections::VecDeque,
    convert::Infallible,
    io,
    sync::{Mutex, PoisonError},
};

use axum::body::Body as StreamBody;
use domain::{
    resources::{PodRow, WatchState},
    testkit::ManualClock,
};
use futures::stream;
use http::{Request, Response};
use k8s_openapi::api::core::v1::Pod;
use kube::{Api, Client, client::Body};
use serde_json::{Value, json};
use tokio::{sync::Notify, task::JoinHandle};
use tower::service_fn;

use super::*;
use crate::cluster::{
    projection::pod_row,
    watches::{changes::Changes, health::Health, source::Fixed, store::Store},
};

enum Reply {
    Json(u16, Value),
    Watch(Vec<Value>, End),
}

/// How a watch call ends.
#[derive(Clone, Copy)]
enum End {
    Closed,
    Broken,
    Silent,
}

#[derive(Default)]
struct Script {
    replies: Mutex<VecDeque<Reply>>,
    calls: Mutex<Vec<String>>,
    over: Notify,
}

impl Script {
    async fn answer(&self, request: Request<Body>) -> Response<StreamBody> {
        let reply = self.replies.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let Some(reply) = reply else {
            self.over.notify_one();
            return std::future::pending().await;
        };
        self.calls.lock().unwrap().push(described(request.uri().query().unwrap_or_default()));
        let (code, body) = match reply {
            Reply::Json(code, json) => (code, StreamBody::from(json.to_string())),
            Reply::Watch(events, end) => (200, streamed(events, end)),
        };
        Response::builder().status(code).body(body).unwrap()
    }
}

/// `list`, `list <continue>` or `watch <version>`.
fn described(query: &str) -> String {
    let value = |key: &str| {
        let pair =
            query.split('&').find_map(|pair| pair.split_once('=').filter(|(k, _)| *k == key));
        pair.map_or("", |(_, value)| value)
    };
    if value("watch") == "true" {
        assert_eq!((value("timeoutSeconds"), value("allowWatchBookmarks")), ("30", "true"));
        return format!("watch {}", value("resourceVersion"));
    }
    assert_eq!(value("limit"), "500");
    format!("list {}", value("continue")).trim_end().to_owned()
}

fn streamed(events: Vec<Value>, end: End) -> StreamBody {
    let lines = events.into_iter().map(|event| Ok(format!("{event}\n")));
    let lines = stream::iter(lines);
    match end {
        End::Closed => StreamBody::from_stream(lines),
        End::Broken => {
            let broken = Err(io::Error::other("connection reset"));
            StreamBody::from_stream(lines.chain(stream::iter([broken])))
        }
        End::Silent => StreamBody::from_stream(lines.chain(stream::pending())),
    }
}

fn pod(name: &str, version: &str, phase: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod",
        "metadata": {"namespace": "checkout", "name": name, "uid": name, "resourceVersion": version},
        "spec": {"containers": [{"name": "api"}]}, "status": {"phase": phase}})
}

fn list(version: &str, after: &str, pods: Vec<Value>) -> Reply {
    let metadata = json!({"resourceVersion": version, "continue": after});
    Reply::Json(
        200,
        json!({"apiVersion": "v1", "kind": "PodList", "metadata": metadata, "items": pods}),
    )
}

fn event(kind: &str, object: Value) -> Value {
    json!({"type": kind, "object": object})
}

fn bookmark(version: &str) -> Value {
    let metadata = json!({"resourceVersion": version});
    event("BOOKMARK", json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata}))
}

fn status(code: u16) -> Value {
    json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code, "message": "words"})
}

/// A watch under way.
struct Running {
    script: Arc<Script>,
    pods: Arc<Store<PodRow>>,
    health: Arc<Health>,
    task: JoinHandle<()>,
}

fn run(replies: Vec<Reply>) -> Running {
    let script = Arc::new(Script { replies: Mutex::new(replies.into()), ..Script::default() });
    let server = Arc::clone(&script);
    let service = service_fn(move |request| {
        let server = Arc::clone(&server);
        async move { Ok::<_, Infallible>(server.answer(request).await) }
    });
    let client = Client::new(service, "default");
    let clock = Arc::new(ManualClock::default());
    let health = Health::new("main".parse().unwrap(), clock, Changes::new());
    let pods = Arc::new(Store::default());
    let source = Fixed::new(Api::<Pod>::all(client), pod_row);
    let task = tokio::spawn(keep(source, Arc::clone(&pods), health.watch("pods")));
    Running { script, pods, health, task }
}

impl Running {
    /// Waits until the script is over; answers the calls and what the shelf holds then.
    async fn over(self) -> (Vec<String>, Vec<String>, WatchState) {
        timeout(Duration::from_mins(10), self.script.over.notified()).await.unwrap();
        let pods = self.pods.of(&"checkout".parse().unwrap());
        self.task.abort();
        (
            self.script.calls.lock().unwrap().clone(),
            pods.iter().map(|pod| format!("{} {}", pod.name, pod.status)).collect(),
            self.health.freshness().watch,
        )
    }
}

#[tokio::test(start_paused = true)]
async fn pages_are_listed_and_changes_followed_from_there() {
    let events = vec![
        event("ADDED", pod("c", "11", "Pending")),
        event("MODIFIED", pod("a", "12", "Failed")),
        event("DELETED", pod("b", "13", "Running")),
        bookmark("20"),
    ];
    let running = run(vec![
        list("10", "page-2", vec![pod("a", "1", "Running")]),
        list("10", "", vec![pod("b", "2", "Running")]),
        Reply::Watch(events, End::Closed),
        Reply::Watch(vec![event("ADDED", pod("d", "21", "Pending"))], End::Closed),
    ]);
    let (calls, pods, state) = running.over().await;
    assert_eq!(calls, ["list", "list page-2", "watch 10", "watch 20"]);
    assert_eq!(pods, ["a Failed", "c Pending", "d Pending"]);
    assert_eq!(state, WatchState::Live);
}

#[tokio::test(start_paused = true)]
async fn an_expired_version_is_listed_anew_without_alarm() {
    let running = run(vec![
        list("10", "", vec![pod("a", "1", "Running")]),
        Reply::Watch(vec![event("ERROR", status(410))], End::Closed),
        list("90", "", vec![pod("b", "80", "Running")]),
        Reply::Json(410, status(410)),
        list("99", "", vec![pod("c", "98", "Running")]),
    ]);
    let (calls, pods, state) = running.over().await;
    assert_eq!(calls, ["list", "watch 10", "list", "watch 90", "list"]);
    assert_eq!((pods, state), (vec!["c Running".to_owned()], WatchState::Live));
}

#[tokio::test(start_paused = true)]
async fn a_lost_connection_goes_on_where_it_was() {
    let running = run(vec![
        list("10", "", vec![pod("a", "1", "Running")]),
        Reply::Watch(vec![event("MODIFIED", pod("a", "11", "Failed"))], End::Broken),
        Reply::Json(503, status(503)),
        Reply::Watch(vec![bookmark("12")], End::Closed),
    ]);
    let (calls, pods, state) = running.over().await;
    assert_eq!(calls, ["list", "watch 10", "watch 11", "watch 11"]);
    assert_eq!((pods, state), (vec!["a Failed".to_owned()], WatchState::Live));
}

#[tokio::test(start_paused = true)]
async fn a_silent_watch_is_dead() {
    let running = run(vec![
        list("10", "", vec![pod("a", "1", "Running")]),
        Reply::Watch(vec![], End::Silent),
    ]);
    let began = Instant::now();
    let health = Arc::clone(&running.health);
    let (calls, pods, _) = running.over().await;
    assert!(began.elapsed() >= SILENCE);
    assert_eq!((calls, pods), (vec!["list".into(), "watch 10".into()], vec!["a Running".into()]));
    assert_eq!(health.freshness().watch, WatchState::Stale);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_stale_until_it_is_taken_back() {
    let running = run(vec![Reply::Json(403, status(403)), Reply::Json(403, status(403))]);
    let (calls, pods, state) = running.over().await;
    assert_eq!((calls.len(), pods.len(), state), (2, 0, WatchState::Stale));
    let running =
        run(vec![Reply::Json(403, status(403)), list("10", "", vec![pod("a", "1", "Running")])]);
    let (_, pods, state) = running.over().await;
    assert_eq!((pods, state), (vec!["a Running".to_owned()], WatchState::Live));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_ends_every_watch_at_once_is_not_hammered() {
    let ended = || Reply::Watch(vec![], End::Closed);
    let running = run(vec![list("10", "", vec![]), ended(), ended(), ended(), ended()]);
    let began = Instant::now();
    running.over().await;
    assert!(began.elapsed() >= Duration::from_secs(2), "{:?}", began.elapsed());
}
