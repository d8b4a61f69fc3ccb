//! Guard rails, tiers and busy targets: what stands against an action on its whole way.

use std::time::Duration;

use domain::policy::{Freeze, GuardRail, GuardRails, Rate, Tier};
use person::Answer;
use serde_json::json;

use crate::{
    asking::{Signer, restart},
    world::World,
};

const AGAINST: (u16, &str) = (403, "guard_rail");

async fn in_force(world: &World) {
    world.console.enforce_policy().await.unwrap();
}

/// A world in which nothing is to be changed, unless so many sign.
async fn frozen(signatures: Option<u32>) -> World {
    let world = World::new().await;
    let now = world.console.now();
    let until = now.plus(Duration::from_hours(1));
    world.policy.amend(|policy| {
        policy.freezes = vec![Freeze { name: "year-end".to_owned(), from: now, until }];
    });
    let lift = signatures.map(|needed| (GuardRail::Freeze, needed));
    world
        .policy
        .guard_restarts(GuardRails { lift: lift.into_iter().collect(), ..GuardRails::default() });
    in_force(&world).await;
    world
}

async fn ask(signer: &mut Signer, lifts: &[&str]) -> Answer {
    let mut asked = restart();
    asked["lifts"] = json!(lifts);
    signer.browser.post("/api/v1/requests", asked).await
}

fn id(answer: &Answer) -> String {
    answer.body["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_refusal_names_the_rail_its_limit_and_how_it_is_lifted() {
    let world = frozen(Some(2)).await;
    let mut on_call = world.signer("on-call").await;
    let refused = ask(&mut on_call, &[]).await;
    assert_eq!(refused.code(), AGAINST);
    assert_eq!(refused.body["rail"], "freeze");
    assert_eq!(refused.body["limit"], "year-end");
    assert_eq!(refused.body["lifted_by"], "2");
    assert_eq!(refused.body["lifters"], "owner, third");
    assert_eq!(world.told("restart-pod", "refused").await, 1);
    assert_eq!(world.told("restart-pod", "requested").await, 0);
}

#[tokio::test]
async fn what_nobody_may_lift_stays_and_what_does_not_stand_is_not_lifted() {
    let world = frozen(None).await;
    let mut on_call = world.signer("on-call").await;
    assert_eq!(ask(&mut on_call, &["freeze"]).await.code(), AGAINST);
    world.clock.advance(Duration::from_hours(1));
    on_call.return_to_work().await;
    assert_eq!(ask(&mut on_call, &["freeze"]).await.code(), (422, "not_tripped"));
    assert_eq!(ask(&mut on_call, &[]).await.status, 201);
}

#[tokio::test]
async fn a_rail_is_lifted_by_as_many_signatures_as_it_asks_for() {
    let world = frozen(Some(2)).await;
    let mut on_call = world.signer("on-call").await;
    let asked = ask(&mut on_call, &["freeze"]).await;
    let id = id(&asked);
    assert_eq!(asked.body["approvals_needed"], 2);
    assert_eq!(asked.body["approvers"], json!(["owner", "third"]));
    let first = world.signer("owner").await.decide(&id, "approve").await.done();
    assert_eq!(first["state"], "pending");
    let second = world.signer("third").await.decide(&id, "approve").await.done();
    assert_eq!(second["state"], "approved");
    assert_eq!(on_call.decide(&id, "execute").await.status, 202);
    world.heard("accepted").await;
}

#[tokio::test]
async fn a_lift_counts_for_as_much_as_the_policy_lets_it_when_it_is_used() {
    for (lift, code) in [(None, AGAINST), (Some(3), (409, "approval_lapsed"))] {
        let world = frozen(Some(1)).await;
        let mut on_call = world.signer("on-call").await;
        let id = id(&ask(&mut on_call, &["freeze"]).await);
        world.signer("owner").await.decide(&id, "approve").await.done();
        let lift = lift.map(|needed| (GuardRail::Freeze, needed)).into_iter().collect();
        world.policy.guard_restarts(GuardRails { lift, ..GuardRails::default() });
        in_force(&world).await;
        assert_eq!(on_call.decide(&id, "execute").await.code(), code);
        assert!(world.cluster.sent().is_empty());
    }
}

#[tokio::test]
async fn whoever_may_approve_but_not_lift_does_not_count() {
    let world = frozen(Some(1)).await;
    let mut on_call = world.signer("on-call").await;
    let id = id(&ask(&mut on_call, &["freeze"]).await);
    let mut second = world.signer("second").await;
    assert_eq!(second.options(&id, "approve").await.code(), (403, "refused"));
    assert_eq!(second.decide(&id, "deny").await.done()["state"], "denied");
}

#[tokio::test]
async fn a_rail_that_comes_to_stand_after_the_approval_stops_the_execution() {
    let (world, id, mut on_call) = World::with_approval().await;
    let now = world.console.now();
    world.policy.amend(|policy| {
        let until = now.plus(Duration::from_hours(1));
        policy.freezes = vec![Freeze { name: "incident".to_owned(), from: now, until }];
    });
    in_force(&world).await;
    let stopped = on_call.decide(&id, "execute").await;
    assert_eq!(stopped.code(), AGAINST);
    assert_eq!(world.state_of(&id).await, "approved");
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn a_target_that_was_acted_on_is_left_alone_for_a_while() {
    let (world, first, mut on_call) = World::with_approval().await;
    let second = world.asked_by("on-call").await;
    on_call.decide(&first, "execute").await.done();
    world.heard("accepted").await;
    let cool_down = Some(Duration::from_mins(5));
    world.policy.guard_restarts(GuardRails { cool_down, ..GuardRails::default() });
    in_force(&world).await;
    let asked = ask(&mut on_call, &[]).await;
    assert_eq!((asked.code(), &asked.body["rail"]), (AGAINST, &json!("cool-down")));
    let now = on_call.browser.get(&format!("/api/v1/requests/{second}")).await.done();
    assert_eq!(now["state"], "pending");
    let mut third = world.signer("third").await;
    let seen = third.browser.get(&format!("/api/v1/requests/{second}")).await.done();
    assert_eq!(seen["now"]["tripped"][0]["rail"], "cool-down");
    assert_eq!(seen["now"]["neighbours"][0]["id"], first.as_str());
}

/// This person asks for the restart of a pod, and it is approved.
async fn approved(asks: &mut Signer, pod: &str, owner: &mut Signer) -> String {
    let mut asked = restart();
    asked["target"]["name"] = pod.into();
    let id = id(&asks.browser.post("/api/v1/requests", asked).await);
    owner.decide(&id, "approve").await.done();
    id
}

#[tokio::test]
async fn a_floor_that_would_be_broken_by_now_stops_the_execution() {
    let world = World::new().await;
    world.policy.guard_restarts(GuardRails { ready_floor: Some(1), ..GuardRails::default() });
    in_force(&world).await;
    world.cluster.keeps(2);
    let mut on_call = world.signer("on-call").await;
    let id = approved(&mut on_call, "api-0", &mut world.signer("owner").await).await;
    world.cluster.keeps(1);
    let stopped = on_call.decide(&id, "execute").await;
    assert_eq!((stopped.code(), &stopped.body["rail"]), (AGAINST, &json!("ready-floor")));
    assert!(world.cluster.sent().is_empty());
    world.cluster.keeps(2);
    assert_eq!(on_call.decide(&id, "execute").await.status, 202);
}

#[tokio::test]
async fn a_rate_that_is_reached_by_now_stops_the_execution_however_close_they_come() {
    let world = World::new().await;
    let rate = Some(Rate { most: 1, within: Duration::from_hours(1) });
    world.policy.guard_restarts(GuardRails { rate, ..GuardRails::default() });
    in_force(&world).await;
    world.cluster.keeps(2);
    let mut owner = world.signer("owner").await;
    let (mut on_call, mut second) = (world.signer("on-call").await, world.signer("second").await);
    let one = approved(&mut on_call, "api-0", &mut owner).await;
    let other = approved(&mut second, "api-1", &mut owner).await;
    let answers: [Answer; 2] =
        tokio::join!(on_call.decide(&one, "execute"), second.decide(&other, "execute")).into();
    let begun = answers.iter().filter(|answer| answer.status == 202).count();
    assert_eq!(begun, 1, "{answers:?}");
    let stopped = answers.iter().find(|answer| answer.status != 202).unwrap();
    assert_eq!((stopped.code(), &stopped.body["rail"]), (AGAINST, &json!("rate")));
}

#[tokio::test]
async fn two_requests_are_never_carried_out_on_one_target_at_once() {
    let (world, first, mut on_call) = World::with_approval().await;
    let second = world.asked_by("on-call").await;
    world.signer("third").await.decide(&second, "approve").await.done();
    on_call.decide(&first, "execute").await.done();
    world.heard("accepted").await;
    let busy = on_call.decide(&second, "execute").await;
    assert_eq!(busy.code(), (409, "target_busy"));
    assert_eq!(world.state_of(&second).await, "approved");
    assert_eq!(world.cluster.sent().len(), 1);
}

#[tokio::test]
async fn where_little_hangs_on_it_the_requesters_touch_is_enough_and_still_asked_for() {
    let world = World::new().await;
    world.policy.amend(|policy| {
        policy.tiers.default = Tier::LEAST;
        for settings in policy.actions.values_mut() {
            settings.asking.approvals_in_tier.insert(Tier::LEAST, 0);
        }
    });
    in_force(&world).await;
    let mut on_call = world.signer("on-call").await;
    let asked = ask(&mut on_call, &[]).await;
    assert_eq!(asked.body["state"], "approved");
    assert!(world.cluster.sent().is_empty());
    assert_eq!(on_call.decide(&id(&asked), "execute").await.status, 202);
    world.heard("accepted").await;
}

#[tokio::test]
async fn a_denial_gives_its_reason() {
    let (world, id) = World::with_request().await;
    let mut owner = world.signer("owner").await;
    let credential = owner.sign(&id, "deny").await;
    for comment in [json!(null), json!("  ")] {
        let body = json!({ "decision": "deny", "credential": credential, "comment": comment });
        let path = format!("/api/v1/requests/{id}/decisions");
        let refused = owner.browser.post(&path, body).await;
        assert_eq!(refused.code(), (422, "reason_missing"));
    }
    assert_eq!(world.state_of(&id).await, "pending");
    assert_eq!(owner.decide(&id, "deny").await.done()["state"], "denied");
}
