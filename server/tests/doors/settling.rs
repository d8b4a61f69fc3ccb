//! Executions and how they come to an end, whatever happens to the console and the cluster on the way.

use std::{sync::Arc, time::Duration};

use domain::actions::ANSWER_MARGIN;
use serde_json::json;
use tokio::{sync::Barrier, task::JoinSet};

use crate::{cluster::Says, world::World};

const DEADLINE: Duration = Duration::from_secs(30);
const SETTLE_WITHIN: Duration = Duration::from_mins(5);

impl World {
    pub(crate) async fn settled(&self) -> usize {
        self.console.settle_executions().await.unwrap()
    }

    /// How a request ended: its state, and what was seen of its effect.
    pub(crate) async fn end_of(&self, id: &str) -> (String, serde_json::Value) {
        let request = self.console.request(&self.actor("second"), id.parse().unwrap()).await;
        let view = serde_json::to_value(request.unwrap().view).unwrap();
        (view["state"].as_str().unwrap().to_owned(), view["outcome"]["verdict"]["effect"].clone())
    }
}

/// Every call has a touch of its own, and all of them are signed before the first is sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_thousand_executions_at_once_one_has_an_effect() {
    const CALLS: usize = 1000;
    let world = World::patient().await;
    let id = world.asked_by("on-call").await;
    let mut on_call = world.approved(&id).await;
    let mut touches = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        touches.push(on_call.sign(&id, "execute").await);
    }
    let path = format!("/api/v1/requests/{id}/execution");
    let start = Arc::new(Barrier::new(CALLS));
    let calls = touches.into_iter().map(|credential| {
        let (mut browser, path, start) = (on_call.browser.clone(), path.clone(), start.clone());
        async move {
            start.wait().await;
            browser.post(&path, json!({ "credential": credential })).await
        }
    });
    let answers = calls.collect::<JoinSet<_>>().join_all().await;
    let begun = answers.iter().filter(|answer| answer.status == 202).count();
    assert_eq!((begun, answers.len()), (1, CALLS));
    // Whoever looks after the word was given finds another state; a touch that arrives after a later one counts
    // backwards.
    let late = [(409, "conflict"), (409, "wrong_state"), (422, "credential_rejected")];
    let others = answers.iter().filter(|it| it.status != 202 && !late.contains(&it.code()));
    let others: Vec<_> = others.map(person::Answer::code).collect();
    assert!(others.is_empty(), "{} others: {:?}", others.len(), others.first());

    world.heard("accepted").await;
    assert_eq!(world.told("restart-pod", "intended").await, 1);
    world.cluster.recreate();
    assert_eq!(world.settled().await, 1);
    assert_eq!(world.cluster.sent().len(), 1);
}

#[tokio::test]
async fn an_execution_that_overtakes_another_wins() {
    let (world, id, mut on_call) = World::with_approval().await;
    let (slow, fast) = (on_call.sign(&id, "execute").await, on_call.sign(&id, "execute").await);
    let mut overtaking = on_call.browser.clone();
    let path = format!("/api/v1/requests/{id}/execution");
    world.cluster.meanwhile(async move {
        overtaking.post(&path, json!({ "credential": fast })).await.done();
    });
    assert_eq!(on_call.file(&id, "execute", &slow).await.code(), (409, "conflict"));
    world.heard("accepted").await;
    assert_eq!(world.cluster.sent().len(), 1);
}

#[tokio::test]
async fn what_the_cluster_refuses_has_failed_without_effect() {
    let (world, id, mut on_call) = World::with_approval().await;
    world.cluster.says(Says::No);
    assert_eq!(on_call.decide(&id, "execute").await.status, 202);
    world.heard("failed").await;
    assert_eq!(world.end_of(&id).await, ("failed".to_owned(), json!("none")));
    assert_eq!(world.story().await, ["requested", "approved", "intended", "failed"]);
    assert_eq!(world.settled().await, 0);
}

#[tokio::test]
async fn a_pod_that_does_not_end_in_time_is_a_failure() {
    let (world, id, ready) = World::with_intent().await;
    world.console.carry_out(ready).await.unwrap();
    world.clock.advance(SETTLE_WITHIN.saturating_sub(Duration::from_secs(1)));
    assert_eq!(world.settled().await, 0);
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(world.settled().await, 1);
    assert_eq!(world.end_of(&id).await, ("failed".to_owned(), json!("took_place")));
}

/// Nobody heard an answer; until the margin after the deadline has passed that may still change.
pub(crate) async fn settles_unheard(world: &World) {
    let almost = (DEADLINE + ANSWER_MARGIN).saturating_sub(Duration::from_secs(1));
    world.clock.advance(almost);
    assert_eq!(world.settled().await, 0, "the answer may be on its way");
    world.clock.advance(Duration::from_secs(1));
    let (one, other) = tokio::join!(world.settled(), world.settled());
    assert_eq!(one + other, 1, "two replicas settle it once");
    assert_eq!(world.settled().await, 0);
}

#[tokio::test]
async fn a_console_that_fell_after_its_word_did_nothing_while_the_pod_stands() {
    let (world, id, ready) = World::with_intent().await;
    drop(ready);
    settles_unheard(&world).await;
    assert_eq!(world.end_of(&id).await, ("failed".to_owned(), json!("none")));
    assert_eq!(world.story().await, ["requested", "approved", "intended", "failed"]);
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn a_console_that_fell_after_its_word_knows_nothing_when_the_pod_is_gone() {
    let departures: [fn(&World); 2] =
        [|world| world.cluster.remove(), |world| world.cluster.recreate()];
    for depart in departures {
        let (world, id, ready) = World::with_intent().await;
        drop(ready);
        depart(&world);
        settles_unheard(&world).await;
        assert_eq!(world.end_of(&id).await, ("unknown".to_owned(), json!(null)));
        assert_eq!(world.story().await, ["requested", "approved", "intended", "unknown"]);
    }
}

#[tokio::test]
async fn a_lost_answer_is_asked_of_the_cluster() {
    for (gone, state, effect) in [(false, "failed", json!("none")), (true, "unknown", json!(null))]
    {
        let (world, id, ready) = World::with_intent().await;
        world.cluster.says(Says::Nothing);
        world.console.carry_out(ready).await.unwrap();
        assert_eq!(world.state_of(&id).await, "executing");
        if gone {
            world.cluster.remove();
        }
        settles_unheard(&world).await;
        assert_eq!(world.end_of(&id).await, (state.to_owned(), effect));
    }
}

#[tokio::test]
async fn a_heard_execution_ends_though_its_requester_departed() {
    let (world, id, ready) = World::with_intent().await;
    world.console.carry_out(ready).await.unwrap();
    world.policy.strike("on-call");
    world.console.enforce_policy().await.unwrap();
    world.cluster.recreate();
    assert_eq!(world.settled().await, 1);
    assert_eq!(world.state_of(&id).await, "succeeded");
}

#[tokio::test]
async fn an_unheard_execution_ends_though_its_requester_was_locked() {
    let (world, id, ready) = World::with_intent().await;
    drop(ready);
    let on_call = crate::policy::login("on-call");
    world.console.lock(&world.actor("admin"), &on_call).await.unwrap();
    settles_unheard(&world).await;
    assert_eq!(world.state_of(&id).await, "failed");
}

#[tokio::test]
async fn an_unheard_execution_ends_though_its_requester_departed() {
    let (world, id, ready) = World::with_intent().await;
    drop(ready);
    world.policy.strike("on-call");
    world.console.enforce_policy().await.unwrap();
    settles_unheard(&world).await;
    assert_eq!(world.state_of(&id).await, "unknown", "nobody is left who could look");
}
