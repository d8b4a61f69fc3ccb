//! Sessions: how they end.

use std::time::Duration;

use domain::identity::SessionLimits;
use sekisho::http::SESSION_COOKIE;

use crate::world::World;

#[tokio::test]
async fn signing_in_gives_a_new_secret_whatever_the_browser_held() {
    let world = World::new().await;
    let (mut browser, mut authenticator) = world.person("engineer").await;
    let before = browser.cookies[SESSION_COOKIE].clone();
    browser.sign_in(&mut authenticator).await.done();
    assert_ne!(browser.cookies[SESSION_COOKIE], before);
    let mut holder_of_the_old = world.browser();
    holder_of_the_old.cookies.insert(SESSION_COOKIE.to_owned(), before);
    assert!(!holder_of_the_old.is_signed_in().await);
    let list = browser.get("/api/v1/identity/sessions").await.done();
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "the session before ended");
}

#[tokio::test]
async fn a_planted_secret_does_not_become_a_session() {
    let world = World::new().await;
    let (_, mut authenticator) = world.person("engineer").await;
    let planted = "AAAAAAAAAAAAAAAAAAAAAA";
    let mut victim = world.browser();
    victim.cookies.insert(SESSION_COOKIE.to_owned(), planted.to_owned());
    victim.sign_in(&mut authenticator).await.done();
    assert_ne!(victim.cookies[SESSION_COOKIE], planted);
    let mut attacker = world.browser();
    attacker.cookies.insert(SESSION_COOKIE.to_owned(), planted.to_owned());
    assert!(!attacker.is_signed_in().await);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_takes_the_cookie() {
    let world = World::new().await;
    let (mut browser, _) = world.person("engineer").await;
    let mut kept = browser.clone();
    browser.delete("/api/v1/identity/session").await.done();
    assert!(!browser.cookies.contains_key(SESSION_COOKIE));
    assert!(!kept.is_signed_in().await);
    assert_eq!(world.told("sign-out", "succeeded").await, 1);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used() {
    let world = World::new().await;
    let (mut browser, _) = world.person("engineer").await;
    let idle = SessionLimits::default().idle;
    let almost = idle.saturating_sub(Duration::from_secs(1));
    world.clock.advance(almost);
    assert!(browser.is_signed_in().await);
    world.clock.advance(almost);
    assert!(browser.is_signed_in().await, "its use was noted");
    world.clock.advance(idle);
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn a_session_ends_after_its_time_however_much_it_is_used() {
    let world = World::new().await;
    let (mut browser, _) = world.person("engineer").await;
    let step = Duration::from_mins(20);
    let mut passed = Duration::ZERO;
    while passed + step < SessionLimits::default().absolute {
        world.clock.advance(step);
        passed += step;
        assert!(browser.is_signed_in().await);
    }
    world.clock.advance(step);
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn one_ends_ones_own_sessions_and_nobody_elses() {
    let world = World::new().await;
    let (mut here, mut authenticator) = world.person("engineer").await;
    let mut there = world.browser();
    there.sign_in(&mut authenticator).await.done();
    let (mut outsider, _) = world.person("outsider").await;
    let list = here.get("/api/v1/identity/sessions").await.done();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let theirs = there.get("/api/v1/me").await.done()["session"]["id"].clone();
    let path = format!("/api/v1/identity/sessions/{}", theirs.as_str().unwrap());
    assert_eq!(outsider.delete(&path).await.code(), (404, "not_visible"));
    assert!(there.is_signed_in().await);
    here.delete(&path).await.done();
    assert!(!there.is_signed_in().await);
    assert_eq!(here.delete(&path).await.code(), (404, "not_visible"));
}

#[tokio::test]
async fn all_other_sessions_end_together() {
    let world = World::new().await;
    let (mut here, mut authenticator) = world.person("engineer").await;
    let mut others = [world.browser(), world.browser()];
    for other in &mut others {
        other.sign_in(&mut authenticator).await.done();
    }
    here.delete("/api/v1/identity/sessions").await.done();
    for other in &mut others {
        assert!(!other.is_signed_in().await);
    }
    assert!(here.is_signed_in().await);
}

#[tokio::test]
async fn a_person_who_leaves_the_policy_is_out_at_once() {
    let world = World::new().await;
    let (mut browser, mut authenticator) = world.person("engineer").await;
    world.policy.strike("engineer");
    assert!(!browser.is_signed_in().await);
    world.console.enforce_policy().await.unwrap();
    assert_eq!(world.told("revoke-session", "succeeded").await, 1);
    world.console.enforce_policy().await.unwrap();
    assert_eq!(world.told("revoke-session", "succeeded").await, 1, "there was nothing more to end");
    let answer = world.browser().sign_in(&mut authenticator).await;
    assert_eq!(answer.code(), (401, "sign_in_failed"));
}
