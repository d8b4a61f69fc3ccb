//! Tokens for a role that is held.

use std::time::Duration;

use domain::{
    audit::{EntryAction, EntryFilter},
    canonical::Digest,
};
use serde_json::{Value, json};

use super::scene::TTL;
use crate::{asking::Signer, world::World};

async fn make(signer: &mut Signer, id: &str) -> person::Answer {
    signer.browser.post(&format!("/api/v1/grants/{id}/kubeconfig"), json!({})).await
}

async fn told(world: &World) -> Vec<String> {
    let filter = EntryFilter { action: Some(EntryAction::Token), ..EntryFilter::default() };
    let entries = world.entries_of(&filter).await;
    entries.iter().rev().map(|entry| entry.outcome.as_str().to_owned()).collect()
}

#[tokio::test]
async fn its_holder_is_handed_a_kubeconfig_of_the_roles_own_account() {
    let (world, id, mut engineer) = World::with_holder().await;
    let made = make(&mut engineer, &id).await;
    assert_eq!(
        (made.status.as_u16(), &made.headers["cache-control"]),
        (200, &"no-store".parse().unwrap())
    );
    let file: Value = serde_json::from_str(made.body["kubeconfig"].as_str().unwrap()).unwrap();
    assert_eq!(file["clusters"][0]["cluster"]["server"], "https://cluster.example");
    assert_eq!(file["contexts"][0]["context"]["namespace"], "checkout");
    assert_eq!(file["users"][0]["name"], format!("grant-{id}"));
    let token = file["users"][0]["user"]["token"].as_str().unwrap();
    assert_eq!(token, "token-of-account-1");
    let until = world.console.now().plus(TTL).to_string();
    assert_eq!(made.body["expires_at"], until, "as long as the role");

    assert_eq!(told(&world).await, ["intended", "succeeded"]);
    assert!(!world.is_kept(token), "it is kept nowhere");
    assert!(
        world.is_kept(&Digest::of(token.as_bytes()).to_string()),
        "the log knows it by its digest"
    );
}

#[tokio::test]
async fn nobody_else_is_and_none_is_made_where_no_role_is_held() {
    let (world, id, mut engineer) = World::with_wish(1).await;
    assert_eq!(make(&mut engineer, &id).await.code(), (409, "wrong_state"));
    let mut owner = world.signer("owner").await;
    owner.decide_grant(&id, "approve").await.done();
    world.heard_of("grant", "given").await;
    assert_eq!(make(&mut owner, &id).await.code(), (403, "not_requester"));
    let mut security = world.signer("security").await;
    assert_eq!(make(&mut security, &id).await.code(), (403, "not_requester"));
    engineer.browser.post(&format!("/api/v1/grants/{id}/return"), json!({})).await.done();
    assert_eq!(make(&mut engineer, &id).await.code(), (409, "wrong_state"));
    assert_eq!(told(&world).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_role_that_ends_soon_has_no_token_and_says_so() {
    let (world, id, mut engineer) = World::with_holder().await;
    world.clock.advance(TTL.saturating_sub(Duration::from_secs(599)));
    engineer.return_to_work().await;
    let refused = make(&mut engineer, &id).await;
    assert_eq!(refused.code(), (409, "too_short_for_token"));
    assert_eq!(
        (&refused.body["left_seconds"], &refused.body["shortest_seconds"]),
        (&json!("599"), &json!("600"))
    );
}

#[tokio::test]
async fn without_the_word_in_the_log_no_token_is_made_and_what_failed_is_told() {
    let (world, id, mut engineer) = World::with_holder().await;
    world.cluster.grants.spoil(|standing| standing.accounts[0].uid = "another".to_owned());
    let refused = make(&mut engineer, &id).await;
    assert_eq!(refused.code(), (409, "target_drifted"), "it is not the account that was made");
    assert_eq!(told(&world).await, ["intended", "failed"]);
    world.cluster.grants.is_away(true);
    assert_eq!(make(&mut engineer, &id).await.code(), (503, "cluster_unavailable"));
    assert_eq!(told(&world).await[2..], ["intended", "unknown"]);
}

async fn listed(signer: &mut Signer) -> Vec<Value> {
    let tokens = signer.browser.get("/api/v1/tokens").await.done();
    tokens["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_token_that_was_issued_is_listed_for_its_holder_and_for_security() {
    let (world, id, mut engineer) = World::with_holder().await;
    make(&mut engineer, &id).await.done();
    let tokens = listed(&mut engineer).await;
    let [token] = tokens.as_slice() else { panic!("one token: {tokens:?}") };
    assert_eq!((&token["person"], &token["state"]), (&json!("engineer"), &json!("alive")));
    assert_eq!((&token["role"], &token["tenant"]), (&json!("debug"), &json!("demo/checkout")));
    let until = world.console.now().plus(TTL).to_string();
    assert_eq!((&token["expires_at"], &token["may_revoke"]), (&json!(until), &json!(true)));
    assert_eq!(token["sha256"], Digest::of(b"token-of-account-1").to_string());
    assert_eq!(
        listed(&mut world.signer("second").await).await,
        [] as [Value; 0],
        "it is no one else's"
    );
    assert_eq!(listed(&mut world.signer("security").await).await.len(), 1);
}

#[tokio::test]
async fn a_token_is_revoked_with_its_grant_by_its_holder_or_whoever_may_end_that() {
    for name in ["engineer", "second", "security"] {
        let (world, id, mut engineer) = World::with_holder().await;
        make(&mut engineer, &id).await.done();
        let token = listed(&mut engineer).await[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/tokens/{token}/revocation");
        let mut outsider = world.signer("outsider").await;
        assert_eq!(outsider.browser.post(&path, json!({})).await.code(), (404, "not_visible"));
        let revoked = if name == "engineer" {
            engineer.browser.post(&path, json!({})).await.done()
        } else {
            world.signer(name).await.browser.post(&path, json!({})).await.done()
        };
        assert_eq!(revoked["state"], "ending", "{name}");
        world.grants_looked_after().await;
        assert_eq!(
            (world.held(), &listed(&mut engineer).await[0]["state"]),
            ((0, 0), &json!("over"))
        );
        assert_eq!(engineer.browser.post(&path, json!({})).await.code(), (409, "wrong_state"));
    }
}

#[tokio::test]
async fn what_was_never_issued_is_not_revoked() {
    let (_world, id, mut engineer) = World::with_holder().await;
    make(&mut engineer, &id).await.done();
    for odd in [format!("{id}.0"), format!("{id}.x"), id.clone()] {
        let path = format!("/api/v1/tokens/{odd}/revocation");
        assert_eq!(
            engineer.browser.post(&path, json!({})).await.code(),
            (404, "not_visible"),
            "{odd}"
        );
    }
    assert_eq!(engineer.grant(&id).await["state"], "active");
}
