//! For a day after they were recovered somebody's word counts for little.

use std::time::Duration;

use domain::recovery::RECOVERED_LATELY;
use serde_json::json;

use super::scene::Recovering;
use crate::{asking::Signer, world::World};

const LATELY: (u16, &str) = (403, "recovered_lately");

/// Whoever is on call came back in such a world.
async fn back_in(world: World) -> (World, Signer, Recovering) {
    let mut recovering = Recovering::signed_in(world).await;
    let back = recovering.comes_back().await;
    let world = std::mem::replace(&mut recovering.world, World::new().await);
    (world, back, recovering)
}

#[tokio::test]
async fn they_approve_no_request_for_a_day_and_may_deny() {
    let (world, mut back, _) = back_in(World::new().await).await;
    let id = world.asked_by("second").await;
    let refused = back.options(&id, "approve").await;
    assert_eq!(refused.code(), LATELY, "before they touch");
    let until = world.console.now().plus(RECOVERED_LATELY).to_string();
    assert_eq!(refused.body["until"], json!(until));
    assert_eq!(back.browser.get("/api/v1/me").await.done()["recovered_until"], json!(until));
    back.decide(&id, "deny").await.done();

    world.clock.advance(RECOVERED_LATELY.saturating_sub(Duration::from_secs(1)));
    back.return_to_work().await;
    let id = world.asked_by("second").await;
    assert_eq!(back.options(&id, "approve").await.code(), LATELY);
    world.clock.advance(Duration::from_secs(1));
    back.decide(&id, "approve").await.done();
    assert_eq!(back.browser.get("/api/v1/me").await.done()["recovered_until"], json!(null));
}

#[tokio::test]
async fn a_touch_from_before_is_refused_where_it_would_be_committed() {
    let mut recovering = Recovering::signed().await;
    let link = recovering.link().await;
    let Recovering { world, mut on_call, .. } = recovering;
    let id = world.asked_by("second").await;
    let touch = on_call.sign(&id, "approve").await;
    let mut browser = world.browser();
    world.cluster.meanwhile(async move { drop(browser.enrol(&link).await) });
    let raced = on_call.file(&id, "approve", &touch).await;
    assert_eq!(raced.code(), LATELY, "the old session was let through; the transaction is not");
    assert_eq!(world.state_of(&id).await, "pending");
}

#[tokio::test]
async fn a_denial_from_before_is_spent() {
    let mut recovering = Recovering::signed().await;
    let Recovering { world, on_call, .. } = &mut recovering;
    let id = world.asked_by("second").await;
    let touch = on_call.sign(&id, "deny").await;
    recovering.comes_back().await;
    let late = recovering.on_call.file(&id, "deny", &touch).await;
    assert_eq!(late.code(), (401, "signed_out"), "their session is gone");
    assert_eq!(recovering.world.kept_nonces_of("on-call").await, 0, "and so is what it was for");
}

#[tokio::test]
async fn what_they_approved_before_counts_no_more() {
    let world = World::new().await;
    let id = world.asked_by("second").await;
    let mut recovering = Recovering::signed_in(world).await;
    recovering.on_call.decide(&id, "approve").await.done();
    recovering.comes_back().await;
    let mut second = recovering.world.signer("second").await;
    let touch = second.sign(&id, "execute").await;
    let lapsed = second.file(&id, "execute", &touch).await;
    assert_eq!(lapsed.code(), (409, "approval_lapsed"));
    assert!(recovering.world.cluster.sent().is_empty());
}

#[tokio::test]
async fn nor_where_they_come_back_while_the_cluster_is_asked() {
    let world = World::new().await;
    let id = world.asked_by("second").await;
    let mut recovering = Recovering::signed_in(world).await;
    recovering.on_call.decide(&id, "approve").await.done();
    let link = recovering.link().await;
    let mut second = recovering.world.signer("second").await;
    let touch = second.sign(&id, "execute").await;
    let mut browser = recovering.world.browser();
    recovering.world.cluster.meanwhile(async move { drop(browser.enrol(&link).await) });
    assert_eq!(second.file(&id, "execute", &touch).await.code(), (409, "approval_lapsed"));
    assert!(recovering.world.cluster.sent().is_empty());
}

#[tokio::test]
async fn they_agree_to_nobodys_role() {
    let world = World::with_roles(1).await;
    let (world, mut back, _) = back_in(world).await;
    let mut engineer = world.signer("engineer").await;
    let asked = engineer.browser.post("/api/v1/grants", crate::grants::wish()).await.done();
    let id = asked["id"].as_str().unwrap();
    let path = format!("/api/v1/grants/{id}/signature-options");
    let refused = back.browser.post(&path, json!({ "decision": "approve" })).await;
    assert_eq!(refused.code(), LATELY);
    assert_eq!(back.decide_grant(id, "deny").await.done()["state"], "denied");
}

#[tokio::test]
async fn they_open_no_session_alone_and_with_an_approver_they_do() {
    let world = World::with_roles(2).await;
    world.allow_break_glass(true).await;
    let (world, mut back, mut recovering) = back_in(world).await;
    let id = back.declares().await;
    let refused = back.open(&id).await;
    assert_eq!((refused.code(), &refused.body["why"]), ((403, "solo_closed"), &json!("recovered")));
    recovering.owner.decide_grant(&id, "approve").await.done();
    world.heard_of("break-glass", "given").await;
    assert_eq!(world.held(), (1, 1), "nobody is locked out of a real emergency");
}

#[tokio::test]
async fn they_may_still_ask_and_act_on_the_word_of_others() {
    let (world, mut back, mut recovering) = back_in(World::new().await).await;
    let asked = back.browser.post("/api/v1/requests", crate::asking::restart()).await.done();
    let id = asked["id"].as_str().unwrap();
    recovering.owner.decide(id, "approve").await.done();
    assert_eq!(back.decide(id, "execute").await.status, 202);
    world.heard("accepted").await;
}
