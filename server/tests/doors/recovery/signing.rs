//! Who signs, and who may not: two people, one of each kind, neither the person.

use std::time::Duration;

use domain::recovery::PENDING_FOR;
use serde_json::json;

use super::scene::Recovering;
use crate::world::World;

#[tokio::test]
async fn an_admin_and_a_team_mate_sign_exactly_that() {
    let Recovering { world, id, mut owner, mut admin, .. } = Recovering::asked().await;
    let once = owner.decide_recovery(&id, "approve").await.done();
    assert_eq!((&once["state"], &once["missing"]), (&json!("pending"), &json!(["admin"])));
    let both = admin.decide_recovery(&id, "approve").await.done();
    assert_eq!(
        (&both["state"], &both["may"]),
        (&json!("approved"), &json!(["deny", "link", "stop"]))
    );
    let approved = &world.recovery_entries().await[1];
    let commitment = &approved.detail["signature"]["commitment"];
    assert_eq!(commitment["purpose"], "recovery");
    assert_eq!(
        (&commitment["digest"], &both["digest"]),
        (&approved.detail["digest"], &commitment["digest"])
    );
    assert_eq!(approved.detail["parts"], json!(["team_mate"]));
}

#[tokio::test]
async fn nobody_signs_twice_nor_does_the_person_nor_two_of_a_kind() {
    let Recovering { world, id, mut on_call, mut owner, .. } = Recovering::asked().await;
    assert_eq!(on_call.decide_recovery(&id, "approve").await.code(), (403, "own_request"));
    assert_eq!(on_call.decide_recovery(&id, "deny").await.code(), (403, "own_request"));
    owner.decide_recovery(&id, "approve").await.done();
    assert_eq!(owner.decide_recovery(&id, "approve").await.code(), (409, "decided_twice"));
    let second = world.signer("third").await.decide_recovery(&id, "approve").await;
    assert_eq!(
        (second.code(), &second.body["from"]),
        ((403, "other_approver_needed"), &json!("admin"))
    );
    let security = world.signer("security").await.decide_recovery(&id, "approve").await;
    assert_eq!(security.code(), (403, "refused"));
    assert_eq!(owner.recovery(&id).await["state"], "pending");
}

#[tokio::test]
async fn whoever_is_both_is_one_of_them() {
    let world = World::new().await;
    world.policy.move_to("admin", "checkout");
    world.console.enforce_policy().await.unwrap();
    let Recovering { world: _world, id, mut owner, mut admin, .. } =
        Recovering::asked_in(world).await;
    let once = admin.decide_recovery(&id, "approve").await.done();
    assert_eq!(once["missing"], json!(["admin", "team_mate"]), "either will do");
    assert_eq!(admin.decide_recovery(&id, "approve").await.code(), (409, "decided_twice"));
    assert_eq!(owner.decide_recovery(&id, "approve").await.done()["state"], "approved");
    admin.recovery_link(&id).await.done();
}

#[tokio::test]
async fn a_touch_is_for_one_decision_on_one_recovery() {
    let Recovering { world: _world, id, mut owner, .. } = Recovering::asked().await;
    let options = owner.recovery_options(&id, "deny").await.done();
    let touch = owner.authenticator.touch(&options);
    let turned = owner.file_recovery(&id, "approve", &touch).await;
    assert_eq!(turned.code(), (422, "other_decision"));
    let again = owner.file_recovery(&id, "deny", &touch).await;
    assert_eq!(again.code(), (410, "ceremony_expired"));
    let options = owner.recovery_options(&id, "approve").await.done();
    let touch = owner.authenticator.touch(&options);
    let path = format!("/api/v1/recoveries/{id}/decisions");
    let said = json!({ "decision": "approve", "credential": touch, "comment": "something else" });
    assert_eq!(owner.browser.post(&path, said).await.code(), (422, "other_decision"));
}

#[tokio::test]
async fn one_no_ends_it_and_says_why() {
    let Recovering { world, id, mut owner, mut admin, .. } = Recovering::signed().await;
    let link = admin.recovery_link(&id).await.done()["link"].clone();
    let path = format!("/api/v1/recoveries/{id}/signature-options");
    let options = owner.browser.post(&path, json!({ "decision": "deny" })).await.done();
    let silent = json!({ "decision": "deny", "credential": owner.authenticator.touch(&options) });
    let silent = owner.browser.post(&format!("/api/v1/recoveries/{id}/decisions"), silent).await;
    assert_eq!(silent.code(), (422, "reason_missing"));
    let denied = owner.decide_recovery(&id, "deny").await.done();
    assert_eq!((&denied["state"], &denied["ended_because"]), (&json!("denied"), &json!("as seen")));
    let mut browser = world.browser();
    let begun = super::scene::begin(&mut browser, link.as_str().unwrap()).await;
    assert_eq!(begun.code(), (410, "link_invalid"));
    assert_eq!(admin.decide_recovery(&id, "approve").await.code(), (409, "wrong_state"));
}

#[tokio::test]
async fn nobody_signs_when_the_hour_is_over() {
    let Recovering { world, id, mut owner, .. } = Recovering::asked().await;
    world.clock.advance(PENDING_FOR.saturating_sub(Duration::from_secs(1)));
    owner.return_to_work().await;
    let options = owner.recovery_options(&id, "approve").await.done();
    let touch = owner.authenticator.touch(&options);
    world.clock.advance(Duration::from_secs(1));
    let late = owner.file_recovery(&id, "approve", &touch).await;
    assert_eq!(late.code(), (410, "request_expired"));
    world.console.expire_recoveries().await.unwrap();
    let late = owner.recovery_options(&id, "approve").await;
    assert_eq!(late.code(), (409, "wrong_state"));
    assert_eq!(world.told_of_recoveries().await, ["requested", "expired"]);
}

#[tokio::test]
async fn whoever_was_recovered_lets_nobody_in_for_a_day_but_may_refuse() {
    let mut recovering = Recovering::signed().await;
    let mut back = recovering.comes_back().await;
    let Recovering { world, mut admin, .. } = recovering;
    world.person("engineer").await;
    let wish = json!({ "login": "engineer", "reason": "lost" });
    let asked = admin.browser.post("/api/v1/recoveries", wish).await.done();
    let id = asked["id"].as_str().unwrap();
    let refused = back.decide_recovery(id, "approve").await;
    assert_eq!(refused.code(), (403, "recovered_lately"));
    assert!(refused.body["until"].is_string());
    assert_eq!(back.decide_recovery(id, "deny").await.done()["state"], "denied");
}
