//! Touches that are used for something else than they were given for. None counts.

use domain::identity::CEREMONY_TTL;
use serde_json::json;

use crate::world::World;

const OTHER: (u16, &str) = (422, "other_decision");

#[tokio::test]
async fn nobody_approves_their_own() {
    let (world, own) = World::with_request().await;
    let theirs = world.asked_by("second").await;
    let mut on_call = world.signer("on-call").await;
    for decision in ["approve", "deny"] {
        assert_eq!(on_call.options(&own, decision).await.code(), (403, "own_request"));
        let made_for_theirs = on_call.sign(&theirs, decision).await;
        let answer = on_call.file(&own, decision, &made_for_theirs).await;
        assert_eq!(answer.code(), (403, "own_request"));
    }
    assert_eq!(world.state_of(&own).await, "pending");
    assert_eq!(world.told("restart-pod", "refused").await, 4);
}

#[tokio::test]
async fn a_touch_for_one_decision_is_no_other() {
    let (world, id) = World::with_request().await;
    let mut owner = world.signer("owner").await;
    for (signed, filed) in [("approve", "deny"), ("deny", "approve")] {
        let credential = owner.sign(&id, signed).await;
        assert_eq!(owner.file(&id, filed, &credential).await.code(), OTHER, "{signed} as {filed}");
    }
    let passkeys = "/api/v1/identity/passkeys/signature-options";
    let options = owner.browser.post(passkeys, json!({ "decision": "add-passkey" })).await.done();
    let credential = owner.authenticator.touch(&options);
    assert_eq!(owner.file(&id, "approve", &credential).await.code(), OTHER);
    assert_eq!(world.state_of(&id).await, "pending");
}

#[tokio::test]
async fn a_touch_for_one_request_is_for_no_other() {
    let (world, id) = World::with_request().await;
    let other = world.asked_by("on-call").await;
    let mut owner = world.signer("owner").await;
    for decision in ["approve", "deny"] {
        let credential = owner.sign(&other, decision).await;
        assert_eq!(owner.file(&id, decision, &credential).await.code(), OTHER);
    }
    assert_eq!(world.state_of(&id).await, "pending");
}

#[tokio::test]
async fn an_approval_or_a_touch_for_another_request_carries_nothing_out() {
    let (world, id) = World::with_request().await;
    let (other, theirs) = (world.asked_by("on-call").await, world.asked_by("second").await);
    let (mut on_call, mut owner) = (world.signer("on-call").await, world.signer("owner").await);
    owner.decide(&id, "approve").await.done();
    owner.decide(&other, "approve").await.done();
    let approval = on_call.sign(&theirs, "approve").await;
    assert_eq!(on_call.file(&id, "execute", &approval).await.code(), OTHER);
    let execution = on_call.sign(&other, "execute").await;
    assert_eq!(on_call.file(&id, "execute", &execution).await.code(), OTHER);
    let as_approval = on_call.sign(&other, "execute").await;
    assert_eq!(on_call.file(&theirs, "approve", &as_approval).await.code(), OTHER);
    assert_eq!(world.state_of(&id).await, "approved");
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn a_touch_counts_once() {
    let world = World::new().await;
    world.policy.ask_for_approvals(2);
    world.console.enforce_policy().await.unwrap();
    let id = world.asked_by("on-call").await;
    let mut owner = world.signer("owner").await;
    let credential = owner.sign(&id, "approve").await;
    assert_eq!(owner.file(&id, "approve", &credential).await.done()["state"], "pending");
    assert_eq!(owner.file(&id, "approve", &credential).await.code(), (409, "decided_twice"));
    let spent = (410, "ceremony_expired");
    assert_eq!(owner.file(&id, "deny", &credential).await.code(), spent);
    let refused = owner.sign(&id, "deny").await;
    assert_eq!(owner.file(&id, "approve", &refused).await.code(), (409, "decided_twice"));
    let other = world.asked_by("on-call").await;
    let wasted = owner.sign(&id, "deny").await;
    assert_eq!(owner.file(&other, "deny", &wasted).await.code(), OTHER);
    assert_eq!(owner.file(&id, "deny", &wasted).await.code(), spent, "a touch that failed is gone");
}

#[tokio::test]
async fn of_two_uses_at_once_one_counts() {
    let world = World::new().await;
    world.policy.ask_for_approvals(2);
    world.console.enforce_policy().await.unwrap();
    let id = world.asked_by("on-call").await;
    let mut owner = world.signer("owner").await;
    let credential = owner.sign(&id, "approve").await;
    let path = format!("/api/v1/requests/{id}/decisions");
    let body = json!({ "decision": "approve", "credential": credential });
    let (mut one, mut other) = (owner.browser.clone(), owner.browser);
    let (first, second) = tokio::join!(one.post(&path, body.clone()), other.post(&path, body));
    let won = [&first, &second].into_iter().filter(|answer| answer.status.is_success()).count();
    assert_eq!(won, 1, "{first:?} {second:?}");
    assert_eq!(world.told("restart-pod", "approved").await, 1);
}

#[tokio::test]
async fn a_touch_of_somebody_else_is_none() {
    let (world, id) = World::with_request().await;
    let mut owner = world.signer("owner").await;
    let mut second = world.signer("second").await;
    let theirs = owner.sign(&id, "approve").await;
    assert_eq!(second.file(&id, "approve", &theirs).await.code(), (410, "ceremony_expired"));
    second.browser.cookies.extend(
        owner.browser.cookies.clone().into_iter().filter(|(name, _)| name.contains("ceremony")),
    );
    let with_their_cookie = second.file(&id, "approve", &theirs).await;
    assert_eq!(with_their_cookie.code(), (410, "ceremony_expired"));
    assert_eq!(world.state_of(&id).await, "pending");
}

#[tokio::test]
async fn a_touch_is_good_for_its_session_and_for_a_while() {
    let (world, id) = World::with_request().await;
    let mut owner = world.signer("owner").await;
    let touch = owner.sign(&id, "approve").await;
    owner.return_to_work().await;
    assert_eq!(owner.file(&id, "approve", &touch).await.code(), (410, "ceremony_expired"));
    let touch = owner.sign(&id, "approve").await;
    world.clock.advance(CEREMONY_TTL);
    assert_eq!(owner.file(&id, "approve", &touch).await.code(), (410, "ceremony_expired"));
    assert_eq!(world.state_of(&id).await, "pending");
}

#[tokio::test]
async fn a_comment_that_was_signed_is_the_comment_that_counts() {
    let (world, id) = World::with_request().await;
    let mut owner = world.signer("owner").await;
    for (told, code) in [(Some("go on"), 200), (Some("stop"), 422), (None, 422)].into_iter().rev() {
        let path = format!("/api/v1/requests/{id}/signature-options");
        let wanted = json!({ "decision": "approve", "comment": "go on" });
        let options = owner.browser.post(&path, wanted).await.done();
        let credential = owner.authenticator.touch(&options);
        let body = json!({ "decision": "approve", "credential": credential, "comment": told });
        let answer = owner.browser.post(&format!("/api/v1/requests/{id}/decisions"), body).await;
        assert_eq!(answer.status.as_u16(), code, "{told:?} {answer:?}");
    }
    let approved = owner.browser.get(&format!("/api/v1/requests/{id}")).await.done();
    assert_eq!(approved["approvals"][0]["comment"], json!({ "text": "go on", "signed": true }));
}

#[tokio::test]
async fn a_touch_that_runs_out_while_the_cluster_is_asked_is_spent() {
    let (world, id) = World::with_request().await;
    let mut owner = world.signer("owner").await;
    let touch = owner.sign(&id, "approve").await;
    let clock = world.clock.clone();
    world.cluster.meanwhile(async move { clock.advance(CEREMONY_TTL) });
    assert_eq!(owner.file(&id, "approve", &touch).await.code(), (409, "signature_spent"));
    assert_eq!(world.state_of(&id).await, "pending");
}
