//! The database or the cluster goes away on the way: nothing is invented, and what can end ends later.

use crate::{settling::settles_unheard, world::World};

const AWAY: (u16, &str) = (503, "cluster_unavailable");

#[tokio::test]
async fn without_a_database_no_word_is_given_and_nothing_sent() {
    let (world, id, mut on_call) = World::with_approval().await;
    let touch = on_call.sign(&id, "execute").await;
    let store = world.store.clone();
    world.cluster.meanwhile(async move { store.close().await });
    let answer = on_call.file(&id, "execute", &touch).await;
    assert_eq!(answer.code(), (503, "database_unavailable"));
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn what_was_sent_is_settled_though_its_answer_was_not_written_down() {
    let (world, id, ready) = World::with_intent().await;
    world.store.close().await;
    world.console.carry_out(ready).await.unwrap_err();
    assert_eq!(world.cluster.sent().len(), 1);
    world.cluster.remove();
    let world = world.begun_again().await;
    settles_unheard(&world).await;
    assert_eq!(world.state_of(&id).await, "unknown", "the log does not say that it was accepted");
}

#[tokio::test]
async fn a_cluster_that_is_away_voids_nothing() {
    let (world, id) = World::with_request().await;
    let mut owner = world.signer("owner").await;
    let touch = owner.sign(&id, "approve").await;
    world.cluster.is_away(true);
    assert_eq!(owner.file(&id, "approve", &touch).await.code(), AWAY);
    assert_eq!(owner.options(&id, "approve").await.code(), AWAY);
    assert_eq!(world.state_of(&id).await, "pending");
    world.cluster.is_away(false);
    owner.decide(&id, "approve").await.done();
}

#[tokio::test]
async fn a_cluster_that_is_away_settles_nothing() {
    let (world, id, ready) = World::with_intent().await;
    world.console.carry_out(ready).await.unwrap();
    world.cluster.recreate();
    world.cluster.is_away(true);
    assert_eq!(world.settled().await, 0, "what its watches show may be old");
    world.cluster.is_away(false);
    assert_eq!(world.settled().await, 1);
    assert_eq!(world.state_of(&id).await, "succeeded");
}

#[tokio::test]
async fn what_was_not_heard_is_asked_until_the_cluster_answers() {
    let (world, id, ready) = World::with_intent().await;
    drop(ready);
    world.cluster.is_away(true);
    world.clock.advance(std::time::Duration::from_hours(1));
    assert_eq!(world.settled().await, 0);
    world.cluster.is_away(false);
    assert_eq!(world.settled().await, 1);
    assert_eq!(world.state_of(&id).await, "failed");
}
