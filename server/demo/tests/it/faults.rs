//! Faults on demand, and the end of a cluster.

use std::time::Duration;

use demo_cluster::{DemoCluster, FaultRule, StartError};
use http::Request;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::{Api, api::PostParams};
use serde_json::{Value, json};

use crate::running::{LEDGER_API, Running, deployment, merge, options, send};

#[tokio::test]
async fn a_rule_meets_as_many_requests_as_it_says() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.cluster.fail_next(FaultRule::refuse("list", "pods", 429).times(2));
    let list = || send(&client, Request::get("/api/v1/pods"), Value::Null);
    assert_eq!(send(&client, Request::get("/api/v1/nodes"), Value::Null).await.0, 200);
    assert_eq!((list().await.0, list().await.0, list().await.0), (429, 429, 200));
}

#[tokio::test]
async fn writes_are_told_apart_by_verb_subresource_and_rehearsal() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(2, ""));
    let scale = format!("{LEDGER_API}/scale");
    let one = || json!({ "spec": { "replicas": 1 } });
    running.cluster.fail_next(FaultRule::refuse("patch", "deployments/scale", 409).kept());
    let rehearsal = format!("{scale}?dryRun=All");
    assert_eq!(merge(&client, LEDGER_API, one()).await.0, 200, "another resource");
    assert_eq!(send(&client, Request::get(&scale), Value::Null).await.0, 200, "another verb");
    assert_eq!(merge(&client, &rehearsal, one()).await.0, 200, "only rehearsed");
    let (code, status) = merge(&client, &scale, one()).await;
    assert_eq!((code, &status["reason"]), (409, &json!("Conflict")));
    assert_eq!(merge(&client, &scale, one()).await.0, 200, "once only");

    running.cluster.fail_next(FaultRule::refuse("delete", "deployments", 403).rehearsals());
    let delete = |body: Value| send(&client, Request::delete(LEDGER_API), body);
    assert_eq!(delete(json!({ "dryRun": ["All"] })).await.0, 403);
    assert_eq!(delete(Value::Null).await.0, 200);
}

#[tokio::test]
async fn a_refusal_speaks_as_a_webhook_or_a_quota_would() {
    let running = Running::start().await;
    let client = running.admin().await;
    let path = "/apis/batch/v1/namespaces/ledger/jobs";
    for (code, reason) in [
        (403, "Forbidden"),
        (409, "Conflict"),
        (422, "Invalid"),
        (429, "TooManyRequests"),
        (500, "InternalError"),
    ] {
        let words =
            "admission webhook \"guard.kawase.example\" denied the request: no jobs on Fridays";
        running.cluster.fail_next(FaultRule::refuse("create", "jobs", code).saying(words));
        let (answered, status) = send(&client, Request::post(path), json!({})).await;
        assert_eq!((answered, &status["reason"]), (code, &json!(reason)));
        assert_eq!(status["message"], words);
    }
}

#[tokio::test]
async fn a_slow_answer_is_still_an_answer() {
    let running = Running::start().await;
    let client = running.admin().await;
    let delay = Duration::from_millis(80);
    running.cluster.fail_next(FaultRule::slow("list", "pods", delay));
    let begun = std::time::Instant::now();
    assert_eq!(send(&client, Request::get("/api/v1/pods"), Value::Null).await.0, 200);
    assert!(begun.elapsed() >= delay);
}

#[tokio::test]
async fn a_lost_answer_differs_from_a_lost_request() {
    let running = Running::start().await;
    let api: Api<ConfigMap> = Api::namespaced(running.admin().await, "ledger");
    let settings: ConfigMap =
        serde_json::from_value(json!({ "metadata": { "name": "a" } })).unwrap();
    running.cluster.fail_next(FaultRule::disconnect("create", "configmaps"));
    api.create(&PostParams::default(), &settings).await.unwrap_err();
    assert!(api.get_opt("a").await.unwrap().is_none(), "nothing was done");
    running.cluster.fail_next(FaultRule::lose_answer("create", "configmaps"));
    api.create(&PostParams::default(), &settings).await.unwrap_err();
    assert!(api.get_opt("a").await.unwrap().is_some(), "it was done, but nobody was told");
}

#[tokio::test]
async fn a_stopped_cluster_is_gone_and_may_come_back_at_its_address() {
    let running = Running::start().await;
    let (address, client) = (running.cluster.address(), running.admin().await);
    assert_eq!(send(&client, Request::get("/healthz"), Value::Null).await.0, 200);
    running.cluster.stop().await;
    client.apiserver_version().await.unwrap_err();
    let mut again = options();
    again.listen = address;
    let running = Running::with(again).await;
    assert_eq!(running.cluster.address(), address);
    client.apiserver_version().await.unwrap();
}

#[tokio::test]
async fn it_never_listens_beyond_loopback() {
    let mut open = options();
    open.listen = "0.0.0.0:0".parse().unwrap();
    assert!(matches!(DemoCluster::start(open).await, Err(StartError::NotLoopback(_))));
}
