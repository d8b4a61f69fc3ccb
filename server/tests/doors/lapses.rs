//! What held when somebody looked and holds no more when it counts: people and policies.

use domain::names::Login;

use crate::{policy::login, world::World};

const LAPSED: (u16, &str) = (409, "approval_lapsed");
const MOVED: (u16, &str) = (409, "policy_moved");

async fn lock(world: &World, name: &str) {
    world.console.lock(&world.actor("admin"), &login(name)).await.unwrap();
}

async fn strike(world: &World, name: &str) {
    world.policy.strike(name);
    world.console.enforce_policy().await.unwrap();
}

async fn demote(world: &World, name: &str) {
    world.policy.demote(name);
    world.console.enforce_policy().await.unwrap();
}

#[tokio::test]
async fn a_locked_approver_counts_no_more() {
    let (world, id, mut on_call) = World::with_approval().await;
    let touch = on_call.sign(&id, "execute").await;
    lock(&world, "owner").await;
    let answer = on_call.file(&id, "execute", &touch).await;
    assert_eq!(answer.code(), LAPSED);
    assert_eq!((&answer.body["counted"], &answer.body["needed"]), (&"0".into(), &"1".into()));
    assert_eq!(world.told("restart-pod", "refused").await, 1);
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn an_approver_who_left_the_policy_counts_no_more() {
    let (world, id, mut on_call) = World::with_approval().await;
    strike(&world, "owner").await;
    let touch = on_call.sign(&id, "execute").await;
    assert_eq!(on_call.file(&id, "execute", &touch).await.code(), LAPSED);
    assert_eq!(world.told("restart-pod", "intended").await, 0);
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn an_approver_who_lost_their_role_counts_no_more() {
    let (world, id, mut on_call) = World::with_approval().await;
    demote(&world, "owner").await;
    let touch = on_call.sign(&id, "execute").await;
    assert_eq!(on_call.file(&id, "execute", &touch).await.code(), LAPSED);
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn a_requester_who_lost_their_role_carries_nothing_out() {
    let (world, id, mut on_call) = World::with_approval().await;
    let touch = on_call.sign(&id, "execute").await;
    demote(&world, "on-call").await;
    assert_eq!(on_call.options(&id, "execute").await.code(), (403, "refused"));
    assert_eq!(on_call.file(&id, "execute", &touch).await.code(), (403, "refused"));
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn a_requester_who_departs_or_is_locked_leaves_no_open_request() {
    let (world, id) = World::with_request().await;
    lock(&world, "on-call").await;
    assert_eq!(world.state_of(&id).await, "withdrawn");
    let _enrolled = world.person("second").await;
    let id = world.asked_by("second").await;
    strike(&world, "second").await;
    let left = world.console.request(&world.actor("owner"), id.parse().unwrap()).await.unwrap();
    assert_eq!(left.view.state.as_str(), "withdrawn");
    assert_eq!(world.told("restart-pod", "withdrawn").await, 2);
}

#[tokio::test]
async fn an_approver_who_is_let_in_again_counts_again() {
    let (world, id, mut on_call) = World::with_approval().await;
    lock(&world, "owner").await;
    let touch = on_call.sign(&id, "execute").await;
    assert_eq!(on_call.file(&id, "execute", &touch).await.code(), LAPSED);
    world.console.unlock(&world.actor("admin"), &login("owner")).await.unwrap();
    assert_eq!(on_call.decide(&id, "execute").await.status, 202);
}

#[tokio::test]
async fn an_approver_locked_while_the_cluster_is_asked_counts_no_more() {
    let (world, id, mut on_call) = World::with_approval().await;
    let touch = on_call.sign(&id, "execute").await;
    meanwhile_locked(&world, login("owner"));
    let answer = on_call.file(&id, "execute", &touch).await;
    assert_eq!(answer.code(), LAPSED);
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn whoever_is_locked_while_the_cluster_is_asked_neither_decides_nor_acts() {
    let (world, id, mut on_call) = World::with_approval().await;
    let other = world.asked_by("on-call").await;
    let mut second = world.signer("second").await;
    let approval = second.sign(&other, "approve").await;
    let touch = on_call.sign(&id, "execute").await;
    meanwhile_locked(&world, login("second"));
    assert_eq!(second.file(&other, "approve", &approval).await.code(), (403, "locked"));
    meanwhile_locked(&world, login("on-call"));
    let answer = on_call.file(&id, "execute", &touch).await;
    assert_eq!(answer.code(), (403, "locked"));
    assert!(world.cluster.sent().is_empty());
}

fn meanwhile_locked(world: &World, name: Login) {
    let (console, admin) = (world.console.clone(), world.actor("admin"));
    world.cluster.meanwhile(async move { console.lock(&admin, &name).await.unwrap() });
}

#[tokio::test]
async fn a_touch_under_another_policy_is_refused() {
    let (world, id) = World::with_request().await;
    let mut owner = world.signer("owner").await;
    let touch = owner.sign(&id, "approve").await;
    strike(&world, "engineer").await;
    assert_eq!(owner.file(&id, "approve", &touch).await.code(), MOVED);
    assert_eq!(world.state_of(&id).await, "pending");
    assert_eq!(owner.decide(&id, "approve").await.done()["state"], "approved");
}

#[tokio::test]
async fn an_execution_under_another_policy_is_refused() {
    let (world, id, mut on_call) = World::with_approval().await;
    let touch = on_call.sign(&id, "execute").await;
    strike(&world, "engineer").await;
    assert_eq!(on_call.file(&id, "execute", &touch).await.code(), MOVED);
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn a_console_that_does_not_hold_the_policy_in_force_decides_nothing() {
    let (world, id, mut on_call) = World::with_approval().await;
    let other = world.asked_by("on-call").await;
    let mut second = world.signer("second").await;
    let (approval, denial) =
        (second.sign(&other, "approve").await, second.sign(&other, "deny").await);
    let touch = on_call.sign(&id, "execute").await;
    world.policy.strike("engineer");
    assert_eq!(second.file(&other, "approve", &approval).await.code(), MOVED);
    assert_eq!(second.file(&other, "deny", &denial).await.code(), MOVED);
    assert_eq!(on_call.file(&id, "execute", &touch).await.code(), MOVED);
    assert!(world.cluster.sent().is_empty());
}
