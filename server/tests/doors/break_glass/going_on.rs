//! Going on from a session that is live: more time, or a larger role, by a touch of its own.

use std::time::Duration;

use domain::grants::{ClusterRole, GrantableRole};
use person::Answer;
use serde_json::{Value, json};

use super::scene::{PATIENCE, TTL, emergency};
use crate::{asking::Signer, world::World};

/// A larger role than the one that is declared at first.
fn with_a_larger_role(world: &World) {
    let larger = "acme:operate".parse().unwrap();
    world.policy.amend(|policy| {
        let debug = policy.roles.0[0].clone();
        let operate = GrantableRole {
            name: "operate".parse().unwrap(),
            cluster_role: "acme:operate".parse().unwrap(),
            ..debug
        };
        policy.roles.0.push(operate);
    });
    let mut role = crate::grants::shell();
    role.rules[0].verbs.insert("delete".to_owned());
    world.cluster.grants.define(&larger, Some(ClusterRole { uid: "larger".into(), ..role }));
}

fn more(after: &str, role: &str, minutes: u64) -> Value {
    let mut wish = emergency();
    wish["after"] = json!(after);
    wish["role"] = json!(role);
    wish["ttl_seconds"] = json!(minutes * 60);
    wish["intent"] = json!("fail over by hand");
    wish
}

impl Signer {
    async fn goes_on(&mut self, wish: Value) -> Answer {
        self.browser.post("/api/v1/break-glass", wish).await
    }

    /// Declares how they go on, and opens it alone.
    async fn goes_on_alone(&mut self, wish: Value) -> String {
        let declared = self.goes_on(wish).await;
        assert_eq!(declared.status, 201, "{}", declared.body);
        let id = declared.body["id"].as_str().unwrap().to_owned();
        self.open(&id).await.done();
        id
    }
}

async fn given_twice(world: &World) {
    world.deeds_done().await;
    assert_eq!(world.held(), (2, 2));
}

#[tokio::test]
async fn a_larger_role_takes_a_touch_of_its_own_and_one_review_covers_both() {
    let (world, first, mut on_call) = World::with_session().await;
    with_a_larger_role(&world);
    world.console.enforce_policy().await.unwrap();
    let second = on_call.goes_on_alone(more(&first, "operate", 10)).await;
    given_twice(&world).await;
    let session = on_call.session(&second).await;
    assert_eq!(session["declaration"]["goes_on"]["first"], json!(first));
    assert_eq!((&session["is_alone"], &session["role"]), (&json!(true), &json!("operate")));
    assert_eq!(session["review"]["session"], json!(first), "it has no other review");
    assert_eq!(session["review"]["steps"][0]["session"], json!(second));

    let closed = on_call.close(&second).await.done();
    assert_eq!(closed["review"]["state"], "open", "with one word both are closed");
    world.followed().await;
    assert_eq!(world.held(), (0, 0));
    assert_eq!(on_call.session(&first).await["state"], "ended");
    on_call.tell(&second).await.done();
    let review = world.signer("owner").await.review(&first).await;
    let deeds = review["case"]["deeds"].as_array().unwrap().iter();
    let opened = deeds.filter(|deed| deed["outcome"] == "opened").map(|deed| deed["grant"].clone());
    assert_eq!(opened.collect::<Vec<_>>(), [json!(first), json!(second)], "the case holds both");
    assert_eq!(review["account"]["found"], "a lock");
    world.signer("security").await.judge(&first, "justified").await.done();
}

#[tokio::test]
async fn all_of_it_ends_within_twice_the_longest_of_one() {
    let (world, first, mut on_call) = World::with_session().await;
    world.clock.advance(TTL.saturating_sub(Duration::from_mins(5)));
    on_call.return_to_work().await;
    let second = on_call.goes_on_alone(more(&first, "debug", 30)).await;
    world.deeds_done().await;
    world.clock.advance(Duration::from_mins(25));
    world.grants_looked_after().await;
    on_call.return_to_work().await;
    assert_eq!(on_call.session(&first).await["state"], "ended");
    let offer = format!("/api/v1/break-glass/offer?cluster=demo&namespace=checkout&after={second}");
    let offer = on_call.browser.get(&offer).await.done();
    assert_eq!(offer["roles"][0]["longest_seconds"], 20 * 60, "forty minutes went by");
    assert_eq!(offer["before"]["incident"], "INC-7");
    let long = on_call.goes_on(more(&second, "debug", 21)).await;
    assert_eq!(long.code(), (422, "ttl_out_of_bounds"));
    let declared = on_call.goes_on(more(&second, "debug", 20)).await.done();
    let third = declared["id"].as_str().unwrap().to_owned();
    let ends_by = world.console.now().plus(Duration::from_mins(20)).to_string();
    world.clock.advance(Duration::from_mins(1));
    on_call.open(&third).await.done();
    world.deeds_done().await;
    assert_eq!(on_call.session(&third).await["ends_at"], ends_by, "a touch that is late adds none");
    let still = on_call.browser.get("/api/v1/break-glass").await.done();
    assert_eq!(still["items"].as_array().unwrap().len(), 1, "one emergency, one banner: {still}");
}

#[tokio::test]
async fn from_what_is_over_or_another_s_nobody_goes_on() {
    let (world, first, mut on_call) = World::with_session().await;
    let mut second = world.signer("second").await;
    assert_eq!(second.goes_on(more(&first, "debug", 10)).await.code(), (403, "not_requester"));
    let mut other = more(&first, "debug", 10);
    other["incident"] = json!("INC-8");
    let answer = on_call.goes_on(other).await;
    assert_eq!((answer.code(), &answer.body["field"]), ((422, "malformed"), &json!("incident")));

    let waits = on_call.goes_on(more(&first, "debug", 10)).await.done();
    let waits = waits["id"].as_str().unwrap().to_owned();
    let options = on_call.opening_options(&waits).await.done();
    let touch = on_call.authenticator.touch(&options);
    world.signer("owner").await.close(&first).await.done();
    let over = on_call.file_opening(&waits, &touch).await;
    assert_eq!(over.code(), (409, "session_over"));
    assert_eq!(on_call.goes_on(more(&first, "debug", 10)).await.code(), (409, "session_over"));
    world.followed().await;
    assert_eq!(world.held(), (0, 0));
}

#[tokio::test]
async fn a_time_that_is_over_counts_before_anybody_noticed() {
    let (world, first, mut on_call) = World::with_session().await;
    let waits = on_call.goes_on(more(&first, "debug", 10)).await.done();
    assert_eq!(waits["expires_at"], on_call.session(&first).await["ends_at"]);
    world.clock.advance(TTL);
    on_call.return_to_work().await;
    // No job ran: the session before is held by its state still.
    let id = waits["id"].as_str().unwrap();
    assert_eq!(on_call.open(id).await.code(), (410, "request_expired"));
    assert_eq!(on_call.goes_on(more(&first, "debug", 10)).await.code(), (409, "session_over"));
}

#[tokio::test]
async fn an_approver_who_is_awake_has_their_time_again() {
    let world = World::by_day().await;
    let mut on_call = world.signer("on-call").await;
    let first = on_call.declares().await;
    world.signer("owner").await.decide_grant(&first, "approve").await.done();
    world.heard_of("break-glass", "given").await;
    let declared = on_call.goes_on(more(&first, "debug", 10)).await.done();
    let id = declared["id"].as_str().unwrap().to_owned();
    assert_eq!(declared["alone_from"], world.console.now().plus(PATIENCE).to_string());
    assert_eq!(on_call.open(&id).await.code(), (403, "patience"));
    let mut third = world.signer("third").await;
    third.decide_grant(&id, "approve").await.done();
    given_twice(&world).await;
    on_call.close(&first).await.done();
    world.followed().await;
    assert_eq!(world.held(), (0, 0), "whichever is closed, all of it is");
    let judged = third.judge(&first, "justified").await;
    assert_eq!(judged.code(), (403, "involved"), "whoever approved a step was part of it");
}

#[tokio::test]
async fn a_smaller_role_is_no_way_on() {
    let (world, _, mut on_call) = World::with_session().await;
    with_a_larger_role(&world);
    world.console.enforce_policy().await.unwrap();
    world.followed().await;
    let live = on_call.browser.get("/api/v1/break-glass").await.done();
    let first = live["items"][0]["id"].as_str().unwrap().to_owned();
    let larger = on_call.goes_on_alone(more(&first, "operate", 10)).await;
    given_twice(&world).await;
    let smaller = on_call.goes_on(more(&larger, "debug", 10)).await;
    assert_eq!((smaller.code(), &smaller.body["field"]), ((422, "malformed"), &json!("role")));
    let offer = format!("/api/v1/break-glass/offer?cluster=demo&namespace=checkout&after={larger}");
    let roles = on_call.browser.get(&offer).await.done()["roles"].clone();
    assert_eq!(roles.as_array().unwrap().len(), 1);
}
