//! What is told of power: of roles until they are given, of emergencies to the verdict on them, of recoveries.

use std::time::Duration;

use axum::http::StatusCode;
use domain::notifications::{Destination, DestinationKind};
use serde_json::{Value, json};

use super::{
    receiver::{Does, Receiver},
    scene::told,
};
use crate::{break_glass::emergency, world::World};

/// One in which a receiver is told of roles and emergencies.
async fn told_of_power() -> (World, Receiver) {
    let (world, siem) = World::with_receiver().await;
    world.list_roles(1).await;
    world.allow_break_glass(true).await;
    (world, siem)
}

#[tokio::test]
async fn of_a_role_until_it_is_given() {
    let (world, siem) = told_of_power().await;
    let id = world.role_wished_by("engineer").await;
    world.notify().await;
    let mut owner = world.signer("owner").await;
    owner.decide_grant(&id, "approve").await.done();
    world.heard_of("grant", "given").await;
    world.notify().await;
    let denied = world.role_wished_by("on-call").await;
    world.notify().await;
    owner.decide_grant(&denied, "deny").await.done();
    world.notify().await;
    assert_eq!(siem.events(), ["requested", "role-approved", "requested", "denied"]);
    let asked = siem.got()[0].json();
    assert_eq!((&asked["grant"], &asked["request"]), (&json!(id), &Value::Null));
    assert_eq!(asked["url"], format!("https://console.example.org/grants/{id}"));
    assert_eq!(asked["text"], "engineer asks for grant of Role debug in demo/checkout");
}

#[tokio::test]
async fn of_an_emergency_from_its_declaration_to_its_verdict() {
    let (world, siem) = told_of_power().await;
    world.person("owner").await;
    let mut on_call = world.signer("on-call").await;
    let offer = "/api/v1/break-glass/offer?cluster=demo&namespace=checkout";
    assert_eq!(on_call.browser.get(offer).await.done()["is_anybody_told"], true);
    let id = on_call.declares().await;
    world.notify().await;
    on_call.open(&id).await.done();
    world.heard_of("break-glass", "given").await;
    world.notify().await;
    on_call.close(&id).await.done();
    world.notify().await;
    world.followed().await;
    world.notify().await;
    for _ in 0..2 {
        world.clock.advance(Duration::from_hours(12));
        world.followed().await;
        world.notify().await;
    }
    world.signer("security").await.judge(&id, "unjustified").await.done();
    world.notify().await;
    let story = [
        "break-glass-declared",
        "break-glass-opened",
        "break-glass-closed",
        "review-due",
        "review-reminded",
        "review-escalated",
        "review-judged",
    ];
    assert_eq!(siem.events(), story);
    for got in siem.got() {
        assert_eq!(
            (&got.json()["session"], &got.json()["action"]),
            (&json!(id), &json!("break-glass"))
        );
    }
}

#[tokio::test]
async fn of_one_that_an_approver_opens() {
    let (world, siem) = told_of_power().await;
    let id = world.signer("on-call").await.declares().await;
    world.notify().await;
    world.signer("owner").await.decide_grant(&id, "approve").await.done();
    world.notify().await;
    assert_eq!(siem.events(), ["break-glass-declared", "break-glass-opened"]);
}

#[tokio::test]
async fn whoever_is_paged_by_a_drill_reads_that_it_is_one() {
    let (world, siem) = told_of_power().await;
    let mut wish = emergency();
    wish["drill"] = json!(true);
    let declared = world.signer("on-call").await.browser.post("/api/v1/break-glass", wish).await;
    assert_eq!(declared.status, 201, "{}", declared.body);
    world.notify().await;
    assert_eq!(siem.got()[0].json()["action"], "break-glass drill");
}

#[tokio::test]
async fn a_session_opens_though_nobody_can_be_paged_and_that_is_told() {
    let (world, siem) = told_of_power().await;
    siem.will(Does::Answer(StatusCode::INTERNAL_SERVER_ERROR));
    let mut on_call = world.signer("on-call").await;
    let id = on_call.breaks_glass().await;
    world.heard_of("break-glass", "given").await;
    world.notify_for(5).await;
    let stuck = world.stuck().await;
    let of_it = stuck.iter().filter(|stuck| stuck.about.id().to_string() == id);
    assert!(of_it.count() > 0, "{stuck:?}");
}

#[tokio::test]
async fn of_a_recovery_to_its_verdict() {
    let siem = Receiver::listen().await;
    // A person is of no tenant, but of their teams.
    let of_people = Destination { tenants: Vec::new(), ..told("siem", DestinationKind::Webhook) };
    let world = World::reaching("127.0.0.1", vec![(of_people, siem.url())]).await;
    let world = world.after_a_recovery().await;
    world.notify().await;
    world.person("security").await;
    for _ in 0..2 {
        world.clock.advance(Duration::from_hours(12));
        while world.console.chase_recoveries().await.unwrap() > 0 {}
        world.notify().await;
    }
    assert_eq!(
        siem.events(),
        ["recovery-asked", "recovery-enrolled", "recovery-reminded", "recovery-escalated"]
    );
}
