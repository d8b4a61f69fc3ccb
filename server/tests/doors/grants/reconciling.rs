//! Holding the cluster against what was signed.

use domain::grants::{FoundAccount, FoundBinding, Standing};
use serde_json::json;

use crate::world::World;

fn copied(binding: &FoundBinding) -> FoundBinding {
    let uid = "copied-uid".to_owned();
    FoundBinding { namespace: Some("ledger".parse().unwrap()), uid, ..binding.clone() }
}

#[tokio::test]
async fn a_binding_that_somebody_copied_is_removed_and_told_of_and_the_grant_stays() {
    let labels: [fn(&mut FoundBinding); 3] = [
        |_| {},
        |copy| copy.grant = None,
        |copy| copy.grant = Some("01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap()),
    ];
    for spoil in labels {
        let (world, id, mut engineer) = World::with_holder().await;
        world.cluster.grants.spoil(|standing| {
            let mut copy = copied(&standing.bindings[0]);
            spoil(&mut copy);
            standing.bindings.push(copy);
        });
        assert_eq!(world.reconciled().await, 1);
        assert_eq!(world.held(), (1, 1));
        assert_eq!(engineer.grant(&id).await["state"], "active");
        let told = world.told_of_grants().await;
        assert_eq!(told[told.len() - 2..], ["unexplained", "removed"]);
        assert_eq!(world.reconciled().await, 0);
    }
}

#[tokio::test]
async fn a_binding_that_was_edited_ends_its_grant() {
    let edits: [fn(&mut FoundBinding); 4] = [
        |it| it.subjects.push("User mallory".to_owned()),
        |it| it.subjects = vec!["Group system:authenticated".to_owned()],
        |it| it.cluster_role = Some("cluster-admin".parse().unwrap()),
        |it| it.uid = "made-anew".to_owned(),
    ];
    for edit in edits {
        let (world, id, mut engineer) = World::with_holder().await;
        world.cluster.grants.spoil(|standing| edit(&mut standing.bindings[0]));
        assert_eq!(world.reconciled().await, 1);
        world.grants_looked_after().await;
        let grant = engineer.grant(&id).await;
        assert_eq!(
            (&grant["state"], &grant["ending"]["reason"]),
            (&"ended".into(), &"tampered".into())
        );
        assert_eq!(world.held(), (0, 0));
    }
}

#[tokio::test]
async fn a_binding_or_account_that_was_deleted_ends_its_grant() {
    let deletions: [fn(&World); 2] = [
        |world| world.cluster.grants.spoil(|standing| standing.bindings.clear()),
        |world| world.cluster.grants.spoil(|standing| standing.accounts.clear()),
    ];
    for delete in deletions {
        let (world, id, mut engineer) = World::with_holder().await;
        delete(&world);
        world.grants_looked_after().await;
        assert_eq!(engineer.grant(&id).await["state"], "ended");
        assert_eq!(world.held(), (0, 0));
    }
}

#[tokio::test]
async fn what_is_left_of_a_grant_that_ended_is_removed() {
    let (world, id, mut engineer) = World::with_holder().await;
    let before = world.cluster.grants.holds();
    let path = format!("/api/v1/grants/{id}/return");
    engineer.browser.post(&path, json!({})).await.done();
    world.heard_of("grant", "ended").await;
    world.cluster.grants.spoil(|standing| *standing = before);
    assert_eq!(world.reconciled().await, 2);
    assert_eq!(world.held(), (0, 0));
}

#[tokio::test]
async fn an_account_in_the_closed_namespace_that_no_grant_explains_is_removed() {
    let (world, _, _) = World::with_holder().await;
    world.cluster.grants.spoil(|standing| {
        let (name, uid) = ("mallory".to_owned(), "uid".to_owned());
        standing.accounts.push(FoundAccount { name, uid });
    });
    assert_eq!(world.reconciled().await, 1);
    assert_eq!(world.held(), (1, 1));
}

#[tokio::test]
async fn what_the_console_may_not_delete_is_told_of_once_and_its_grant_ends() {
    let (world, id, mut engineer) = World::with_holder().await;
    world.cluster.grants.spoil(|standing| {
        let everywhere = FoundBinding { namespace: None, ..copied(&standing.bindings[0]) };
        standing.bindings.push(everywhere);
    });
    for _ in 0..3 {
        world.grants_looked_after().await;
    }
    assert_eq!(engineer.grant(&id).await["state"], "ended");
    let told = world.told_of_grants().await;
    assert_eq!(told.iter().filter(|outcome| *outcome == "unexplained").count(), 1);
    assert_eq!(world.held(), (1, 0), "the cluster role binding binds nobody any more");
}

#[tokio::test]
async fn two_consoles_that_look_at_once_agree() {
    let (world, id, mut engineer) = World::with_holder().await;
    world.cluster.grants.spoil(|standing| standing.bindings.clear());
    let (one, other) = tokio::join!(world.reconciled(), world.reconciled());
    assert_eq!(one + other, 1, "one of them says that it ends");
    let (one, other) = tokio::join!(world.console.end_grants(), world.console.end_grants());
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(engineer.grant(&id).await["state"], "ended");
}

#[tokio::test]
async fn what_a_finalizer_keeps_keeps_nothing_else_and_ends_its_grant() {
    let (world, id, mut engineer) = World::with_holder().await;
    world.cluster.grants.spoil(|standing| {
        let stays = copied(&standing.bindings[0]);
        let (namespace, uid) = (Some("checkout-2".parse().unwrap()), "another-copy".to_owned());
        let goes = FoundBinding { namespace, uid, ..stays.clone() };
        standing.bindings.splice(0..0, [stays, goes]);
    });
    world.cluster.grants.keeps("copied-uid");
    world.reconciled().await;
    let left = world.cluster.grants.holds().bindings;
    assert!(left.iter().all(|binding| binding.uid != "another-copy"), "{left:?}");
    world.console.end_grants().await.unwrap();
    assert_eq!(engineer.grant(&id).await["state"], "ended");
    assert_eq!(world.held(), (1, 0), "what stays binds nobody any more");
}

#[tokio::test]
async fn another_cluster_by_the_same_name_does_not_say_that_it_ended() {
    let (world, id, mut engineer) = World::with_holder().await;
    world.cluster.is_cluster("rebuilt");
    let there = world.cluster.grants.holds();
    world.cluster.grants.spoil(|standing| *standing = Standing::default());
    world.grants_looked_after().await;
    assert_eq!(engineer.grant(&id).await["state"], "active");
    engineer.browser.post(&format!("/api/v1/grants/{id}/return"), json!({})).await.done();
    assert!(world.console.end_grants().await.is_err());
    assert_eq!(engineer.grant(&id).await["state"], "ending", "nobody knows that it is gone");

    world.cluster.is_cluster("demo-uid");
    world.cluster.grants.spoil(|standing| *standing = there);
    world.console.end_grants().await.unwrap();
    assert_eq!(engineer.grant(&id).await["state"], "ended");
    assert_eq!(world.held(), (0, 0));
}
