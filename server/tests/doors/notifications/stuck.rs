//! What does not arrive for long: who sees it, what the log says, and how it is set going again.

use std::time::Duration;

use axum::http::StatusCode;
use domain::notifications::{Backlog, Failure, GIVE_UP_AFTER, KEEP_GIVEN_UP};
use serde_json::json;

use super::receiver::{Does, Receiver};
use crate::world::World;

const STUCK: &str = "/api/v1/notifications?state=stuck";

pub(crate) async fn refused_for(rounds: usize) -> (World, Receiver) {
    let (world, siem) = World::with_receiver().await;
    siem.will(Does::Answer(StatusCode::INTERNAL_SERVER_ERROR));
    world.asked_by("on-call").await;
    world.notify_for(rounds).await;
    (world, siem)
}

#[tokio::test]
async fn a_delivery_is_stuck_after_five_attempts_and_tried_on() {
    let (world, siem) = refused_for(4).await;
    assert_eq!(world.stuck().await, []);
    assert_eq!(world.notify().await, 1);
    let [stuck] = world.stuck().await.try_into().unwrap();
    assert_eq!((stuck.attempts, stuck.failure), (5, Some(Failure::Answered { status: 500 })));
    assert!(stuck.next_attempt.is_some());
    assert_eq!(
        world.console.notification_backlog().await.unwrap(),
        Backlog { waiting: 1, stuck: 1, given_up: 0 }
    );
    siem.will(Does::Take);
    world.clock.advance(Duration::from_hours(1));
    assert_eq!(world.notify().await, 1);
    assert_eq!(world.stuck().await, []);
    assert_eq!(world.console.notification_backlog().await.unwrap(), Backlog::default());
    assert_eq!(world.told("notify", "failed").await, 0);
}

#[tokio::test]
async fn what_does_not_arrive_in_a_day_is_given_up_and_written_down() {
    let (world, siem) = refused_for(12).await;
    assert_eq!(world.told("notify", "failed").await, 0, "its day is not over");
    world.clock.advance(GIVE_UP_AFTER);
    assert_eq!(world.notify().await, 1, "it is tried once more, however late");
    assert_eq!(world.told("notify", "failed").await, 1);
    let entry = &world.entries().await[0];
    assert_eq!(entry.tenant.as_ref().unwrap().to_string(), "demo/checkout");
    assert_eq!(entry.detail["destination"], "siem");
    assert_eq!(entry.detail["failure"], json!({ "failure": "answered", "status": 500 }));
    assert_eq!(entry.request, None, "it is no part of the request's own story");
    let [stuck] = world.stuck().await.try_into().unwrap();
    assert_eq!(stuck.next_attempt, None);
    let (mut admin, _) = world.person("admin").await;
    assert_eq!(admin.get("/api/v1/me").await.done()["notifications_stuck"], 0, "nothing is tried");
    let attempts = siem.got().len();
    world.notify_for(3).await;
    assert_eq!(siem.got().len(), attempts, "it is left alone");
    world.clock.advance(KEEP_GIVEN_UP);
    assert_eq!(world.console.forget_given_up().await.unwrap(), 1);
    assert_eq!(world.stuck().await, []);
}

#[tokio::test]
async fn whoever_manages_people_or_reads_history_sees_what_is_stuck() {
    let (world, _) = refused_for(5).await;
    for (name, status) in [("admin", 200), ("security", 200), ("owner", 403), ("on-call", 403)] {
        let (mut browser, _) = world.person(name).await;
        assert_eq!(browser.get(STUCK).await.status, status, "{name}");
    }
}

#[tokio::test]
async fn what_is_stuck_is_set_going_again() {
    let (world, siem) = refused_for(16).await;
    let (mut security, _) = world.person("security").await;
    let listed = security.get(STUCK).await.done();
    assert_eq!(listed["items"][0]["failure"]["failure"], "answered");
    assert_eq!(listed["items"][0]["next_attempt"], json!(null));
    let id = listed["items"][0]["id"].as_str().unwrap();
    let retry = format!("/api/v1/notifications/{id}/retry");
    siem.will(Does::Take);
    assert_eq!(security.post(&retry, json!({})).await.status, 204);
    assert_eq!(world.told("notify", "requested").await, 1);
    assert_eq!(world.notify().await, 1);
    assert_eq!(world.stuck().await, []);
    assert_eq!(security.post(&retry, json!({})).await.code(), (404, "not_visible"));
    assert_eq!(world.told("notify", "requested").await, 1, "nothing was done");
}

#[tokio::test]
async fn whoever_may_mend_them_is_told_how_many_are_stuck() {
    let (world, _) = refused_for(5).await;
    for (name, stuck) in [("security", json!(1)), ("admin", json!(1)), ("owner", json!(null))] {
        let (mut browser, _) = world.person(name).await;
        assert_eq!(browser.get("/api/v1/me").await.done()["notifications_stuck"], stuck, "{name}");
    }
}

#[tokio::test]
async fn what_is_retried_has_another_day() {
    let (world, _) = refused_for(16).await;
    let [stuck] = world.stuck().await.try_into().unwrap();
    world.console.retry_notification(&world.actor("admin"), stuck.id).await.unwrap();
    world.notify_for(5).await;
    let [again] = world.stuck().await.try_into().unwrap();
    assert_eq!(again.attempts, 5);
    assert!(again.next_attempt.is_some());
}

#[tokio::test]
async fn only_what_is_stuck_is_listed() {
    let (world, _) = refused_for(1).await;
    let (mut admin, _) = world.person("admin").await;
    let all = admin.get("/api/v1/notifications?state=delivered").await;
    assert_eq!(all.code(), (422, "malformed"));
    assert_eq!(admin.get("/api/v1/notifications").await.done()["items"], json!([]));
}

#[tokio::test]
async fn a_replica_that_does_not_hold_the_policy_in_force_leaves_it_to_others() {
    let (world, siem) = refused_for(1).await;
    siem.will(Does::Take);
    let id = siem.got()[0].json()["request"].as_str().unwrap().to_owned();
    world.policy.ask_for_approvals(2);
    world.withdraw("on-call", &id).await;
    assert_eq!(world.notify().await, 0);
    world.policy.ask_for_approvals(1);
    assert_eq!(world.notify().await, 2);
    assert_eq!(siem.events(), ["requested", "requested", "withdrawn"]);
}

#[tokio::test]
async fn what_waits_for_somebody_whom_the_policy_struck_is_given_up() {
    let (world, siem) = refused_for(1).await;
    world.policy.tell_nobody();
    world.notify().await;
    let [stuck] = world.stuck().await.try_into().unwrap();
    assert_eq!(stuck.failure, Some(Failure::NoDestination));
    assert_eq!(siem.got().len(), 1);
    assert_eq!(world.told("notify", "failed").await, 1);
}
