//! What people of another tenant are answered about a request: the same as about one that never was.

use person::{Answer, Browser};
use serde_json::{Value, json};

use crate::{
    asking::{restart, target},
    samples::touched,
    world::World,
};

const MADE_UP: &str = "0190a000-0000-7000-8000-000000000000";

/// All that can be told from an answer; cookies are the asker's own.
fn told(answer: Answer) -> (u16, Vec<String>, Value) {
    let names = answer.headers.keys().map(ToString::to_string).collect();
    (answer.status.as_u16(), names, answer.body)
}

async fn same(outsider: &mut Browser, method: &str, path: &str, body: Option<Value>, real: &str) {
    let body = body.map(|body| body.to_string());
    let hidden = outsider.call(method, &path.replace("{id}", real), body.clone()).await;
    let nothing = outsider.call(method, &path.replace("{id}", MADE_UP), body).await;
    assert_eq!(told(hidden), told(nothing), "{method} {path}");
}

#[tokio::test]
async fn a_hidden_request_and_none_at_all_are_answered_alike() {
    let (world, id) = World::with_request().await;
    let (mut outsider, _) = world.person("outsider").await;
    let decision = json!({ "decision": "approve" });
    let signed = json!({ "decision": "approve", "credential": touched() });
    let touch = json!({ "credential": touched() });
    for (method, path, body) in [
        ("GET", "/api/v1/requests/{id}", None),
        ("GET", "/api/v1/entries?request={id}", None),
        ("GET", "/api/v1/stream?view=request:{id}", None),
        ("POST", "/api/v1/requests/{id}/withdrawal", Some(json!({}))),
        ("POST", "/api/v1/requests/{id}/signature-options", Some(decision)),
        ("POST", "/api/v1/requests/{id}/decisions", Some(signed)),
        ("POST", "/api/v1/requests/{id}/execution", Some(touch)),
    ] {
        same(&mut outsider, method, path, body, &id).await;
    }
    let hidden = outsider.get(&format!("/api/v1/requests/{id}")).await;
    assert_eq!(hidden.code(), (404, "not_visible"));
    let entries = outsider.get(&format!("/api/v1/entries?request={id}")).await.done();
    assert_eq!(entries["items"], json!([]));
}

#[tokio::test]
async fn asking_for_something_in_a_hidden_tenant_tells_nothing_of_it() {
    let world = World::new().await;
    let (mut outsider, _) = world.person("outsider").await;
    let mut elsewhere = restart();
    elsewhere["target"] = target("nothing");
    let hidden = outsider.post("/api/v1/requests", restart()).await;
    let nothing = outsider.post("/api/v1/requests", elsewhere).await;
    assert_eq!(told(hidden), told(nothing));
}

/// What somebody of another tenant finds in the list, with so many requests of others about.
async fn listed(others: usize, query: &str) -> Value {
    let world = World::new().await;
    for _ in 0..others {
        world.asked_by("on-call").await;
    }
    let (mut outsider, _) = world.person("outsider").await;
    outsider.get(&format!("/api/v1/requests{query}")).await.done()
}

#[tokio::test]
async fn requests_of_others_are_on_no_list() {
    for query in ["", "?state=pending", "?limit=1"] {
        assert_eq!(listed(1, query).await, listed(0, query).await, "{query}");
    }
}

#[tokio::test]
async fn many_requests_of_others_lengthen_no_list() {
    assert_eq!(listed(25, "?limit=1").await, listed(0, "?limit=1").await);
}

#[tokio::test]
async fn what_others_wait_for_is_on_nobodys_home() {
    let (world, _) = World::with_request().await;
    assert_eq!(world.console.waiting_for(&world.actor("outsider")).await.unwrap(), []);
}
