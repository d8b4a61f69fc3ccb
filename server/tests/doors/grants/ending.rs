//! Ending what somebody holds.

use std::time::Duration;

use serde_json::json;

use super::scene::{TTL, cluster_role, shell};
use crate::{policy::login, world::World};

async fn ended(world: &World, id: &str, reason: &str) {
    world.grants_looked_after().await;
    let mut owner = world.signer("second").await;
    let grant = owner.grant(id).await;
    assert_eq!((&grant["state"], &grant["ending"]["reason"]), (&json!("ended"), &json!(reason)));
    assert_eq!(world.held(), (0, 0));
    let told = world.told_of_grants().await;
    assert_eq!(told[told.len() - 2..], ["ending", "ended"]);
}

#[tokio::test]
async fn it_ends_with_its_time() {
    let (world, id, _) = World::with_holder().await;
    world.clock.advance(TTL.saturating_sub(Duration::from_secs(1)));
    world.grants_looked_after().await;
    assert_eq!(world.held(), (1, 1));
    world.clock.advance(Duration::from_secs(1));
    ended(&world, &id, "expired").await;
}

#[tokio::test]
async fn its_holder_gives_it_back_at_once_and_nobody_else_does() {
    let (world, id, mut engineer) = World::with_holder().await;
    let path = format!("/api/v1/grants/{id}/return");
    let mut other = world.signer("third").await;
    assert_eq!(other.browser.post(&path, json!({})).await.code(), (403, "not_requester"));
    let returned = engineer.browser.post(&path, json!({})).await.done();
    assert_eq!(
        (&returned["state"], &returned["ending"]["by"]),
        (&json!("ending"), &json!("engineer"))
    );
    world.heard_of("grant", "ended").await;
    ended(&world, &id, "returned").await;
}

#[tokio::test]
async fn whoever_may_end_it_does_though_the_cluster_is_away_and_it_is_told_until_it_is_gone() {
    let (world, id, mut engineer) = World::with_holder().await;
    let path = format!("/api/v1/grants/{id}/revocation");
    assert_eq!(engineer.browser.post(&path, json!({})).await.code(), (403, "refused"));
    world.cluster.grants.is_away(true);
    world.cluster.fall_silent();
    let mut security = world.signer("security").await;
    let revoked = security.browser.post(&path, json!({ "comment": "the laptop is gone" })).await;
    assert_eq!(revoked.done()["state"], "ending");
    assert!(world.console.end_grants().await.is_err(), "the first trouble is told");
    assert_eq!(engineer.grant(&id).await["state"], "ending", "it is held still");
    assert_eq!(world.held(), (1, 1));
    world.cluster.grants.is_away(false);
    world.cluster.speak_again();
    ended(&world, &id, "revoked").await;
}

#[tokio::test]
async fn what_waits_is_taken_back_or_runs_out() {
    let (world, id, mut engineer) = World::with_wish(1).await;
    let path = format!("/api/v1/grants/{id}/return");
    assert_eq!(engineer.browser.post(&path, json!({})).await.done()["state"], "withdrawn");
    let asked = engineer.browser.post("/api/v1/grants", super::scene::wish()).await.done();
    world.clock.advance(Duration::from_mins(30));
    assert_eq!(world.console.expire_grants().await.unwrap(), 1);
    engineer.return_to_work().await;
    assert_eq!(engineer.grant(asked["id"].as_str().unwrap()).await["state"], "expired");
}

#[tokio::test]
async fn a_lock_ends_it_in_the_same_breath() {
    let (world, id, _) = World::with_holder().await;
    world.console.lock(&world.actor("admin"), &login("engineer")).await.unwrap();
    let told = world.told_of_grants().await;
    assert_eq!(told.last().unwrap(), "ending");
    ended(&world, &id, "locked").await;
}

#[tokio::test]
async fn whoever_leaves_the_team_or_the_list_holds_nothing() {
    let (world, id, _) = World::with_holder().await;
    world.policy.move_to("engineer", "ledger");
    world.console.enforce_policy().await.unwrap();
    ended(&world, &id, "lost_right").await;

    let (world, id, _) = World::with_holder().await;
    world.policy.amend(|policy| drop(policy.people.remove(&login("engineer"))));
    world.console.enforce_policy().await.unwrap();
    ended(&world, &id, "lost_right").await;
}

#[tokio::test]
async fn a_role_that_is_no_longer_what_was_signed_ends_it() {
    let changes: [fn(&World); 3] = [
        |world| world.cluster.grants.define(&cluster_role(), None),
        |world| {
            let mut more = shell();
            more.rules[0].verbs.insert("get".to_owned());
            world.cluster.grants.define(&cluster_role(), Some(more));
        },
        |world| world.policy.amend(|policy| policy.roles.0.clear()),
    ];
    for change in changes {
        let (world, id, _) = World::with_holder().await;
        change(&world);
        world.console.enforce_policy().await.unwrap();
        ended(&world, &id, "role_changed").await;
    }
}

#[tokio::test]
async fn a_console_that_was_down_at_the_time_ends_it_when_it_begins() {
    let (world, id, _) = World::with_holder().await;
    world.clock.advance(TTL * 5);
    let world = world.begun_again().await;
    ended(&world, &id, "expired").await;
}

#[tokio::test]
async fn one_whose_end_cannot_be_written_keeps_no_other_from_its_end() {
    let (world, held, mut engineer) = World::with_holder().await;
    let odd = world.role_wished_by("on-call").await;
    let on_call = world.actor("on-call");
    world.console.return_grant(&on_call, odd.parse().unwrap()).await.unwrap();
    // What is kept says withdrawn, and the row that it waits.
    let waits = "UPDATE grants SET state = 'pending', ends_at = 1 WHERE id = ?";
    world.write_past_the_console(waits, &odd).await;
    world.clock.advance(TTL);
    assert!(world.console.expire_grants().await.is_err(), "it is told");
    engineer.return_to_work().await;
    assert_eq!(engineer.grant(&held).await["state"], "ending");
}

#[tokio::test]
async fn somebody_is_locked_though_what_is_kept_of_their_power_is_spoilt_and_it_goes() {
    let (world, id, _) = World::with_holder().await;
    let other = world.role_wished_by("engineer").await;
    for kept in [&id, &other] {
        world.write_past_the_console("UPDATE grants SET record = '{' WHERE id = ?", kept).await;
    }
    let request = world.asked_by("on-call").await;
    let spoil = "UPDATE requests SET record = '{' WHERE id = ?";
    world.write_past_the_console(spoil, &request).await;
    for name in ["engineer", "on-call"] {
        world.console.lock(&world.actor("admin"), &login(name)).await.unwrap();
    }
    assert_eq!(world.held(), (1, 1));
    world.grants_looked_after().await;
    assert_eq!(world.held(), (0, 0), "it explains nothing");
}

#[tokio::test]
async fn a_namespace_that_is_made_anew_ends_what_was_held_in_the_one_before() {
    let (world, held, _) = World::with_holder().await;
    let waiting = world.role_wished_by("on-call").await;
    world.cluster.recreate_namespaces();
    let mut owner = world.signer("third").await;
    let refused = owner.grant_options(&waiting, "approve").await;
    assert_eq!(
        (refused.code(), &refused.body["drift"]),
        ((409, "target_drifted"), &json!("tenant_gone"))
    );
    assert_eq!(owner.grant(&waiting).await["state"], "void");
    ended(&world, &held, "tenant_gone").await;
}

#[tokio::test]
async fn another_cluster_by_the_same_name_gives_nothing_that_was_asked_of_the_one_before() {
    let (world, waiting) = World::with_wish_of_another().await;
    world.cluster.is_cluster("another-uid");
    let mut owner = world.signer("owner").await;
    let refused = owner.grant_options(&waiting, "approve").await;
    assert_eq!(
        (refused.code(), &refused.body["drift"]),
        ((409, "target_drifted"), &json!("tenant_gone"))
    );
}
