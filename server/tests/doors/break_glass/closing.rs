//! Closing a session: its review is due from then on, whoever or whatever closed it.

use std::time::Duration;

use serde_json::json;

use super::scene::{TTL, WITHIN, emergency};
use crate::{policy::login, world::World};

/// The session is closed for that reason, nothing of it is left, and its review is due.
async fn closed(world: &World, id: &str, reason: &str) {
    world.followed().await;
    let mut owner = world.signer("owner").await;
    let session = owner.session(id).await;
    assert_eq!(
        (&session["state"], &session["ending"]["reason"]),
        (&json!("ended"), &json!(reason))
    );
    assert_eq!(world.held(), (0, 0));
    let review = owner.review(id).await;
    assert_eq!(review["state"], "open");
    assert_eq!(review["closed_at"], session["ending"]["at"]);
}

#[tokio::test]
async fn by_the_person_at_once() {
    let (world, id, mut on_call) = World::with_session().await;
    let session = on_call.close(&id).await.done();
    assert_eq!(
        (&session["state"], &session["review"]["state"]),
        (&json!("ending"), &json!("open"))
    );
    let due = world.console.now().plus(WITHIN).to_string();
    assert_eq!(session["review"]["due_at"], due);
    closed(&world, &id, "returned").await;
    assert_eq!(on_call.close(&id).await.code(), (409, "wrong_state"));
}

#[tokio::test]
async fn by_anybody_responsible_with_one_click_and_by_nobody_else() {
    let (world, id, _) = World::with_session().await;
    assert_eq!(world.signer("engineer").await.close(&id).await.code(), (403, "refused"));
    assert_eq!(world.signer("outsider").await.close(&id).await.code(), (404, "not_visible"));
    world.signer("security").await.close(&id).await.done();
    closed(&world, &id, "revoked").await;
}

#[tokio::test]
async fn by_time() {
    let (world, id, _) = World::with_session().await;
    world.clock.advance(TTL);
    closed(&world, &id, "expired").await;
}

#[tokio::test]
async fn by_a_lock_or_a_departure() {
    let (world, id, _) = World::with_session().await;
    world.console.lock(&world.actor("admin"), &login("on-call")).await.unwrap();
    closed(&world, &id, "locked").await;

    let (world, id, _) = World::with_session().await;
    world.policy.amend(|policy| drop(policy.people.remove(&login("on-call"))));
    world.console.enforce_policy().await.unwrap();
    closed(&world, &id, "lost_right").await;
}

#[tokio::test]
async fn by_a_policy_that_allows_it_no_more() {
    let (world, id, _) = World::with_session().await;
    world.policy.amend(|policy| policy.roles.0.clear());
    world.console.enforce_policy().await.unwrap();
    closed(&world, &id, "role_changed").await;
}

#[tokio::test]
async fn a_console_that_was_down_meanwhile_opens_the_review_when_it_begins() {
    let (world, id, _) = World::with_session().await;
    world.clock.advance(TTL * 3);
    let world = world.begun_again().await;
    closed(&world, &id, "expired").await;
}

#[tokio::test]
async fn a_session_whose_record_was_spoilt_is_reviewed_all_the_same() {
    let (world, id, _) = World::with_session().await;
    world.spoil_grant(&id).await;
    world.followed().await;
    let review = world.signer("owner").await.review(&id).await;
    assert_eq!((&review["state"], &review["declared"]), (&json!("open"), &json!(null)));
    assert_eq!(world.held(), (0, 0), "it explains nothing that a cluster holds");
}

#[tokio::test]
async fn everybody_who_sees_the_tenant_sees_that_it_is_live() {
    let (world, id, mut on_call) = World::with_session().await;
    let live = "/api/v1/break-glass";
    for (name, sees, may_close) in [
        ("engineer", true, false),
        ("owner", true, true),
        ("security", true, true),
        ("outsider", false, false),
    ] {
        let seen = world.signer(name).await.browser.get(live).await.done();
        let items = seen["items"].as_array().unwrap();
        assert_eq!(items.iter().any(|item| item["id"] == id), sees, "{name}");
        assert!(items.iter().all(|item| item["may_close"] == may_close), "{name}");
    }
    on_call.close(&id).await.done();
    world.followed().await;
    world.clock.advance(Duration::from_mins(1));
    let seen = on_call.browser.get(live).await.done();
    assert_eq!(seen["items"], json!([]));
}

impl World {
    /// From now on nobody breaks glass any more.
    async fn forbid_break_glass(&self) {
        self.policy.amend(|policy| policy.break_glass = None);
        self.console.enforce_policy().await.unwrap();
    }
}

#[tokio::test]
async fn a_session_goes_on_to_its_end_and_is_reviewed_though_glass_is_broken_no_more() {
    let (world, id, mut on_call) = World::with_session().await;
    world.forbid_break_glass().await;
    world.followed().await;
    assert_eq!(on_call.session(&id).await["state"], "active");
    let another = on_call.browser.post("/api/v1/break-glass", emergency()).await;
    assert_eq!(another.code(), (403, "refused"));
    world.clock.advance(TTL);
    world.followed().await;
    let mut owner = world.signer("owner").await;
    assert_eq!(owner.review(&id).await["state"], "open");
    assert_eq!(world.held(), (0, 0));
}

#[tokio::test]
async fn what_was_declared_is_seen_and_taken_back_though_glass_is_broken_no_more() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.declares().await;
    world.forbid_break_glass().await;
    assert_eq!(on_call.session(&id).await["state"], "pending");
    assert_eq!(on_call.open(&id).await.code(), (403, "refused"));
    on_call.take_back(&id).await;
    assert_eq!(on_call.session(&id).await["state"], "withdrawn");
}
