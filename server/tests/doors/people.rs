//! Inviting, locking and unlocking people.

use domain::policy::PolicyTrouble;
use serde_json::json;

use crate::world::{ORIGIN, World};

#[tokio::test]
async fn the_first_admins_are_invited_until_they_have_a_passkey() {
    let world = World::new().await;
    let invitations = world.console.invite_first_admins().await.unwrap();
    let logins: Vec<_> = invitations.iter().map(|invitation| invitation.login.as_str()).collect();
    assert_eq!(logins, ["admin"]);
    world.browser().enrol(&invitations[0].secret.reveal()).await;
    assert_eq!(world.console.invite_first_admins().await.unwrap(), []);
}

#[tokio::test]
async fn nobody_is_invited_who_is_enrolled_already() {
    let world = World::new().await;
    let (mut admin, _) = world.person("admin").await;
    let _enrolled = world.person("engineer").await;
    let invited = admin.post("/api/v1/people/engineer/invitation", json!({})).await;
    assert_eq!(invited.code(), (409, "already_enrolled"));
}

#[tokio::test]
async fn an_admin_invites_whom_the_policy_lists() {
    let world = World::new().await;
    let (mut admin, _) = world.person("admin").await;
    let invited = admin.post("/api/v1/people/engineer/invitation", json!({})).await;
    assert_eq!(invited.status, 201);
    let link = invited.body["link"].as_str().unwrap();
    assert!(link.starts_with(&format!("{ORIGIN}/enrol#")));
    let mut engineer = world.browser();
    engineer.enrol(link).await;
    assert!(engineer.is_signed_in().await);
    let stranger = admin.post("/api/v1/people/stranger/invitation", json!({})).await;
    assert_eq!(stranger.code(), (404, "not_visible"));
}

#[tokio::test]
async fn a_locked_person_is_out_at_once_and_stays_out() {
    let world = World::new().await;
    let (mut admin, _) = world.person("admin").await;
    let (mut engineer, mut authenticator) = world.person("engineer").await;
    let pending = engineer.sign_in_options().await;
    admin.post("/api/v1/people/engineer/lock", json!({})).await.done();
    assert!(!engineer.is_signed_in().await);
    let begun_before = engineer.finish_sign_in(authenticator.touch(&pending)).await;
    assert_eq!(begun_before.code(), (403, "locked"));
    let people = admin.get("/api/v1/people").await.done();
    assert_eq!(people["items"][1]["login"], "engineer");
    assert!(people["items"][1]["locked_at"].is_string());
    let invited = admin.post("/api/v1/people/engineer/invitation", json!({})).await;
    assert_eq!(invited.code(), (403, "locked"));
    admin.post("/api/v1/people/engineer/unlock", json!({})).await.done();
    assert!(!engineer.is_signed_in().await, "a session that ended does not come back");
    engineer.sign_in(&mut authenticator).await.done();
}

#[tokio::test]
async fn nobody_locks_themself() {
    let world = World::new().await;
    let (mut admin, _) = world.person("admin").await;
    let answer = admin.post("/api/v1/people/admin/lock", json!({})).await;
    assert_eq!(answer.code(), (403, "refused"));
    assert_eq!(answer.body["rule"], "nobody-locks-themself");
    assert!(admin.is_signed_in().await);
}

#[tokio::test]
async fn somebody_who_left_the_policy_can_still_be_locked() {
    let world = World::new().await;
    let (mut admin, _) = world.person("admin").await;
    world.person("engineer").await;
    world.policy.strike("engineer");
    admin.post("/api/v1/people/engineer/lock", json!({})).await.done();
    let people = admin.get("/api/v1/people").await.done();
    let engineer = &people["items"][1];
    assert_eq!((&engineer["login"], &engineer["name"]), (&json!("engineer"), &json!(null)));
}

#[tokio::test]
async fn everybody_is_warned_of_a_spoilt_policy_and_admins_are_told_why() {
    let world = World::new().await;
    let (mut admin, _) = world.person("admin").await;
    let (mut engineer, _) = world.person("engineer").await;
    assert!(engineer.get("/api/v1/me").await.done()["policy_warning"].is_null());
    let reason = "the team payments is not listed".to_owned();
    world.policy.spoil(PolicyTrouble { file: "CODEOWNERS".to_owned(), line: Some(7), reason });
    let told = admin.get("/api/v1/me").await.done()["policy_warning"].clone();
    assert_eq!(told["trouble"]["file"], "CODEOWNERS");
    assert_eq!(told["trouble"]["line"], 7);
    let warned = engineer.get("/api/v1/me").await.done()["policy_warning"].clone();
    assert!(warned["in_force_since"].is_string());
    assert!(warned["trouble"].is_null(), "the files name tenants that are not theirs: {warned}");
}
