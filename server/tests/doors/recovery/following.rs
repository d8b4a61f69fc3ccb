//! The review that cannot be skipped, and who is told.

use std::time::Duration;

use serde_json::json;

use super::scene::Recovering;
use crate::{asking::Signer, policy::login, world::World};

const WITHIN: Duration = Duration::from_hours(24);

/// Somebody came back, and security has a passkey.
async fn come_back() -> (Recovering, Signer, Signer) {
    let world = World::new().await;
    let security = world.signer("security").await;
    let mut recovering = Recovering::signed_in(world).await;
    let back = recovering.comes_back().await;
    (recovering, back, security)
}

impl World {
    async fn recoveries_looked_after(&self) {
        self.console.expire_recoveries().await.unwrap();
        while self.console.chase_recoveries().await.unwrap() > 0 {}
    }
}

#[tokio::test]
async fn security_sees_what_was_done_and_judges_exactly_that() {
    let (Recovering { world, id, .. }, mut back, mut security) = come_back().await;
    let seen = security.recovery(&id).await;
    assert_eq!((&seen["reviewer"], &seen["may"]), (&json!("security"), &json!(["judge"])));
    let deeds = seen["case"]["deeds"].as_array().unwrap();
    let told: Vec<_> = deeds.iter().map(|it| it["outcome"].as_str().unwrap()).collect();
    assert_eq!(told, ["requested", "approved", "approved", "linked", "enrolled"]);
    assert_eq!(back.recovery(&id).await["case"], json!(null), "the case is for those who judge");
    let judged = security.judge_recovery(&id, "justified").await.done();
    assert_eq!(
        (&judged["state"], &judged["verdict"]["by"]),
        (&json!("judged"), &json!("security"))
    );
    assert_eq!(security.judge_recovery(&id, "justified").await.code(), (409, "wrong_state"));
    let entry = world.recovery_entries().await.pop().unwrap();
    let signed = &entry.detail["signature"]["commitment"];
    assert_eq!((&signed["purpose"], &signed["digest"]), (&json!("review"), &entry.detail["case"]));
}

#[tokio::test]
async fn nobody_judges_who_was_part_of_it_or_may_not_read_it_all() {
    let (Recovering { world, id, mut admin, mut owner, .. }, mut back, _) = come_back().await;
    for signer in [&mut admin, &mut owner, &mut back] {
        assert_eq!(signer.judge_recovery(&id, "justified").await.code(), (403, "involved"));
    }
    let third = world.signer("third").await.judge_recovery(&id, "justified").await;
    assert_eq!(third.code(), (403, "refused"));
}

#[tokio::test]
async fn what_is_tried_in_vain_afterwards_keeps_no_verdict_from_counting() {
    let (Recovering { world: _world, id, mut owner, .. }, _, mut security) = come_back().await;
    let path = format!("/api/v1/recoveries/{id}/review/signature-options");
    let asked = json!({ "verdict": "justified", "comment": "as seen" });
    let options = security.browser.post(&path, asked).await.done();
    assert_eq!(owner.judge_recovery(&id, "justified").await.code(), (403, "involved"));
    let credential = security.authenticator.touch(&options);
    let body = json!({ "verdict": "justified", "credential": credential, "comment": "as seen" });
    security.browser.post(&format!("/api/v1/recoveries/{id}/review/verdict"), body).await.done();
}

#[tokio::test]
async fn a_verdict_but_the_plain_one_says_why() {
    let (Recovering { world: _world, id, .. }, _, mut security) = come_back().await;
    let path = format!("/api/v1/recoveries/{id}/review/signature-options");
    let options = security.browser.post(&path, json!({ "verdict": "unjustified" })).await.done();
    let credential = security.authenticator.touch(&options);
    let body = json!({ "verdict": "unjustified", "credential": credential });
    let silent =
        security.browser.post(&format!("/api/v1/recoveries/{id}/review/verdict"), body).await;
    assert_eq!(silent.code(), (422, "reason_missing"));
}

#[tokio::test]
async fn who_is_late_is_reminded_and_then_it_escalates() {
    let (Recovering { world, id, .. }, _, mut security) = come_back().await;
    world.recoveries_looked_after().await;
    world.clock.advance(WITHIN / 2);
    world.recoveries_looked_after().await;
    world.clock.advance(WITHIN / 2);
    world.recoveries_looked_after().await;
    let told = world.told_of_recoveries().await;
    assert_eq!(told[5..], ["reminded", "escalated"], "each is said once");
    security.return_to_work().await;
    assert!(security.recovery(&id).await["escalated_at"].is_string());
    security.judge_recovery(&id, "justified").await.done();
}

#[tokio::test]
async fn where_nobody_is_left_who_may_judge_it_says_so() {
    let (Recovering { world, id, mut admin, .. }, _, _) = come_back().await;
    world.console.lock(&world.actor("admin"), &login("security")).await.unwrap();
    world.recoveries_looked_after().await;
    let seen = admin.recovery(&id).await;
    assert_eq!((&seen["state"], &seen["reviewer"]), (&json!("enrolled"), &json!(null)));
    assert_eq!(world.told_of_recoveries().await[5..], ["assigned"]);
    world.console.unlock(&world.actor("admin"), &login("security")).await.unwrap();
    world.recoveries_looked_after().await;
    assert_eq!(admin.recovery(&id).await["reviewer"], json!("security"));
}
