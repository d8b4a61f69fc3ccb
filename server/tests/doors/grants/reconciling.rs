//! Holding the cluster against what was signed.

use domain::grants::{FoundAccount, FoundBinding};

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
    engineer.browser.post(&path, serde_json::json!({})).await.done();
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
