//! Targets that are no longer what was asked about: the request is void, and its entry says how.

use serde_json::Value;

use crate::world::World;

const DRIFTED: (u16, &str) = (409, "target_drifted");

/// What happens to the pod, and how the request is void by it.
type Drift = (fn(&World), &'static str);

const DRIFTS: [Drift; 3] = [
    (|world| world.cluster.recreate(), "recreated"),
    (|world| world.cluster.change(), "changed"),
    (|world| world.cluster.remove(), "gone"),
];

async fn is_void(world: &World, id: &str, answer: person::Answer, reason: &str) {
    assert_eq!(answer.code(), DRIFTED);
    assert_eq!(answer.body["drift"], reason);
    assert_eq!(world.state_of(id).await, "void");
    let entries = world.entries().await;
    assert_eq!(entries[0].outcome.as_str(), "void");
    assert_eq!(entries[0].detail["drift"], Value::from(reason));
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn a_target_that_drifted_is_not_approved() {
    for (drift, reason) in DRIFTS {
        let (world, id) = World::with_request().await;
        let mut owner = world.signer("owner").await;
        let touch = owner.sign(&id, "approve").await;
        drift(&world);
        let answer = owner.file(&id, "approve", &touch).await;
        is_void(&world, &id, answer, reason).await;
    }
}

#[tokio::test]
async fn a_target_that_drifted_is_not_acted_on() {
    for (drift, reason) in DRIFTS {
        let (world, id, mut on_call) = World::with_approval().await;
        let touch = on_call.sign(&id, "execute").await;
        drift(&world);
        let answer = on_call.file(&id, "execute", &touch).await;
        is_void(&world, &id, answer, reason).await;
    }
}

#[tokio::test]
async fn a_target_that_drifted_is_not_even_signed() {
    for (drift, reason) in DRIFTS {
        let (world, id) = World::with_request().await;
        let mut owner = world.signer("owner").await;
        drift(&world);
        let answer = owner.options(&id, "approve").await;
        is_void(&world, &id, answer, reason).await;
    }
}
