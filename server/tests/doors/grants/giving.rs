//! Giving what was approved, whatever the cluster answers.

use std::time::Duration;

use domain::testkit::GrantAnswer;
use serde_json::json;

use super::scene::TTL;
use crate::world::World;

/// After so long no call can be on its way.
const QUIET: Duration = Duration::from_secs(41);

#[tokio::test]
async fn with_the_last_approval_it_is_given_and_its_time_runs() {
    let (world, id, mut engineer) = World::with_wish(2).await;
    let first = world.signer("owner").await.decide_grant(&id, "approve").await.done();
    assert_eq!((&first["state"], world.cluster.grants.made()), (&json!("pending"), 0));
    let second = world.signer("second").await.decide_grant(&id, "approve").await.done();
    assert_eq!(second["state"], "activating");
    world.heard_of("grant", "given").await;
    let held = engineer.grant(&id).await;
    assert_eq!((&held["state"], &held["may_return"]), (&json!("active"), &json!(true)));
    let until = world.console.now().plus(TTL).to_string();
    assert_eq!(held["ends_at"], until);
    assert_eq!(world.held(), (1, 1));
    assert_eq!(world.told_of_grants().await, ["requested", "approved", "approved", "given"]);

    let standing = world.cluster.grants.holds();
    let [binding] = standing.bindings.as_slice() else { panic!("one binding") };
    assert_eq!(binding.namespace.as_ref().unwrap().as_str(), "checkout");
    assert_eq!(binding.subjects, [format!("ServiceAccount sekisho-grants/grant-{id}")]);
}

#[tokio::test]
async fn two_of_one_role_stand_and_end_each_for_itself() {
    let (world, one, mut engineer) = World::with_holder().await;
    let asked = engineer.browser.post("/api/v1/grants", super::scene::wish()).await.done();
    let other = asked["id"].as_str().unwrap();
    world.signer("second").await.decide_grant(other, "approve").await.done();
    while world.held() != (2, 2) {
        tokio::task::yield_now().await;
    }
    let path = format!("/api/v1/grants/{one}/return");
    engineer.browser.post(&path, json!({})).await.done();
    world.grants_looked_after().await;
    assert_eq!(world.held(), (1, 1));
    assert_eq!(engineer.grant(other).await["state"], "active");
    assert_eq!(engineer.grant(&one).await["state"], "ended");
}

#[tokio::test]
async fn what_the_cluster_refuses_is_not_given_and_ends() {
    let (world, id, mut engineer) = World::with_wish(1).await;
    world.cluster.grants.answers(GrantAnswer::Refused);
    world.signer("owner").await.decide_grant(&id, "approve").await.done();
    world.heard_of("grant", "ending").await;
    let ending = engineer.grant(&id).await;
    assert_eq!(
        (&ending["state"], &ending["ending"]["reason"]),
        (&json!("ending"), &json!("not_given"))
    );
    world.clock.advance(QUIET);
    world.grants_looked_after().await;
    assert_eq!(engineer.grant(&id).await["state"], "ended");
    assert_eq!(world.held(), (0, 0));
}

#[tokio::test]
async fn an_answer_that_was_lost_is_looked_for_once_no_call_can_arrive() {
    for (answer, state) in [(GrantAnswer::MadeUnheard, "active"), (GrantAnswer::NeverTold, "ended")]
    {
        let (world, id, mut engineer) = World::with_wish(1).await;
        world.cluster.grants.answers(answer);
        world.signer("owner").await.decide_grant(&id, "approve").await.done();
        world.deeds_done().await;
        world.grants_looked_after().await;
        assert_eq!(engineer.grant(&id).await["state"], "activating", "it may arrive yet");
        world.clock.advance(QUIET);
        world.grants_looked_after().await;
        assert_eq!(engineer.grant(&id).await["state"], state);
    }
}

#[tokio::test]
async fn whoever_lost_the_right_meanwhile_counts_no_more() {
    let (world, id, _) = World::with_wish(2).await;
    world.signer("owner").await.decide_grant(&id, "approve").await.done();
    world.policy.amend(|policy| {
        let owner = policy.people.get_mut(&crate::policy::login("owner")).unwrap();
        let roles = ["none".to_owned()].into();
        *owner = domain::policy::Person { roles, ..owner.as_ref().clone() }.into();
    });
    world.console.enforce_policy().await.unwrap();
    let lapsed = world.signer("second").await.decide_grant(&id, "approve").await;
    assert_eq!(lapsed.code(), (409, "approval_lapsed"));
    assert_eq!(world.cluster.grants.made(), 0);
}

#[tokio::test]
async fn a_holder_who_may_ask_no_more_is_given_nothing() {
    let (world, id, _) = World::with_wish(1).await;
    world.policy.move_to("engineer", "ledger");
    world.console.enforce_policy().await.unwrap();
    let refused = world.signer("owner").await.decide_grant(&id, "approve").await;
    assert_eq!(refused.code(), (403, "refused"));
    assert_eq!(world.cluster.grants.made(), 0);
}
