//! Receivers that fail in one way or another, and what follows.

use std::time::Duration;

use axum::http::StatusCode;
use domain::notifications::{DestinationKind, Failure};

use super::{
    receiver::{Does, Receiver},
    scene::told,
};
use crate::world::World;

/// At most a fifth more than the first wait, and less than the second.
const FIRST_WAIT: Duration = Duration::from_secs(12);

async fn with_request(does: Does) -> (World, Receiver) {
    let (world, siem) = World::with_receiver().await;
    siem.will(does);
    world.asked_by("on-call").await;
    (world, siem)
}

#[tokio::test]
async fn what_fails_is_tried_again_later_and_later() {
    let (world, siem) = with_request(Does::Answer(StatusCode::INTERNAL_SERVER_ERROR)).await;
    assert_eq!(world.notify().await, 1);
    world.clock.advance(Duration::from_secs(7));
    assert_eq!(world.notify().await, 0, "not at once");
    world.clock.advance(FIRST_WAIT);
    assert_eq!(world.notify().await, 1);
    world.clock.advance(FIRST_WAIT);
    assert_eq!(world.notify().await, 0, "the second wait is longer");
    siem.will(Does::Take);
    world.clock.advance(FIRST_WAIT);
    assert_eq!(world.notify().await, 1);
    assert_eq!(siem.events(), ["requested"; 3]);
    world.clock.advance(Duration::from_hours(25));
    assert_eq!(world.notify().await, 0, "it arrived");
}

#[tokio::test]
async fn what_comes_later_waits_for_what_comes_before() {
    let (world, siem) = with_request(Does::Answer(StatusCode::BAD_GATEWAY)).await;
    let id = world.asked_by("second").await;
    assert_eq!(world.notify().await, 2, "requests do not wait for each other");
    world.withdraw("second", &id).await;
    assert_eq!(world.notify().await, 0, "its beginning did not arrive yet");
    siem.will(Does::Take);
    world.clock.advance(FIRST_WAIT);
    assert_eq!(world.notify().await, 3);
    let of_it = siem.got().into_iter().filter(|got| got.json()["request"] == id.as_str());
    let events: Vec<_> = of_it.map(|got| got.json()["event"].clone()).collect();
    assert_eq!(events, ["requested", "requested", "withdrawn"]);
}

#[tokio::test]
async fn a_receiver_that_asks_for_time_is_given_it() {
    let (world, siem) = with_request(Does::Ask(600)).await;
    world.notify().await;
    siem.will(Does::Take);
    world.clock.advance(Duration::from_secs(599));
    assert_eq!(world.notify().await, 0);
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(world.notify().await, 1);
}

#[tokio::test]
async fn nobody_can_ask_for_ever() {
    let (world, siem) = with_request(Does::Ask(u64::MAX)).await;
    world.notify().await;
    siem.will(Does::Take);
    world.clock.advance(Duration::from_hours(1));
    assert_eq!(world.notify().await, 1);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = Receiver::listen().await;
    let (world, siem) = with_request(Does::Send(elsewhere.url())).await;
    assert_eq!(world.failure_of_attempts().await, Failure::Redirected { status: 307 });
    assert_eq!((siem.got().len(), elsewhere.got().len()), (5, 0));
}

#[tokio::test]
async fn a_receiver_that_does_not_answer_has_failed() {
    let (world, siem) = with_request(Does::Hang).await;
    assert_eq!(world.failure_of_attempts().await, Failure::TimedOut);
    assert_eq!(siem.got().len(), 5);
}

#[tokio::test]
async fn a_receiver_that_refuses_the_signature_has_not_taken_it() {
    let (world, _) = with_request(Does::Answer(StatusCode::UNAUTHORIZED)).await;
    assert_eq!(world.failure_of_attempts().await, Failure::Answered { status: 401 });
}

/// Why a webhook at this address is not told, where these networks may be reached.
async fn failure_at(networks: &str, url: String) -> Failure {
    let siem = told("siem", DestinationKind::Webhook);
    let world = World::reaching(networks, vec![(siem, url)]).await;
    world.asked_by("on-call").await;
    world.failure_of_attempts().await
}

#[tokio::test]
async fn this_machine_is_not_reached_unless_listed() {
    let receiver = Receiver::listen().await;
    let port = receiver.port;
    for host in ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"] {
        for scheme in ["http", "https"] {
            let url = format!("{scheme}://{host}:{port}/");
            assert_eq!(failure_at("10.0.0.0/8", url).await, Failure::AddressRefused, "{host}");
        }
    }
    assert_eq!(receiver.got().len(), 0);
}

#[tokio::test]
async fn nobody_who_is_not_there_is_reached() {
    let gone = Receiver::listen().await.port;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = listener.local_addr().unwrap().port();
    drop(listener);
    let url = format!("http://127.0.0.1:{closed}/");
    assert_eq!(failure_at("127.0.0.1", url).await, Failure::Unreachable);
    let no_tls = format!("https://127.0.0.1:{gone}/");
    assert_eq!(failure_at("127.0.0.1", no_tls).await, Failure::Unreachable);
}
