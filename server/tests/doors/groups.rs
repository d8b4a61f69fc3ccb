//! Approvals that must come of certain groups: code owners, who is on call, another team.

use std::{sync::Arc, time::Duration};

use domain::{
    actions::{ActionKind, catalogue::RestartPod},
    names::TeamName,
    policy::{
        ApproverGroup::{self, AnotherTeam, CodeOwners, OnCall},
        Ownership, Shift,
    },
    tenants::TenantName,
};
use serde_json::json;

use crate::{asking::restart, policy::login, world::World};

const NEEDED: (u16, &str) = (403, "other_approver_needed");

/// Two teams own whatever there is.
struct Shared;

impl Ownership for Shared {
    fn owners(&self, _: &TenantName) -> Vec<TeamName> {
        ["checkout", "ledger"].map(|team| team.parse().unwrap()).into()
    }
}

/// A world whose restarts need so many approvals, somebody of each of these groups among them.
async fn asking_for(approvals: u32, groups: &[ApproverGroup]) -> World {
    let world = World::new().await;
    world.policy.ask_for_approvals(approvals);
    world.policy.amend(|policy| {
        policy.ownership = Arc::new(Shared);
        let restarts = policy.actions.get_mut(&ActionKind::of(&RestartPod)).unwrap();
        restarts.asking.approvals_from = groups.to_vec();
    });
    world.console.enforce_policy().await.unwrap();
    world
}

#[tokio::test]
async fn an_approval_counts_only_of_the_group_that_is_asked_for() {
    let world = asking_for(1, &[OnCall]).await;
    let mut on_call = world.signer("on-call").await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await;
    let id = asked.body["id"].as_str().unwrap().to_owned();
    assert_eq!(asked.body["approvals_missing_from"], json!(["on-call"]));
    assert_eq!(asked.body["approvers"], json!(["second"]));

    let mut owner = world.signer("owner").await;
    let refused = owner.options(&id, "approve").await;
    assert_eq!(refused.code(), NEEDED);
    assert_eq!(refused.body["from"], "on-call");
    assert_eq!(owner.options(&id, "deny").await.status, 200, "whoever may decide may say no");

    let approved = world.signer("second").await.decide(&id, "approve").await.done();
    assert_eq!(approved["state"], "approved");
    assert_eq!(approved["approvals_missing_from"], json!([]));
    assert_eq!(on_call.decide(&id, "execute").await.status, 202);
    world.heard("accepted").await;
}

#[tokio::test]
async fn the_last_signature_is_kept_for_the_group_that_is_missing() {
    let world = asking_for(2, &[CodeOwners, AnotherTeam]).await;
    world.policy.move_to("third", "ledger");
    world.console.enforce_policy().await.unwrap();
    let mut on_call = world.signer("on-call").await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await;
    let id = asked.body["id"].as_str().unwrap().to_owned();
    assert_eq!(asked.body["approvers"], json!(["owner", "second", "third"]));

    // Signed for while it was still of use.
    let mut second = world.signer("second").await;
    let early = second.sign(&id, "approve").await;
    let first = world.signer("owner").await.decide(&id, "approve").await.done();
    assert_eq!(first["approvals_missing_from"], json!(["another-team"]));
    assert_eq!(first["approvers"], json!(["third"]));
    assert_eq!(second.file(&id, "approve", &early).await.code(), NEEDED);
    assert_eq!(world.told("restart-pod", "refused").await, 1);

    let both = world.signer("third").await.decide(&id, "approve").await.done();
    assert_eq!(both["state"], "approved");
    assert_eq!(on_call.decide(&id, "execute").await.status, 202);
    world.heard("accepted").await;
}

#[tokio::test]
async fn whoever_joined_the_requesters_team_is_of_another_no_more() {
    let world = asking_for(1, &[AnotherTeam]).await;
    world.policy.move_to("third", "ledger");
    world.console.enforce_policy().await.unwrap();
    let mut on_call = world.signer("on-call").await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await;
    let id = asked.body["id"].as_str().unwrap().to_owned();
    world.signer("third").await.decide(&id, "approve").await.done();
    world.policy.move_to("third", "checkout");
    world.console.enforce_policy().await.unwrap();
    let lapsed = on_call.decide(&id, "execute").await;
    assert_eq!(lapsed.code(), (409, "approval_lapsed"));
    assert_eq!(lapsed.body["missing_from"], "another-team");
    assert!(world.cluster.sent().is_empty());
}

/// A shift of five minutes, at the beginning of the world's time: a Thursday.
fn short_shift(person: &str) -> Shift {
    Shift {
        person: login(person),
        role: ApproverGroup::ON_CALL_ROLE.to_owned(),
        from: "Thu 00:00".parse().unwrap(),
        until: "Thu 00:05".parse().unwrap(),
    }
}

#[tokio::test]
async fn somebody_stands_for_those_on_call_as_long_as_their_shift_lasts() {
    let world = asking_for(1, &[OnCall]).await;
    world.policy.amend(|policy| policy.on_call.weekly = vec![short_shift("third")]);
    world.console.enforce_policy().await.unwrap();
    let mut on_call = world.signer("on-call").await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await.done();
    let id = asked["id"].as_str().unwrap();
    assert_eq!(asked["approvers"], json!(["second", "third"]));
    let approved = world.signer("third").await.decide(id, "approve").await.done();
    assert_eq!(approved["state"], "approved");

    world.clock.advance(Duration::from_mins(5));
    let lapsed = on_call.decide(id, "execute").await;
    assert_eq!(lapsed.code(), (409, "approval_lapsed"));
    assert_eq!(lapsed.body["missing_from"], "on-call");
    assert!(world.cluster.sent().is_empty());
}
