//! Actions within a session: no approval, but every other guard rail, and each tagged.

use std::time::Duration;

use serde_json::json;

use super::scene::{TTL, emergency};
use crate::{asking::restart, world::World};

#[tokio::test]
async fn within_a_session_an_action_needs_only_the_persons_touch() {
    let (world, session, mut on_call) = World::with_session().await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await.done();
    assert_eq!((&asked["state"], &asked["approvals_needed"]), (&json!("approved"), &json!(0)));
    assert_eq!(asked["session"], session);
    let id = asked["id"].as_str().unwrap();
    on_call.decide(id, "execute").await.done();
    world.heard("accepted").await;
    let entries = world.entries().await;
    let acts = entries.iter().filter(|entry| entry.action.as_str() == "restart-pod");
    let mut tagged = acts.map(|entry| entry.grant.map(|it| it.to_string()));
    assert!(tagged.all(|tag| tag.as_deref() == Some(&session)), "each names its session");
}

#[tokio::test]
async fn everybody_else_needs_the_usual_approvals() {
    let (world, _, _) = World::with_session().await;
    let mut second = world.signer("second").await;
    let asked = second.browser.post("/api/v1/requests", restart()).await.done();
    assert_eq!((&asked["state"], &asked["session"]), (&json!("pending"), &json!(null)));
}

#[tokio::test]
async fn what_was_asked_within_it_is_not_carried_out_after_it() {
    let (world, session, mut on_call) = World::with_session().await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await.done();
    let id = asked["id"].as_str().unwrap().to_owned();
    let touch = on_call.sign(&id, "execute").await;
    on_call.close(&session).await.done();
    assert_eq!(on_call.file(&id, "execute", &touch).await.code(), (409, "session_over"));
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn a_time_that_is_over_counts_before_anybody_noticed() {
    let (world, _, mut on_call) = World::with_session().await;
    world.clock.advance(TTL.saturating_sub(Duration::from_mins(1)));
    on_call.return_to_work().await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await.done();
    assert_eq!(asked["state"], "approved");
    world.clock.advance(Duration::from_mins(1));
    // No job ran: the state says that it is held still.
    let id = asked["id"].as_str().unwrap();
    assert_eq!(on_call.decide(id, "execute").await.code(), (409, "session_over"));
    let again = on_call.browser.post("/api/v1/requests", restart()).await.done();
    assert_eq!((&again["state"], &again["session"]), (&json!("pending"), &json!(null)));
}

#[tokio::test]
async fn the_end_between_check_and_word_is_seen_where_nothing_can_come_between() {
    let (world, session, mut on_call) = World::with_session().await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await.done();
    let id = asked["id"].as_str().unwrap().to_owned();
    let touch = on_call.sign(&id, "execute").await;
    let (console, actor) = (world.console.clone(), world.actor("owner"));
    let session = session.parse().unwrap();
    // While the cluster is asked what stands there, somebody ends the session.
    world.cluster.meanwhile(async move {
        console.revoke_grant(&actor, session, None).await.unwrap();
    });
    assert_eq!(on_call.file(&id, "execute", &touch).await.code(), (409, "session_over"));
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn what_is_done_to_the_cluster_itself_needs_its_approvals() {
    let world = World::at_night().await;
    let mut reliable = world.signer("reliable").await;
    let mut platform = emergency();
    platform["namespace"] = json!("kube-system");
    let declared = reliable.browser.post("/api/v1/break-glass", platform).await.done();
    reliable.open(declared["id"].as_str().unwrap()).await.done();
    let cordon = json!({ "action": "cordon", "reason": "it flaps", "target":
        { "cluster": "demo", "namespace": "kube-system", "kind": "Node", "name": "node-1" } });
    let asked = reliable.browser.post("/api/v1/requests", cordon).await.done();
    assert_eq!((&asked["state"], &asked["session"]), (&json!("pending"), &json!(null)));
}

#[tokio::test]
async fn a_guard_rail_stands_all_the_same() {
    let (world, _, mut on_call) = World::with_session().await;
    world.policy.guard_restarts(domain::policy::GuardRails {
        ready_floor: Some(9),
        ..domain::policy::GuardRails::default()
    });
    world.console.enforce_policy().await.unwrap();
    let refused = on_call.browser.post("/api/v1/requests", restart()).await;
    assert_eq!(
        (refused.code(), &refused.body["rail"]),
        ((403, "guard_rail"), &json!("ready-floor"))
    );
}
