//! Adding and removing passkeys.

use std::time::Duration;

use domain::{approvals::Commitment, identity::CEREMONY_TTL};
use person::{Answer, Authenticator, Browser};
use sekisho::verify::{Checked, Keys, verify_entries};
use serde_json::{Value, json};

use crate::world::{ORIGIN, World};

const PASSKEYS: &str = "/api/v1/identity/passkeys";

async fn begin(browser: &mut Browser, change: Value) -> Answer {
    browser.post("/api/v1/identity/passkeys/signature-options", change).await
}

async fn touched(browser: &mut Browser, authenticator: &mut Authenticator, change: Value) -> Value {
    let options = begin(browser, change).await.done();
    authenticator.touch(&options)
}

/// Adds a passkey, a moment after the one before: lists are in order of age.
async fn add(
    world: &World,
    browser: &mut Browser,
    with: &mut Authenticator,
    new: &mut Authenticator,
) -> Answer {
    world.clock.advance(Duration::from_secs(1));
    let credential = touched(browser, with, json!({ "decision": "add-passkey" })).await;
    let options = browser
        .post("/api/v1/identity/passkeys/options", json!({ "credential": credential }))
        .await
        .done();
    let credential = new.register(&options);
    browser.post(PASSKEYS, json!({ "label": "phone", "credential": credential })).await
}

async fn ids(browser: &mut Browser) -> Vec<String> {
    let list = browser.get(PASSKEYS).await.done();
    let items = list["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

async fn remove(browser: &mut Browser, id: &str, credential: &Value) -> Answer {
    let body = json!({ "credential": credential }).to_string();
    browser.call("DELETE", &format!("{PASSKEYS}/{id}"), Some(body)).await
}

#[tokio::test]
async fn a_touch_of_one_passkey_adds_another_that_signs_in() {
    let world = World::new().await;
    let (mut browser, mut laptop) = world.person("engineer").await;
    let mut phone = Authenticator::new(ORIGIN);
    add(&world, &mut browser, &mut laptop, &mut phone).await.done();
    assert_eq!(ids(&mut browser).await.len(), 2);
    world.browser().sign_in(&mut phone).await.done();
    let origin = ORIGIN.parse().unwrap();
    let report = verify_entries(&world.entries().await, &origin, &Keys::AssertedByServer);
    assert_eq!(report.bad().collect::<Vec<_>>(), [] as [&(u64, Checked); 0]);
    assert_eq!(report.count(&Checked::Holds), 1, "the touch can be checked offline");
}

#[tokio::test]
async fn the_challenge_is_what_the_browser_computes_from_the_commitment() {
    let world = World::new().await;
    let (mut browser, _) = world.person("engineer").await;
    let options = begin(&mut browser, json!({ "decision": "add-passkey" })).await.done();
    let commitment: Commitment = serde_json::from_value(options["commitment"].clone()).unwrap();
    let challenge = serde_json::to_value(options["publicKey"]["challenge"].clone()).unwrap();
    let expected = commitment.challenge().unwrap();
    let read: webauthn_rs_proto::RequestChallengeResponse =
        serde_json::from_value(json!({ "publicKey": options["publicKey"] })).unwrap();
    assert_eq!(read.public_key.challenge, expected, "{challenge}");
}

#[tokio::test]
async fn a_removed_passkey_is_of_no_more_use() {
    let world = World::new().await;
    let (mut browser, mut laptop) = world.person("engineer").await;
    let mut phone = Authenticator::new(ORIGIN);
    add(&world, &mut browser, &mut laptop, &mut phone).await.done();
    let phone_id = ids(&mut browser).await[1].clone();
    let mut begun = world.browser();
    let pending = begun.sign_in_options().await;
    let step_up = touched(&mut browser, &mut phone, json!({ "decision": "add-passkey" })).await;
    let change = json!({ "decision": "remove-passkey", "passkey": phone_id });
    let credential = touched(&mut browser, &mut laptop, change).await;
    remove(&mut browser, &phone_id, &credential).await.done();
    let signed_in = begun.finish_sign_in(phone.touch(&pending)).await;
    assert_eq!(signed_in.code(), (401, "sign_in_failed"));
    let path = "/api/v1/identity/passkeys/options";
    let stepped_up = browser.post(path, json!({ "credential": step_up })).await;
    assert_eq!(stepped_up.code(), (422, "credential_rejected"));
    assert_eq!(world.told("remove-passkey", "succeeded").await, 1);
}

#[tokio::test]
async fn the_last_passkey_stays() {
    let world = World::new().await;
    let (mut browser, mut laptop) = world.person("engineer").await;
    let mut phone = Authenticator::new(ORIGIN);
    let laptop_id = ids(&mut browser).await[0].clone();
    let change = |id: &str| json!({ "decision": "remove-passkey", "passkey": id });
    let refused = begin(&mut browser, change(&laptop_id)).await;
    assert_eq!(refused.code(), (409, "last_passkey"));
    add(&world, &mut browser, &mut laptop, &mut phone).await.done();
    let phone_id = ids(&mut browser).await[1].clone();
    // Both touches are given while there are two passkeys; only one removal may follow.
    let first = touched(&mut browser, &mut laptop, change(&phone_id)).await;
    let second = touched(&mut browser, &mut laptop, change(&laptop_id)).await;
    remove(&mut browser, &phone_id, &first).await.done();
    assert_eq!(remove(&mut browser, &laptop_id, &second).await.code(), (409, "last_passkey"));
    assert_eq!(ids(&mut browser).await, [laptop_id]);
}

#[tokio::test]
async fn a_touch_is_good_for_the_one_thing_it_was_asked_for() {
    let world = World::new().await;
    let (mut browser, mut laptop) = world.person("engineer").await;
    let mut phone = Authenticator::new(ORIGIN);
    add(&world, &mut browser, &mut laptop, &mut phone).await.done();
    let both = ids(&mut browser).await;
    let change = json!({ "decision": "remove-passkey", "passkey": both[1] });
    let credential = touched(&mut browser, &mut laptop, change).await;
    let other = remove(&mut browser, &both[0], &credential).await;
    assert_eq!(other.code(), (422, "other_decision"));
    let again = remove(&mut browser, &both[1], &credential).await;
    assert_eq!(again.code(), (410, "ceremony_expired"));
    let adding = touched(&mut browser, &mut laptop, json!({ "decision": "add-passkey" })).await;
    let removal = remove(&mut browser, &both[1], &adding).await;
    assert_eq!(removal.code(), (422, "other_decision"));
    assert_eq!(ids(&mut browser).await, both);
}

#[tokio::test]
async fn a_step_up_is_ended_by_the_session_and_person_that_began_it() {
    let world = World::new().await;
    let (mut browser, mut laptop) = world.person("engineer").await;
    let credential = touched(&mut browser, &mut laptop, json!({ "decision": "add-passkey" })).await;
    let body = json!({ "credential": credential });
    let path = "/api/v1/identity/passkeys/options";
    let (mut other_person, _) = world.person("outsider").await;
    other_person.cookies.insert(
        sekisho::http::CEREMONY_COOKIE.to_owned(),
        browser.cookies[sekisho::http::CEREMONY_COOKIE].clone(),
    );
    assert_eq!(other_person.post(path, body.clone()).await.code(), (410, "ceremony_expired"));
    assert_eq!(browser.post(path, body).await.code(), (410, "ceremony_expired"), "it is spent");
    let credential = touched(&mut browser, &mut laptop, json!({ "decision": "add-passkey" })).await;
    browser.sign_in(&mut laptop).await.done();
    let answer = browser.post(path, json!({ "credential": credential })).await;
    assert_eq!(answer.code(), (410, "ceremony_expired"), "this is another session");
}

#[tokio::test]
async fn a_touch_runs_out_before_the_passkey_is_added() {
    let world = World::new().await;
    let (mut browser, mut laptop) = world.person("engineer").await;
    let credential = touched(&mut browser, &mut laptop, json!({ "decision": "add-passkey" })).await;
    world.clock.advance(CEREMONY_TTL / 2);
    let path = "/api/v1/identity/passkeys/options";
    let options = browser.post(path, json!({ "credential": credential })).await.done();
    let credential = Authenticator::new(ORIGIN).register(&options);
    world.clock.advance(CEREMONY_TTL / 2);
    let late = browser.post(PASSKEYS, json!({ "label": "phone", "credential": credential })).await;
    assert_eq!(late.code(), (409, "signature_spent"));
    assert_eq!(ids(&mut browser).await.len(), 1);
}
