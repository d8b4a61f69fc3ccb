//! A history of the night, exported and read by somebody who does not trust the console.

use domain::audit::{Entry, EntryAction, EntryOutcome};
use sekisho::verify::{Checked, Contradiction, Keys, verify_entries};
use serde_json::json;

use super::scene::emergency;
use crate::{
    asking::restart,
    world::{ORIGIN, World},
};

/// Everything that was told of a session with an action and a token in it, judged in the end.
async fn history() -> Vec<Entry> {
    let (world, id, mut on_call) = World::with_session().await;
    on_call.browser.post(&format!("/api/v1/grants/{id}/kubeconfig"), json!({})).await.done();
    let asked = on_call.browser.post("/api/v1/requests", restart()).await.done();
    on_call.decide(asked["id"].as_str().unwrap(), "execute").await.done();
    world.heard("accepted").await;
    on_call.close(&id).await.done();
    world.followed().await;
    world.signer("owner").await.judge(&id, "justified").await.done();
    world.entries().await
}

fn bad(entries: &[Entry]) -> Vec<Checked> {
    let report = verify_entries(entries, &ORIGIN.parse().unwrap(), &Keys::AssertedByServer);
    report.bad().map(|(_, checked)| checked.clone()).collect()
}

fn of(entries: &mut [Entry], outcome: EntryOutcome) -> &mut Entry {
    entries.iter_mut().find(|entry| entry.outcome == outcome).unwrap()
}

#[tokio::test]
async fn what_happened_holds() {
    assert_eq!(bad(&history().await), []);
}

#[tokio::test]
async fn an_action_needs_its_session_live() {
    let mut entries = history().await;
    entries.retain(|entry| entry.outcome != EntryOutcome::Opened);
    let found = bad(&entries);
    assert!(found.contains(&Checked::Contradicted(Contradiction::NoSession)), "{found:?}");
    assert!(found.contains(&Checked::Contradicted(Contradiction::NotIntended)), "{found:?}");
}

#[tokio::test]
async fn nothing_else_was_declared_than_what_was_signed() {
    let mut entries = history().await;
    let declared = |it: &&mut Entry| {
        it.action == EntryAction::BreakGlass && it.outcome == EntryOutcome::Requested
    };
    let body = &mut entries.iter_mut().find(declared).unwrap().detail["body"];
    body["declaration"]["intent"] = json!("look around");
    let found = bad(&entries);
    assert!(found.contains(&Checked::Contradicted(Contradiction::OtherDigest)), "{found:?}");
}

#[tokio::test]
async fn a_verdict_is_on_its_case_and_by_another() {
    let mut entries = history().await;
    of(&mut entries, EntryOutcome::Judged).detail["verdict"] = json!("unjustified");
    assert_eq!(bad(&entries), [Checked::Misplaced]);

    let mut entries = history().await;
    of(&mut entries, EntryOutcome::Judged).detail["case"] = json!("0".repeat(64));
    assert_eq!(bad(&entries), [Checked::Misplaced]);

    let mut entries = history().await;
    of(&mut entries, EntryOutcome::Judged).detail["person"] = json!("owner");
    assert_eq!(bad(&entries), [Checked::Misplaced]);
}

#[tokio::test]
async fn a_grant_needs_its_approvals_before_it_is_given() {
    let (world, _, _) = World::with_holder().await;
    let mut entries = world.entries().await;
    assert_eq!(bad(&entries), []);
    entries.retain(|entry| entry.outcome != EntryOutcome::Approved);
    assert_eq!(bad(&entries), [Checked::Contradicted(Contradiction::NotIntended)]);
}

/// A session, what went on from it, a drill beside them, all of it closed and the first judged.
async fn history_of_steps() -> Vec<Entry> {
    let (world, first, mut on_call) = World::with_session().await;
    let mut more = emergency();
    more["after"] = json!(first);
    let second = on_call.browser.post("/api/v1/break-glass", more).await.done();
    on_call.open(second["id"].as_str().unwrap()).await.done();
    world.deeds_done().await;
    on_call.close(&first).await.done();
    let mut drill = emergency();
    drill["drill"] = json!(true);
    let drill = on_call.browser.post("/api/v1/break-glass", drill).await.done();
    let drill = drill["id"].as_str().unwrap();
    on_call.open(drill).await.done();
    world.deeds_done().await;
    on_call.close(drill).await.done();
    world.followed().await;
    world.signer("owner").await.judge(&first, "justified").await.done();
    world.entries().await
}

/// The entries about what went on, newest first.
fn of_step(entries: &[Entry], outcome: EntryOutcome) -> usize {
    let declared = entries.iter().find(|entry| {
        entry.outcome == EntryOutcome::Requested
            && !entry.detail["body"]["declaration"]["goes_on"].is_null()
    });
    let step = declared.unwrap().grant;
    entries.iter().position(|entry| entry.grant == step && entry.outcome == outcome).unwrap()
}

#[tokio::test]
async fn what_went_on_holds_while_the_session_before_was_live() {
    let mut entries = history_of_steps().await;
    assert_eq!(bad(&entries), []);
    // Without the word that opened the one before, it went on from nothing.
    let opened = entries.iter().rposition(|entry| entry.outcome == EntryOutcome::Opened).unwrap();
    let first = entries.remove(opened);
    assert!(first.detail["activation"].is_object());
    let found = bad(&entries);
    assert!(found.contains(&Checked::Contradicted(Contradiction::NoSession)), "{found:?}");
}

#[tokio::test]
async fn nobody_judges_while_what_went_on_is_live_still() {
    let mut entries = history_of_steps().await;
    let ending = of_step(&entries, EntryOutcome::Ending);
    entries.remove(ending);
    let found = bad(&entries);
    assert!(found.contains(&Checked::Contradicted(Contradiction::OtherCase)), "{found:?}");
}
