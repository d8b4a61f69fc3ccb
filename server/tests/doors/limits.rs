//! What is too much.

use std::time::Duration;

use axum::http::header;
use sekisho::http::{BODY_LIMIT, Rate};
use serde_json::json;

use crate::{asking::restart, world::World};

#[tokio::test]
async fn ceremonies_are_bounded_per_client() {
    let world = World::at_rate(Rate { burst: 3, every: Duration::from_secs(10) }).await;
    let mut browser = world.browser();
    for _ in 0..3 {
        browser.sign_in_options().await;
    }
    let refused = browser.post("/api/v1/identity/session/options", json!({})).await;
    assert_eq!(refused.code(), (429, "too_many"));
    assert_eq!(refused.headers[header::RETRY_AFTER], "11");
    world.clock.advance(Duration::from_secs(10));
    browser.sign_in_options().await;
}

#[tokio::test]
async fn people_behind_one_address_do_not_hold_each_other_up() {
    let world = World::at_rate(Rate { burst: 4, every: Duration::from_secs(10) }).await;
    let (mut engineer, _) = world.person("engineer").await;
    let (mut outsider, _) = world.person("outsider").await;
    let mut stranger = world.browser();
    let path = "/api/v1/identity/passkeys/signature-options";
    for browser in [&mut engineer, &mut outsider] {
        for _ in 0..4 {
            assert_ne!(browser.post(path, json!({})).await.status, 429);
        }
        assert_eq!(browser.post(path, json!({})).await.code(), (429, "too_many"));
        for _ in 0..5 {
            assert_eq!(
                stranger.post(path, json!({})).await.status,
                401,
                "strangers use nothing up"
            );
        }
    }
}

#[tokio::test]
async fn nobody_floods_the_inboxes_of_the_others() {
    let world = World::at_rate(Rate { burst: 4, every: Duration::from_secs(10) }).await;
    let (mut on_call, _) = world.person("on-call").await;
    for _ in 0..4 {
        assert_eq!(on_call.post("/api/v1/requests", restart()).await.status, 201);
    }
    let refused = on_call.post("/api/v1/requests", restart()).await;
    assert_eq!(refused.code(), (429, "too_many"));
    assert_eq!(world.told("restart-pod", "requested").await, 4);
    world.clock.advance(Duration::from_secs(10));
    assert_eq!(on_call.post("/api/v1/requests", restart()).await.status, 201);
}

#[tokio::test]
async fn a_body_has_a_largest_size() {
    let world = World::new().await;
    let large = "x".repeat(BODY_LIMIT);
    let path = "/api/v1/identity/enrolment/options";
    let answer = world.browser().post(path, json!({ "link": large })).await;
    assert_eq!(answer.code(), (413, "too_large"));
}

#[tokio::test]
async fn what_is_no_json_is_malformed() {
    let world = World::new().await;
    let path = "/api/v1/identity/enrolment/options";
    let answer = world.browser().call("POST", path, Some("{".to_owned())).await;
    assert_eq!(answer.code(), (422, "malformed"));
    assert_eq!(answer.body["field"], "body");
}
