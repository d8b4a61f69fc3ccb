//! Enrolment and sign-in as they should go.

use axum::http::header;
use serde_json::json;

use crate::world::{ORIGIN, World};

#[tokio::test]
async fn a_link_enrols_and_signs_in() {
    let world = World::new().await;
    let (mut browser, _) = world.person("engineer").await;
    let me = browser.get("/api/v1/me").await.done();
    assert_eq!(me["login"], "engineer");
    assert_eq!(me["teams"], json!(["checkout"]));
    assert_eq!(me["capabilities"], json!([]));
    assert_eq!(me["session"]["agent"], "a browser");
    assert_eq!(world.told("invite", "succeeded").await, 1);
    assert_eq!(world.told("enrol", "succeeded").await, 1);
}

#[tokio::test]
async fn a_whole_link_is_taken_as_well_as_its_secret() {
    let world = World::new().await;
    let link = format!("{ORIGIN}/enrol#{}", world.link("engineer").await);
    world.browser().enrol(&link).await;
}

#[tokio::test]
async fn nobody_types_a_name_to_sign_in() {
    let world = World::new().await;
    let (_, mut authenticator) = world.person("security").await;
    let mut browser = world.browser();
    let me = browser.sign_in(&mut authenticator).await.done();
    assert_eq!(me["login"], "security");
    assert_eq!(me["capabilities"], json!(["read_history"]));
    let passkeys = browser.get("/api/v1/identity/passkeys").await.done();
    assert!(passkeys["items"][0]["used_at"].is_string());
    assert_eq!(world.told("sign-in", "succeeded").await, 1);
}

#[tokio::test]
async fn cookies_are_bound_to_the_host_and_hidden_from_scripts() {
    let world = World::new().await;
    let mut browser = world.browser();
    let options = browser.post("/api/v1/identity/session/options", json!({})).await;
    let ceremony = options.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    for part in [
        "__Host-sekisho-ceremony=",
        "HttpOnly",
        "SameSite=Strict",
        "Secure",
        "Path=/",
        "Max-Age=300",
    ] {
        assert!(ceremony.contains(part), "{part} is not in {ceremony}");
    }
    let (_, mut authenticator) = world.person("engineer").await;
    let signed_in = browser.sign_in(&mut authenticator).await;
    let session = signed_in.headers[header::SET_COOKIE].to_str().unwrap();
    for part in ["__Host-sekisho=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(session.contains(part), "{part} is not in {session}");
    }
}

#[tokio::test]
async fn two_tabs_of_a_browser_each_end_their_own_ceremony() {
    let world = World::new().await;
    let (_, mut authenticator) = world.person("engineer").await;
    let mut browser = world.browser();
    let one = browser.sign_in_options().await;
    let other = browser.sign_in_options().await;
    browser.finish_sign_in(authenticator.touch(&one)).await.done();
    browser.finish_sign_in(authenticator.touch(&other)).await.done();
}
