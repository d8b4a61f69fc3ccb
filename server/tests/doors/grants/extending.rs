//! More time for a role that is held.

use std::time::Duration;

use domain::{
    audit::{Entry, EntryOutcome},
    testkit::GrantAnswer,
    time::Clock,
};
use person::Answer;
use sekisho::verify::{Checked, Contradiction, Keys, verify_entries};
use serde_json::{Value, json};

use super::scene::TTL;
use crate::{
    asking::Signer,
    world::{ORIGIN, World},
};

async fn extend(signer: &mut Signer, id: &str, ttl: Duration) -> Answer {
    let more = json!({ "ttl_seconds": ttl.as_secs(), "reason": "the pool leaks on" });
    signer.browser.post(&format!("/api/v1/grants/{id}/extension"), more).await
}

fn id(answer: &Value) -> String {
    answer["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn it_is_agreed_to_anew_and_takes_the_place_of_the_one_before() {
    let (world, first, mut engineer) = World::with_holder().await;
    assert_eq!(engineer.grant(&first).await["may_extend"], true);
    let asked = extend(&mut engineer, &first, TTL).await;
    assert_eq!(asked.status, 201, "{}", asked.body);
    let second = id(&asked.body);
    assert_eq!(asked.body["extends"]["grant"], first);
    assert_eq!((&asked.body["state"], world.held()), (&json!("pending"), (1, 1)));
    world.signer("second").await.decide_grant(&second, "approve").await.done();
    world.heard_of("grant", "ending").await;
    world.grants_looked_after().await;
    let before = engineer.grant(&first).await;
    assert_eq!(
        (&before["state"], &before["ending"]["reason"]),
        (&json!("ended"), &json!("extended"))
    );
    assert_eq!(engineer.grant(&second).await["state"], "active");
    assert_eq!(world.held(), (1, 1));
}

#[tokio::test]
async fn all_of_it_together_is_bounded() {
    let (world, first, mut engineer) = World::with_holder().await;
    world.clock.advance(TTL / 2);
    engineer.return_to_work().await;
    // Three hours in one stretch, half an hour of which is over; and never more than two at once.
    let long = extend(&mut engineer, &first, TTL * 2 + Duration::from_secs(1)).await;
    assert_eq!(
        (long.code(), &long.body["longest_seconds"]),
        ((422, "ttl_out_of_bounds"), &json!("7200"))
    );
    let second = id(&extend(&mut engineer, &first, TTL * 2).await.done());
    world.signer("second").await.decide_grant(&second, "approve").await.done();
    world.heard_of("grant", "ending").await;
    world.clock.advance(Duration::from_mins(105));
    engineer.return_to_work().await;
    // 180 minutes but 30 and 105.
    let rest = extend(&mut engineer, &second, TTL).await;
    assert_eq!(
        (rest.code(), &rest.body["longest_seconds"]),
        ((422, "ttl_out_of_bounds"), &json!("2700"))
    );
    for odd in [0, -1] {
        let more = json!({ "ttl_seconds": odd, "reason": "on" });
        let path = format!("/api/v1/grants/{second}/extension");
        assert_eq!(engineer.browser.post(&path, more).await.code(), (422, "ttl_out_of_bounds"));
    }
}

#[tokio::test]
async fn only_its_holder_asks_and_only_while_it_is_held_and_once() {
    let (world, first, mut engineer) = World::with_holder().await;
    let mut third = world.signer("third").await;
    assert_eq!(extend(&mut third, &first, TTL).await.code(), (403, "not_requester"));
    let asked = id(&extend(&mut engineer, &first, TTL).await.done());
    let again = extend(&mut engineer, &first, TTL).await;
    assert_eq!((again.code(), &again.body["extension"]), ((409, "wrong_state"), &json!(asked)));
    engineer.browser.post(&format!("/api/v1/grants/{first}/return"), json!({})).await.done();
    assert_eq!(extend(&mut engineer, &first, TTL).await.code(), (409, "wrong_state"));
}

#[tokio::test]
async fn one_that_is_not_given_leaves_the_one_before_as_it_is() {
    let (world, first, mut engineer) = World::with_holder().await;
    let second = id(&extend(&mut engineer, &first, TTL).await.done());
    world.cluster.grants.answers(GrantAnswer::Refused);
    world.signer("second").await.decide_grant(&second, "approve").await.done();
    world.heard_of("grant", "ending").await;
    assert_eq!(engineer.grant(&second).await["ending"]["reason"], "not_given");
    assert_eq!(engineer.grant(&first).await["state"], "active");
}

#[tokio::test]
async fn a_console_that_died_before_it_ended_the_one_before_leaves_that_to_the_next() {
    let (world, first, mut engineer) = World::with_holder().await;
    let second = id(&extend(&mut engineer, &first, TTL).await.done());
    // Given, and nobody heard: reconciling finds it.
    world.cluster.grants.answers(GrantAnswer::MadeUnheard);
    world.signer("second").await.decide_grant(&second, "approve").await.done();
    world.deeds_done().await;
    world.clock.advance(Duration::from_secs(41));
    world.grants_looked_after().await;
    world.grants_looked_after().await;
    assert_eq!(engineer.grant(&second).await["state"], "active");
    assert_eq!(engineer.grant(&first).await["state"], "ended");
    assert_eq!(world.held(), (1, 1));
}

#[tokio::test]
async fn what_is_over_is_not_prolonged_however_it_ended() {
    let (world, first, mut engineer) = World::with_holder().await;
    let second = id(&extend(&mut engineer, &first, TTL).await.done());
    let mut owner = world.signer("second").await;
    let signed = owner.sign_grant(&second, "approve").await;
    let path = format!("/api/v1/grants/{first}/revocation");
    let mut security = world.signer("security").await;
    security.browser.post(&path, json!({ "comment": "the laptop is gone" })).await.done();
    let late = owner.file_grant(&second, "approve", &signed).await;
    assert_eq!(late.code(), (409, "session_over"), "revoked between the touch and its arrival");
    assert_eq!(owner.grant_options(&second, "approve").await.code(), (409, "session_over"));
    world.grants_looked_after().await;
    assert_eq!(world.held(), (0, 0));

    let (world, first, mut engineer) = World::with_holder().await;
    let second = id(&extend(&mut engineer, &first, TTL).await.done());
    world.clock.advance(TTL);
    let mut owner = world.signer("second").await;
    assert_eq!(owner.grant_options(&second, "approve").await.code(), (410, "request_expired"));
    world.grants_looked_after().await;
    assert_eq!(owner.grant(&second).await["state"], "expired");
}

#[tokio::test]
async fn all_of_it_ends_in_time_however_late_it_is_agreed_to() {
    let (world, first, mut engineer) = World::with_holder().await;
    let began = world.clock.now();
    world.clock.advance(TTL / 2);
    engineer.return_to_work().await;
    let second = id(&extend(&mut engineer, &first, TTL * 2).await.done());
    world.signer("second").await.decide_grant(&second, "approve").await.done();
    world.heard_of("grant", "ending").await;
    world.grants_looked_after().await;
    // Two hours and a quarter are over, three quarters are left, and that is what is asked for.
    world.clock.advance(Duration::from_mins(105));
    engineer.return_to_work().await;
    let third = id(&extend(&mut engineer, &second, TTL * 3 / 4).await.done());
    world.clock.advance(Duration::from_mins(10));
    world.signer("third").await.decide_grant(&third, "approve").await.done();
    engineer.return_to_work().await;
    let ends_at = began.plus(TTL * 3);
    assert_eq!(engineer.grant(&third).await["ends_at"], json!(ends_at));
    world.deeds_done().await;
    world.clock.advance(Duration::from_mins(35));
    world.grants_looked_after().await;
    assert_eq!(world.held(), (0, 0));
}

#[tokio::test]
async fn an_outsider_sees_whether_what_was_prolonged_was_held() {
    let (world, first, mut engineer) = World::with_holder().await;
    let second = id(&extend(&mut engineer, &first, TTL).await.done());
    world.signer("second").await.decide_grant(&second, "approve").await.done();
    world.heard_of("grant", "ending").await;
    world.grants_looked_after().await;
    let origin = ORIGIN.parse().unwrap();
    let bad = |entries: &[Entry]| {
        let report = verify_entries(entries, &origin, &Keys::AssertedByServer);
        report.bad().map(|(_, checked)| checked.clone()).collect::<Vec<_>>()
    };
    let mut entries = world.entries().await;
    assert_eq!(bad(&entries), []);
    // Without the word that gave the one before, there was nothing to prolong.
    let gave =
        |it: &Entry| it.outcome == EntryOutcome::Approved && it.grant.unwrap().to_string() == first;
    entries.retain(|entry| !gave(entry));
    let found = bad(&entries);
    assert!(found.contains(&Checked::Contradicted(Contradiction::NoSession)), "{found:?}");
}
