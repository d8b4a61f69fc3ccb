//! Event streams: what they tell, and how they end.

use std::time::Duration;

use person::Listening;
use tokio::time::sleep;

use crate::world::World;

/// The notes of a stream, once it is over.
async fn notes(stream: Listening) -> Vec<String> {
    let text = stream.to_its_end().await;
    text.lines().filter_map(|line| line.strip_prefix("event: ")).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_says_so() {
    let world = World::new().await;
    let (mut here, mut authenticator) = world.person("engineer").await;
    let mut there = world.browser();
    there.sign_in(&mut authenticator).await.done();
    let stream = there.listen("/api/v1/stream?view=home").await;
    here.delete("/api/v1/identity/sessions").await.done();
    assert_eq!(notes(stream).await, ["changed", "ended"]);
}

#[tokio::test]
async fn a_stream_outlives_a_cluster_that_is_away_for_a_while() {
    let world = World::new().await;
    let (mut browser, _) = world.person("engineer").await;
    let stream = browser.listen("/api/v1/stream?view=tenant:demo/checkout").await;
    let meanwhile = async {
        world.cluster.fall_silent();
        sleep(Duration::from_secs(4)).await;
        world.cluster.speak_again();
        sleep(Duration::from_secs(4)).await;
        world.policy.strike("engineer");
    };
    let (notes, ()) = tokio::join!(notes(stream), meanwhile);
    assert_eq!(notes, ["changed", "freshness", "ended"]);
}

#[tokio::test]
async fn streams_are_cut_off_without_a_word_when_the_console_ends() {
    let world = World::new().await;
    let (mut browser, _) = world.person("engineer").await;
    let stream = browser.listen("/api/v1/stream?view=home").await;
    world.state.streams.end();
    assert!(!notes(stream).await.contains(&"ended".to_owned()));
}

#[tokio::test]
async fn one_stream_too_many_cuts_the_oldest_of_its_session_off() {
    let world = World::new().await;
    let (mut browser, _) = world.person("engineer").await;
    let oldest = browser.listen("/api/v1/stream?view=home").await;
    let mut others = Vec::new();
    for _ in 0..8 {
        others.push(browser.listen("/api/v1/stream?view=home").await);
    }
    assert!(!notes(oldest).await.contains(&"ended".to_owned()));
    let still_open = sleep(Duration::from_secs(2));
    tokio::select! {
        notes = notes(others.remove(0)) => panic!("{notes:?}"),
        () = still_open => {}
    }
}

#[tokio::test]
async fn the_events_of_a_request_lead_to_its_verdict_and_end_there() {
    let (world, id, ready) = World::with_intent().await;
    let (mut engineer, _) = world.person("engineer").await;
    let stream = engineer.listen(&format!("/api/v1/requests/{id}/events")).await;
    let meanwhile = async {
        world.console.carry_out(ready).await.unwrap();
        sleep(Duration::from_secs(3)).await;
        world.cluster.recreate();
        world.console.settle_executions().await.unwrap();
    };
    let (text, ()) = tokio::join!(stream.to_its_end(), meanwhile);
    let told: Vec<serde_json::Value> = text
        .lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .map(|data| serde_json::from_str(data).unwrap())
        .collect();
    let seen = |told: &serde_json::Value| -> Vec<String> {
        let milestones = told["milestones"].as_array().unwrap().iter();
        let seen = milestones.filter(|it| it["seen"] == true);
        seen.map(|it| it["milestone"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(seen(&told[0]), ["ordered"]);
    assert_eq!(seen(&told[1]), ["ordered", "accepted"]);
    let last = told.last().unwrap();
    assert_eq!(last["state"], "succeeded");
    assert_eq!(seen(last), [""; 0], "what happens there afterwards is no part of the request");
    assert_eq!(text.matches("event: verdict").count(), 1);
}

#[tokio::test]
async fn the_events_of_a_request_that_ended_are_its_verdict_alone() {
    let (world, id) = World::with_request().await;
    world.signer("owner").await.decide(&id, "deny").await.done();
    let (mut engineer, _) = world.person("engineer").await;
    let stream = engineer.listen(&format!("/api/v1/requests/{id}/events")).await;
    assert_eq!(notes(stream).await, ["verdict"]);
}

#[tokio::test]
async fn what_happens_in_a_tenant_is_told_to_nobody_who_may_not_see_it_now() {
    let (world, id, ready) = World::with_intent().await;
    world.console.carry_out(ready).await.unwrap();
    let on_call = world.actor("on-call");
    let id = id.parse().unwrap();
    let seen = world.console.progress(&on_call, id).await.unwrap();
    assert!(!seen.milestones.is_empty());
    world.cluster.fall_silent();
    let blind = world.console.progress(&on_call, id).await.unwrap();
    assert_eq!(blind.state, seen.state, "their own request stays theirs");
    assert!(blind.milestones.is_empty() && blind.pods.is_empty() && blind.freshness.is_none());
}
