//! Ceremonies as they should not go. Each fails, does nothing, and says so.

use std::time::Duration;

use domain::identity::{CEREMONY_TTL, FAILURE_WINDOW, KNOWN_FAILURES_PER_WINDOW, LINK_TTL};
use serde_json::{Value, json};

use person::{Authenticator, Browser};

use crate::world::{ORIGIN, World};

const ENROL_OPTIONS: &str = "/api/v1/identity/enrolment/options";
const ENROL: &str = "/api/v1/identity/enrolment";

#[tokio::test]
async fn an_answer_works_once() {
    let world = World::new().await;
    let (_, mut authenticator) = world.person("engineer").await;
    let mut browser = world.browser();
    let options = browser.sign_in_options().await;
    let credential = authenticator.touch(&options);
    browser.finish_sign_in(credential.clone()).await.done();
    let again = browser.finish_sign_in(credential).await;
    assert_eq!(again.code(), (410, "ceremony_expired"));
}

#[tokio::test]
async fn a_ceremony_runs_out() {
    let world = World::new().await;
    let (_, mut authenticator) = world.person("engineer").await;
    let mut browser = world.browser();
    let options = browser.sign_in_options().await;
    let credential = authenticator.touch(&options);
    world.clock.advance(CEREMONY_TTL);
    let late = browser.finish_sign_in(credential).await;
    assert_eq!(late.code(), (410, "ceremony_expired"));
}

#[tokio::test]
async fn another_browser_cannot_end_a_ceremony() {
    let world = World::new().await;
    let (_, mut authenticator) = world.person("engineer").await;
    let options = world.browser().sign_in_options().await;
    let credential = authenticator.touch(&options);
    let mut thief = world.browser();
    thief.sign_in_options().await;
    let stolen = thief.finish_sign_in(credential.clone()).await;
    assert_eq!(stolen.code(), (410, "ceremony_expired"));
    let bare = world.browser().finish_sign_in(credential).await;
    assert_eq!(bare.code(), (410, "ceremony_expired"));
}

#[tokio::test]
async fn a_page_of_another_origin_gets_nothing_from_a_touch() {
    let world = World::new().await;
    let (_, mut authenticator) = world.person("engineer").await;
    let mut browser = world.browser();
    let options = browser.sign_in_options().await;
    let credential = authenticator.touch_on(&options, "https://console.example.org:8443");
    let answer = browser.finish_sign_in(credential).await;
    assert_eq!(answer.code(), (401, "sign_in_failed"));
    assert!(!browser.is_signed_in().await);
    assert_eq!(world.told("sign-in", "failed").await, 1);
}

#[tokio::test]
async fn a_passkey_of_a_wider_relying_party_is_none_of_ours() {
    let world = World::new().await;
    let (_, mut authenticator) = world.person("engineer").await;
    let mut browser = world.browser();
    let mut options = browser.sign_in_options().await;
    options["publicKey"]["rpId"] = json!("example.org");
    let answer = browser.finish_sign_in(authenticator.touch(&options)).await;
    assert_eq!(answer.code(), (401, "sign_in_failed"));
}

#[tokio::test]
async fn presence_without_verification_is_not_enough() {
    let world = World::new().await;
    let (_, mut authenticator) = world.person("engineer").await;
    let mut browser = world.browser();
    let options = browser.sign_in_options().await;
    let answer = browser.finish_sign_in(authenticator.touch_unverified(&options)).await;
    assert_eq!(answer.code(), (401, "sign_in_failed"));
}

#[tokio::test]
async fn a_counter_that_goes_back_tells_of_a_copied_passkey() {
    let world = World::new().await;
    let (_, mut authenticator) = world.person("engineer").await;
    let mut browser = world.browser();
    let (one, other) = (browser.sign_in_options().await, browser.sign_in_options().await);
    let (earlier, later) = (authenticator.touch(&one), authenticator.touch(&other));
    browser.finish_sign_in(later).await.done();
    let copied = browser.finish_sign_in(earlier).await;
    assert_eq!(copied.code(), (401, "sign_in_failed"));
}

#[tokio::test]
async fn a_sign_in_is_no_step_up_and_a_step_up_no_sign_in() {
    let world = World::new().await;
    let (mut browser, mut authenticator) = world.person("engineer").await;
    let sign_in = browser.sign_in_options().await;
    let credential = authenticator.touch(&sign_in);
    let body = json!({ "credential": credential });
    let as_step_up = browser.post("/api/v1/identity/passkeys/options", body).await;
    assert_eq!(as_step_up.code(), (410, "ceremony_expired"));
    let change = json!({ "decision": "add-passkey" });
    let path = "/api/v1/identity/passkeys/signature-options";
    let step_up = browser.post(path, change).await.done();
    let as_sign_in = browser.finish_sign_in(authenticator.touch(&step_up)).await;
    assert_eq!(as_sign_in.code(), (410, "ceremony_expired"));
}

#[tokio::test]
async fn a_passkey_does_not_sign_in_under_somebody_elses_handle() {
    let world = World::new().await;
    let (_, mut engineer) = world.person("engineer").await;
    let (_, mut outsider) = world.person("outsider").await;
    let mut browser = world.browser();
    let options = browser.sign_in_options().await;
    let mut credential = engineer.touch(&options);
    credential["response"]["userHandle"] =
        outsider.touch(&options)["response"]["userHandle"].clone();
    let answer = browser.finish_sign_in(credential).await;
    assert_eq!(answer.code(), (401, "sign_in_failed"));
    assert_eq!(world.told("sign-in", "failed").await, 0, "nobody known failed");
}

async fn begin(browser: &mut Browser, link: &str) -> Value {
    browser.post(ENROL_OPTIONS, json!({ "link": link })).await.done()
}

#[tokio::test]
async fn a_link_works_once_and_its_successor_voids_it() {
    let world = World::new().await;
    let link = world.link("engineer").await;
    world.browser().enrol(&link).await;
    let used = world.browser().post(ENROL_OPTIONS, json!({ "link": link })).await;
    assert_eq!(used.code(), (410, "link_invalid"));
    let first = world.link("outsider").await;
    world.link("outsider").await;
    let void = world.browser().post(ENROL_OPTIONS, json!({ "link": first })).await;
    assert_eq!(void.code(), (410, "link_invalid"));
}

#[tokio::test]
async fn of_two_that_race_for_a_link_one_enrols() {
    let world = World::new().await;
    let link = world.link("engineer").await;
    let (mut one, mut other) = (world.browser(), world.browser());
    let options = (begin(&mut one, &link).await, begin(&mut other, &link).await);
    let mut authenticators = (Authenticator::new(ORIGIN), Authenticator::new(ORIGIN));
    let credential = authenticators.0.register(&options.0);
    one.post(ENROL, json!({ "label": "first", "credential": credential })).await.done();
    let credential = authenticators.1.register(&options.1);
    let second = other.post(ENROL, json!({ "label": "second", "credential": credential })).await;
    assert_eq!(second.code(), (410, "link_invalid"));
    assert!(!other.is_signed_in().await);
}

#[tokio::test]
async fn links_run_out_and_cannot_be_guessed() {
    let world = World::new().await;
    let link = world.link("engineer").await;
    world.clock.advance(LINK_TTL);
    for bad in [link.as_str(), "A".repeat(43).as_str(), "", "nonsense"] {
        let answer = world.browser().post(ENROL_OPTIONS, json!({ "link": bad })).await;
        assert_eq!(answer.code(), (410, "link_invalid"), "{bad}");
    }
}

#[tokio::test]
async fn a_person_who_is_no_longer_listed_is_not_enrolled() {
    let world = World::new().await;
    let link = world.link("engineer").await;
    world.policy.strike("engineer");
    let answer = world.browser().post(ENROL_OPTIONS, json!({ "link": link })).await;
    assert_eq!(answer.code(), (410, "link_invalid"));
}

#[tokio::test]
async fn failures_of_nobody_known_fill_no_log() {
    let world = World::new().await;
    let before = world.entries().await.len();
    for _ in 0..50 {
        world.browser().post(ENROL_OPTIONS, json!({ "link": "guess" })).await;
    }
    assert_eq!(world.entries().await.len(), before);
    world.clock.advance(FAILURE_WINDOW);
    world.console.flush_failures().await.unwrap();
    world.console.flush_failures().await.unwrap();
    let entries = world.entries().await;
    assert_eq!(entries.len(), before + 1);
    assert_eq!(entries[0].action.as_str(), "anonymous-failures");
    assert_eq!(entries[0].detail["count"], 50);
}

#[tokio::test]
async fn failures_of_a_known_passkey_are_entries_within_a_bound() {
    let world = World::new().await;
    let (_, mut authenticator) = world.person("engineer").await;
    let mut browser = world.browser();
    let bound = usize::try_from(KNOWN_FAILURES_PER_WINDOW).unwrap();
    for _ in 0..bound + 5 {
        let options = browser.sign_in_options().await;
        let credential = authenticator.touch_unverified(&options);
        assert_eq!(browser.finish_sign_in(credential).await.code(), (401, "sign_in_failed"));
    }
    assert_eq!(world.told("sign-in", "failed").await, bound);
    world.clock.advance(FAILURE_WINDOW + Duration::from_secs(1));
    world.console.flush_failures().await.unwrap();
    assert_eq!(world.told("anonymous-failures", "failed").await, 1);
}
