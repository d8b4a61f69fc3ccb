//! Drills: everything but the power.

use std::time::Duration;

use serde_json::{Value, json};

use super::scene::{TTL, WITHIN, emergency};
use crate::{
    asking::{Signer, restart},
    world::World,
};

fn drill() -> Value {
    let mut wish = emergency();
    wish["drill"] = json!(true);
    wish
}

impl Signer {
    async fn drills(&mut self) -> String {
        let declared = self.browser.post("/api/v1/break-glass", drill()).await;
        assert_eq!(declared.status, 201, "{}", declared.body);
        let id = declared.body["id"].as_str().unwrap().to_owned();
        self.open(&id).await.done();
        id
    }
}

#[tokio::test]
async fn it_goes_as_the_real_thing_and_the_cluster_is_never_told() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.drills().await;
    world.heard_of("break-glass", "given").await;
    let session = on_call.session(&id).await;
    assert_eq!((&session["state"], &session["is_alone"]), (&json!("active"), &json!(true)));
    assert_eq!((world.held(), world.cluster.grants.made()), ((0, 0), 0));
    world.grants_looked_after().await;
    assert_eq!(on_call.session(&id).await["state"], "active", "there is nothing to miss");
    let banner = on_call.browser.get("/api/v1/break-glass").await.done();
    assert_eq!(banner["items"][0]["is_drill"], true);

    on_call.close(&id).await.done();
    world.followed().await;
    assert_eq!(on_call.session(&id).await["state"], "ended");
    on_call.tell(&id).await.done();
    let mut owner = world.signer("owner").await;
    assert_eq!(owner.review(&id).await["is_drill"], true);
    owner.judge(&id, "justified").await.done();
    assert_eq!(
        world.told_at_night().await,
        ["requested", "opened", "given", "ending", "due", "ended", "accounted", "judged"]
    );
    let summary =
        world.signer("security").await.browser.get("/api/v1/reviews/summary").await.done();
    assert_eq!((&summary["last"]["drills"], &summary["last"]["sessions"]), (&json!(1), &json!(0)));
}

#[tokio::test]
async fn it_gives_no_token_and_stands_for_no_approval() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.drills().await;
    world.heard_of("break-glass", "given").await;
    let path = format!("/api/v1/grants/{id}/kubeconfig");
    assert_eq!(on_call.browser.post(&path, json!({})).await.code(), (409, "drill"));
    let asked = on_call.browser.post("/api/v1/requests", restart()).await.done();
    assert_eq!((&asked["state"], &asked["session"]), (&json!("pending"), &json!(null)));
}

#[tokio::test]
async fn it_stands_against_nothing_when_the_night_comes() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let live = on_call.drills().await;
    let real = on_call.breaks_glass().await;
    world.heard_of("break-glass", "given").await;
    on_call.close(&real).await.done();
    on_call.close(&live).await.done();
    world.followed().await;
    for _ in 0..2 {
        let id = on_call.drills().await;
        on_call.close(&id).await.done();
        world.followed().await;
    }
    on_call.tell(&real).await.done();
    world.clock.advance(WITHIN);
    on_call.return_to_work().await;
    // Three drills wait for their account and their review, overdue; one real session waits for its review.
    let again = on_call.breaks_glass().await;
    world.deeds_done().await;
    assert_eq!(on_call.session(&again).await["is_alone"], true);
}

#[tokio::test]
async fn only_where_the_policy_says_so_and_no_step_leads_out_of_it() {
    let world = World::at_night().await;
    world.policy.amend(|policy| {
        policy.break_glass.as_mut().unwrap().drills_in.clear();
    });
    world.console.enforce_policy().await.unwrap();
    let mut on_call = world.signer("on-call").await;
    let refused = on_call.browser.post("/api/v1/break-glass", drill()).await;
    assert_eq!(refused.code(), (403, "refused"));
    assert_eq!(refused.body["rule"], "no-drills-in-this-tenant");

    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.drills().await;
    world.heard_of("break-glass", "given").await;
    let mut out = emergency();
    out["after"] = json!(id);
    let answer = on_call.browser.post("/api/v1/break-glass", out).await;
    assert_eq!((answer.code(), &answer.body["field"]), ((422, "malformed"), &json!("drill")));
    world.clock.advance(TTL + Duration::from_mins(1));
    world.followed().await;
    assert_eq!(world.held(), (0, 0));
}

#[tokio::test]
async fn a_drill_that_was_denied_is_no_answer_to_an_emergency() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let declared = on_call.browser.post("/api/v1/break-glass", drill()).await.done();
    let id = declared["id"].as_str().unwrap();
    world.signer("owner").await.decide_grant(id, "deny").await.done();
    on_call.breaks_glass().await;
}
