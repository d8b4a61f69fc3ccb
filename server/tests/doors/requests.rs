//! The way of a request: asked for, approved, carried out, settled; or taken back, denied, run out.

use std::time::Duration;

use domain::actions::{ActionKind, catalogue::RestartPod};
use person::Browser;
use sekisho::verify::{Checked, Keys, verify_entries};
use serde_json::{Value, json};

use crate::{
    asking::{Signer, restart},
    policy::login,
    world::{ORIGIN, World},
};

const REQUEST_TTL: Duration = Duration::from_mins(30);
const APPROVAL_TTL: Duration = Duration::from_mins(10);

async fn waiting(world: &World, name: &str) -> usize {
    world.console.waiting_for(&world.actor(name)).await.unwrap().len()
}

#[tokio::test]
async fn what_was_not_done_may_be_asked_for_again_as_it_was() {
    let world = World::new().await;
    let mut on_call = world.signer("on-call").await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await.done();
    assert_eq!((&asked["again"], &asked["way_back"]), (&Value::Null, &Value::Null));
    let id = asked["id"].as_str().unwrap();
    let denied = world.signer("owner").await.decide(id, "deny").await.done();
    assert_eq!(denied["again"], json!({ "action": "restart-pod", "parameters": {} }));

    let second = on_call.browser.post("/api/v1/requests", restart()).await.done();
    world.clock.advance(REQUEST_TTL + Duration::from_secs(1));
    assert_eq!(world.console.expire_requests().await.unwrap(), 1);
    on_call.return_to_work().await;
    let path = format!("/api/v1/requests/{}", second["id"].as_str().unwrap());
    let expired = on_call.browser.get(&path).await.done();
    assert_eq!(expired["again"]["action"], "restart-pod", "{expired}");
}

#[tokio::test]
async fn the_document_of_the_api_names_every_field_of_an_answer() {
    let world = World::new().await;
    let mut on_call = world.signer("on-call").await;
    let mut security = world.signer("security").await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await.done();
    let me = security.browser.get("/api/v1/me").await.done();
    let document = on_call.browser.get("/api/openapi.json").await.done();
    for (schema, answer) in [("Request", &asked), ("Preview", &asked["preview"]), ("Me", &me)] {
        let declared = &document["components"]["schemas"][schema];
        for field in answer.as_object().unwrap().keys() {
            assert!(!declared["properties"][field].is_null(), "{schema} has no {field}");
        }
        for field in declared["required"].as_array().unwrap() {
            assert!(answer.get(field.as_str().unwrap()).is_some(), "{schema} lacks {field}");
        }
    }
}

#[tokio::test]
async fn a_pod_is_restarted_as_was_asked_and_approved() {
    let world = World::new().await;
    let mut on_call = world.signer("on-call").await;
    let mut owner = world.signer("owner").await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await;
    assert_eq!(asked.status, 201);
    let id = asked.body["id"].as_str().unwrap();
    assert_eq!(asked.body["approvers"], json!(["owner", "second", "third"]));
    assert_eq!(owner.decide(id, "approve").await.done()["state"], "approved");
    let credential = on_call.sign(id, "execute").await;
    let begun = on_call.file(id, "execute", &credential).await;
    assert_eq!((begun.status.as_u16(), &begun.body["state"]), (202, &json!("executing")));
    world.heard("accepted").await;
    assert_eq!(world.console.settle_executions().await.unwrap(), 0, "the pod stands yet");
    world.cluster.recreate();
    assert_eq!(world.console.settle_executions().await.unwrap(), 1);
    let ended = on_call.browser.get(&format!("/api/v1/requests/{id}")).await.done();
    assert_eq!(ended["state"], "succeeded");
    assert_eq!(ended["outcome"]["verdict"]["made"], "api-0");
    assert_eq!(ended["outcome"]["verdict"]["audit_id"], "audit-1");
    let story = ["requested", "approved", "intended", "accepted", "succeeded"];
    assert_eq!(world.story().await, story);
}

#[tokio::test]
async fn the_cluster_is_told_who_asked_and_who_approved() {
    let (world, id) = World::with_request().await;
    let mut on_call = world.signer("on-call").await;
    world.signer("owner").await.decide(&id, "approve").await.done();
    on_call.decide(&id, "execute").await.done();
    world.heard("accepted").await;
    let [sent] = world.cluster.sent().try_into().unwrap();
    assert_eq!(sent.scope.actor, login("on-call"));
    assert_eq!(sent.scope.cluster_user.as_str(), "on-call");
    assert_eq!(sent.scope.action, ActionKind::of(&RestartPod));
    assert_eq!(sent.scope.request.unwrap().to_string(), id);
    assert_eq!(sent.scope.approvers, [login("owner")]);
    let pod = json!({ "uid": "api-0-uid", "namespace_uid": "checkout-uid" });
    let target = sent.effect.target;
    assert_eq!(json!({ "uid": target.uid, "namespace_uid": target.namespace_uid }), pod);
    let origin = ORIGIN.parse().unwrap();
    let report = verify_entries(&world.entries().await, &origin, &Keys::AssertedByServer);
    assert_eq!(report.bad().count(), 0);
    assert_eq!(report.count(&Checked::Holds), 2, "both touches can be checked offline");
}

#[tokio::test]
async fn whoever_has_no_role_is_refused_by_the_rules() {
    let (world, id) = World::with_request().await;
    let mut engineer = world.signer("engineer").await;
    let mut owner = world.signer("owner").await;
    for browser in [&mut engineer.browser, &mut owner.browser] {
        let asked = browser.post("/api/v1/requests", restart()).await;
        assert_eq!(asked.code(), (403, "refused"));
        assert_eq!(asked.body["rule"], "nothing-allows-it");
    }
    for decision in ["approve", "deny"] {
        assert_eq!(engineer.options(&id, decision).await.code(), (403, "refused"));
    }
    let credential = owner.sign(&id, "approve").await;
    assert_eq!(engineer.file(&id, "approve", &credential).await.code(), (403, "refused"));
    assert_eq!(engineer.options(&id, "execute").await.code(), (403, "not_requester"));
    assert_eq!(world.told("restart-pod", "refused").await, 6, "each refusal is written down");
    assert_eq!(world.state_of(&id).await, "pending");
}

#[tokio::test]
async fn a_request_waits_for_its_approvers_and_then_for_its_requester() {
    let (world, id) = World::with_request().await;
    let who = ["on-call", "owner", "second", "engineer", "outsider"];
    let mut counts = Vec::new();
    for name in who {
        counts.push(waiting(&world, name).await);
    }
    assert_eq!(counts, [0, 1, 1, 0, 0]);
    world.signer("owner").await.decide(&id, "approve").await.done();
    counts.clear();
    for name in who {
        counts.push(waiting(&world, name).await);
    }
    assert_eq!(counts, [1, 0, 0, 0, 0]);
}

async fn withdraw(browser: &mut Browser, id: &str) -> person::Answer {
    browser.post(&format!("/api/v1/requests/{id}/withdrawal"), json!({})).await
}

#[tokio::test]
async fn what_was_taken_back_is_neither_approved_nor_carried_out() {
    let (world, id) = World::with_request().await;
    let (mut on_call, mut owner) = (world.signer("on-call").await, world.signer("owner").await);
    let credential = owner.sign(&id, "approve").await;
    assert_eq!(withdraw(&mut owner.browser, &id).await.code(), (403, "not_requester"));
    withdraw(&mut on_call.browser, &id).await.done();
    assert_eq!(owner.file(&id, "approve", &credential).await.code(), (409, "wrong_state"));
    assert_eq!(on_call.options(&id, "execute").await.code(), (409, "wrong_state"));
    assert_eq!(withdraw(&mut on_call.browser, &id).await.code(), (409, "wrong_state"));
    let approved = world.asked_by("on-call").await;
    owner.decide(&approved, "approve").await.done();
    let credential = on_call.sign(&approved, "execute").await;
    withdraw(&mut on_call.browser, &approved).await.done();
    let late = on_call.file(&approved, "execute", &credential).await;
    assert_eq!(late.code(), (409, "wrong_state"));
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn a_no_ends_it() {
    let (world, id) = World::with_request().await;
    let (mut on_call, mut owner) = (world.signer("on-call").await, world.signer("owner").await);
    assert_eq!(owner.decide(&id, "deny").await.done()["denial"]["person"], "owner");
    assert_eq!(on_call.options(&id, "execute").await.code(), (409, "wrong_state"));
    assert_eq!(world.story().await, ["requested", "denied"]);
}

async fn expired(world: &World, signer: &mut Signer, id: &str, decision: &str, touch: &Value) {
    signer.return_to_work().await;
    let late = signer.file(id, decision, touch).await;
    assert_eq!(late.code(), (410, "request_expired"), "before the job saw it");
    assert_eq!(signer.options(id, decision).await.code(), (410, "request_expired"));
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(world.console.expire_requests().await.unwrap(), 1);
    assert_eq!(world.console.expire_requests().await.unwrap(), 0);
    assert_eq!(world.state_of(id).await, "expired");
    assert_eq!(signer.options(id, decision).await.code(), (409, "wrong_state"));
    assert_eq!(world.told("restart-pod", "expired").await, 1);
}

#[tokio::test]
async fn a_request_runs_out() {
    let (world, id) = World::with_request().await;
    let mut owner = world.signer("owner").await;
    world.clock.advance(REQUEST_TTL.saturating_sub(Duration::from_secs(1)));
    assert_eq!(world.console.expire_requests().await.unwrap(), 0);
    owner.return_to_work().await;
    let touch = owner.sign(&id, "approve").await;
    world.clock.advance(Duration::from_secs(1));
    expired(&world, &mut owner, &id, "approve", &touch).await;
}

#[tokio::test]
async fn an_approval_runs_out() {
    let (world, id) = World::with_request().await;
    let mut on_call = world.signer("on-call").await;
    world.signer("owner").await.decide(&id, "approve").await.done();
    world.clock.advance(APPROVAL_TTL.saturating_sub(Duration::from_secs(1)));
    assert_eq!(world.console.expire_requests().await.unwrap(), 0);
    let touch = on_call.sign(&id, "execute").await;
    world.clock.advance(Duration::from_secs(1));
    expired(&world, &mut on_call, &id, "execute", &touch).await;
    assert!(world.cluster.sent().is_empty());
}

#[tokio::test]
async fn one_whose_end_cannot_be_written_keeps_no_other_waiting() {
    let (world, id) = World::with_request().await;
    let spoilt = world.asked_by("on-call").await;
    let odd = world.asked_by("on-call").await;
    world.withdraw("on-call", &odd).await;
    world.write_past_the_console("UPDATE requests SET record = '{' WHERE id = ?", &spoilt).await;
    // What is kept says withdrawn, and the row that it waits.
    let waits = "UPDATE requests SET state = 'pending', ends_at = 1 WHERE id = ?";
    world.write_past_the_console(waits, &odd).await;
    world.clock.advance(REQUEST_TTL + Duration::from_secs(1));
    assert!(world.console.expire_requests().await.is_err(), "it is told");
    assert_eq!(world.state_of(&id).await, "expired");
}
