//! Watches: every change in order, and an honest end when the history is gone.

use futures::{Stream, StreamExt, TryStreamExt, pin_mut};
use k8s_openapi::api::core::v1::ConfigMap;
use kube::{
    Api, ResourceExt,
    api::{ListParams, WatchEvent, WatchParams},
    runtime::watcher,
};
use serde_json::json;

use crate::running::{Running, options};

fn settings(running: &Running, name: &str, tier: &str) {
    running.apply(json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": { "name": name, "namespace": "ledger", "labels": { "tier": tier } },
    }));
}

fn describe(event: &WatchEvent<ConfigMap>) -> String {
    match event {
        WatchEvent::Added(object) => format!("added {}", object.name_any()),
        WatchEvent::Modified(object) => format!("modified {}", object.name_any()),
        WatchEvent::Deleted(object) => format!("deleted {}", object.name_any()),
        WatchEvent::Bookmark(_) => "bookmark".to_owned(),
        WatchEvent::Error(status) => format!("error {}", status.code),
    }
}

async fn told(
    events: impl Stream<Item = kube::Result<WatchEvent<ConfigMap>>>,
    count: usize,
) -> Vec<String> {
    let events: Vec<_> = events.take(count).try_collect().await.unwrap();
    events.iter().map(describe).collect()
}

#[tokio::test]
async fn a_watch_replays_what_came_after_a_list_and_goes_on() {
    let running = Running::start().await;
    let api: Api<ConfigMap> = Api::namespaced(running.admin().await, "ledger");
    settings(&running, "before", "api");
    let revision =
        api.list(&ListParams::default()).await.unwrap().metadata.resource_version.unwrap();
    settings(&running, "a", "api");
    let events = api.watch(&WatchParams::default(), &revision).await.unwrap();
    settings(&running, "a", "web");
    api.delete("a", &kube::api::DeleteParams::default()).await.unwrap();
    assert_eq!(told(events, 3).await, ["added a", "modified a", "deleted a"]);
}

#[tokio::test]
async fn a_watch_without_a_revision_begins_with_what_is_there() {
    let running = Running::start().await;
    settings(&running, "a", "api");
    settings(&running, "b", "api");
    let api: Api<ConfigMap> = Api::all(running.admin().await);
    let events = api.watch(&WatchParams::default(), "0").await.unwrap();
    settings(&running, "c", "api");
    assert_eq!(told(events, 3).await, ["added a", "added b", "added c"]);
}

#[tokio::test]
async fn an_object_that_leaves_the_selection_is_deleted_to_its_watcher() {
    let running = Running::start().await;
    settings(&running, "a", "api");
    let api: Api<ConfigMap> = Api::all(running.admin().await);
    let events = api.watch(&WatchParams::default().labels("tier=api"), "0").await.unwrap();
    settings(&running, "a", "web");
    settings(&running, "a", "api");
    assert_eq!(told(events, 3).await, ["added a", "deleted a", "added a"]);
}

#[tokio::test]
async fn a_watch_from_before_the_history_is_expired() {
    let running = Running::start().await;
    let api: Api<ConfigMap> = Api::all(running.admin().await);
    let revision =
        api.list(&ListParams::default()).await.unwrap().metadata.resource_version.unwrap();
    settings(&running, "a", "api");
    running.cluster.compact();
    let events = api.watch(&WatchParams::default(), &revision).await.unwrap();
    assert_eq!(told(events, 2).await, ["error 410"], "and then it ends");
}

#[tokio::test]
async fn open_watches_can_be_expired_and_a_reflector_recovers() {
    let running = Running::start().await;
    let api: Api<ConfigMap> = Api::all(running.admin().await);
    let events = watcher(api, watcher::Config::default());
    pin_mut!(events);
    while !matches!(events.try_next().await.unwrap(), Some(watcher::Event::InitDone)) {}
    // Once it tells of a change, the watch behind it is open.
    settings(&running, "a", "api");
    assert!(matches!(events.try_next().await.unwrap(), Some(watcher::Event::Apply(_))));
    running.cluster.expire_watches();
    let mut errors = 0;
    let relisted = async {
        loop {
            match events.next().await.unwrap() {
                Err(_) => errors += 1,
                Ok(watcher::Event::InitDone) => break,
                Ok(_) => {}
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), relisted)
        .await
        .expect("the watcher lists again");
    assert_eq!(errors, 1);
}

#[tokio::test]
async fn bookmarks_come_to_those_who_ask() {
    let mut options = options();
    options.bookmark_every = std::time::Duration::from_millis(20);
    let running = Running::with(options).await;
    let api: Api<ConfigMap> = Api::all(running.admin().await);
    let events = api.watch(&WatchParams::default(), "0").await.unwrap();
    assert_eq!(told(events, 1).await, ["bookmark"]);
}

#[tokio::test]
async fn a_watch_ends_at_the_time_its_client_set() {
    let running = Running::start().await;
    let api: Api<ConfigMap> = Api::all(running.admin().await);
    let events =
        api.watch(&WatchParams::default().timeout(1).disable_bookmarks(), "0").await.unwrap();
    assert!(told(events, 1).await.is_empty());
}
