//! What arrives: at everybody who is told, signed, in order, and without anything waiting for it.

use std::{sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    notifications::{Claiming, DestinationKind, EventKind, LEASE, Outbox},
    resources::Clusters,
    time::Clock,
};
use hmac::{Hmac, KeyInit, Mac};
use sekisho::jobs::Jobs;
use sha2::Sha256;

use super::{
    receiver::{Does, Got, Receiver},
    scene::{KEY, told},
};
use crate::world::World;

const STORY: [&str; 4] = ["requested", "approved", "intended", "succeeded"];

/// What a receiver does before it believes anything (docs/notifications.md).
fn is_signed(got: &Got) -> bool {
    let key = STANDARD.decode(KEY).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    let (id, timestamp) = (got.header("webhook-id"), got.header("webhook-timestamp"));
    mac.update(format!("{id}.{timestamp}.{}", got.body).as_bytes());
    let signature = got.header("webhook-signature").strip_prefix("v1,").unwrap();
    mac.verify_slice(&STANDARD.decode(signature).unwrap()).is_ok()
}

async fn carried_out(world: &World) -> String {
    let id = world.asked_by("on-call").await;
    world.signer("owner").await.decide(&id, "approve").await.done();
    world.signer("on-call").await.decide(&id, "execute").await.done();
    world.heard("accepted").await;
    world.cluster.recreate();
    assert_eq!(world.settled().await, 1);
    id
}

#[tokio::test]
async fn a_request_is_told_from_its_beginning_to_its_end() {
    let (world, siem) = World::with_receiver().await;
    let id = carried_out(&world).await;
    assert_eq!(world.notify().await, 4);
    assert_eq!(siem.events(), STORY);
    for got in siem.got() {
        assert!(is_signed(&got));
        assert_eq!(got.json()["request"], id.as_str());
        assert_eq!(got.json()["id"], got.header("webhook-id"));
        let second = world.clock.now().as_micros() / 1_000_000;
        assert_eq!(got.header("webhook-timestamp"), second.to_string());
        assert_eq!(got.header("content-type"), "application/json");
    }
    assert_eq!(world.notify().await, 0, "what arrived is not told again");
}

#[tokio::test]
async fn everybody_is_told_in_their_own_way() {
    let (chat, phone) = (Receiver::listen().await, Receiver::listen().await);
    let mut narrow = told("elsewhere", DestinationKind::Webhook);
    narrow.tenants = vec!["demo/ledger".parse().unwrap()];
    let nobody = Receiver::listen().await;
    let mut paged = told("pager", DestinationKind::PagerDuty);
    paged.events = [EventKind::Requested, EventKind::Withdrawn].into();
    let destinations = vec![
        (told("chat", DestinationKind::Slack), chat.url()),
        (paged, phone.url()),
        (narrow, nobody.url()),
    ];
    let world = World::reaching("127.0.0.1", destinations).await;
    let id = world.asked_by("on-call").await;
    world.withdraw("on-call", &id).await;
    world.notify().await;
    let [asked, _] = chat.got().try_into().unwrap();
    let asked = asked.json();
    assert_eq!(asked["text"], "on-call asks for restart-pod of Pod api-0 in demo/checkout");
    assert!(asked.to_string().contains(&format!("https://console.example.org/requests/{id}|")));
    let [begun, ended] = phone.got().try_into().unwrap();
    assert_eq!(begun.json()["event_action"], "trigger");
    assert_eq!(ended.json()["event_action"], "resolve");
    assert_eq!(
        (&begun.json()["dedup_key"], &ended.json()["dedup_key"]),
        (&id.clone().into(), &id.into())
    );
    assert_eq!(nobody.got().len(), 0, "another tenant is none of its business");
}

#[tokio::test]
async fn what_happens_without_a_call_is_told_too() {
    let (world, siem) = World::with_receiver().await;
    for _ in 0..2 {
        world.asked_by("on-call").await;
    }
    world.console.lock(&world.actor("admin"), &crate::policy::login("on-call")).await.unwrap();
    world.asked_by("second").await;
    world.clock.advance(Duration::from_mins(31));
    world.console.expire_requests().await.unwrap();
    world.notify().await;
    let mut events = siem.events();
    events.sort();
    let all = ["expired", "requested", "requested", "requested", "withdrawn", "withdrawn"];
    assert_eq!(events, all);
}

#[tokio::test]
async fn a_refused_decision_is_not_told() {
    let (world, siem) = World::with_receiver().await;
    let id = world.asked_by("on-call").await;
    world.signer("engineer").await.options(&id, "approve").await;
    world.signer("on-call").await.options(&id, "approve").await;
    world.notify().await;
    assert_eq!(siem.events(), ["requested"]);
}

#[tokio::test]
async fn a_worker_that_fell_after_sending_has_it_sent_again_under_the_same_id() {
    let (world, siem) = World::with_receiver().await;
    world.asked_by("on-call").await;
    world.console.route_notifications().await.unwrap();
    let now = world.clock.now();
    let destination = told("siem", DestinationKind::Webhook);
    let claiming = Claiming {
        destination: destination.name.clone(),
        now,
        until: now.plus(LEASE),
        claim: domain::notifications::ClaimId::new(uuid::Uuid::nil()),
        limit: 1,
    };
    let [held] = world.store.claim(&claiming).await.unwrap().try_into().unwrap();
    world.courier.carry(&destination, &held).await.unwrap();
    // Here it falls: what arrived is not noted.
    world.clock.advance(LEASE.saturating_sub(Duration::from_secs(1)));
    assert_eq!(world.notify().await, 0, "it may still be under way");
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(world.notify().await, 1);
    let [first, again] = siem.got().try_into().unwrap();
    assert_eq!(first.header("webhook-id"), again.header("webhook-id"));
    assert_ne!(first.header("webhook-timestamp"), again.header("webhook-timestamp"));
    assert!(is_signed(&first) && is_signed(&again));
    assert_eq!(world.notify().await, 0);
}

#[tokio::test]
async fn a_console_that_ended_tells_what_was_committed_when_it_begins_again() {
    let (world, siem) = World::with_receiver().await;
    world.asked_by("on-call").await;
    let world = world.begun_again().await;
    world.notify().await;
    assert_eq!(siem.events(), ["requested"]);
}

#[tokio::test]
async fn a_receiver_that_hangs_keeps_nothing_else_waiting() {
    let (hung, well) = (Receiver::listen().await, Receiver::listen().await);
    hung.will(Does::Hang);
    let destinations = vec![
        (told("hung", DestinationKind::Webhook), hung.url()),
        (told("well", DestinationKind::Webhook), well.url()),
    ];
    // Whoever waits for one that hangs waits for longer than this test.
    let patience = Duration::from_hours(1);
    let world = World::reaching_patiently("127.0.0.1", destinations, patience).await;
    let clusters: Arc<dyn Clusters> = Arc::new(world.cluster.clone());
    let _jobs = Jobs::start(&world.console, &clusters);
    world.asked_by("on-call").await;
    hung.has(1).await;
    // From here on there is somebody who does not answer.
    let id = world.asked_by("on-call").await;
    world.signer("owner").await.decide(&id, "approve").await.done();
    world.signer("on-call").await.decide(&id, "execute").await.done();
    world.heard("accepted").await;
    well.has(4).await;
    let told = well.got().into_iter().filter(|got| got.json()["request"] == id.as_str());
    let told: Vec<_> = told.map(|got| got.json()["event"].clone()).collect();
    assert_eq!(told, STORY[..3]);
}
