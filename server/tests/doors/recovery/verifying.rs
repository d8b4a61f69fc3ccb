//! The history of a recovery, exported and read by somebody who does not trust the console.

use domain::{
    audit::{Entry, EntryAction, EntryOutcome},
    recovery::RECOVERED_LATELY,
};
use sekisho::verify::{Checked, Contradiction, Keys, verify_entries};
use serde_json::json;

use super::scene::Recovering;
use crate::world::{ORIGIN, World};

/// Everything that was told of a recovery that was judged, and of what the person agreed to a day later; oldest first.
async fn history() -> Vec<Entry> {
    let world = World::new().await;
    let mut security = world.signer("security").await;
    let mut recovering = Recovering::signed_in(world).await;
    let mut back = recovering.comes_back().await;
    security.judge_recovery(&recovering.id, "justified").await.done();
    let world = &recovering.world;
    world.clock.advance(RECOVERED_LATELY);
    back.return_to_work().await;
    let id = world.asked_by("second").await;
    back.decide(&id, "approve").await.done();
    let mut entries = world.entries().await;
    entries.reverse();
    entries
}

fn bad(entries: &[Entry]) -> Vec<Checked> {
    let report = verify_entries(entries, &ORIGIN.parse().unwrap(), &Keys::AssertedByServer);
    report.bad().map(|(_, checked)| checked.clone()).collect()
}

fn contradicted(entries: &[Entry], by: Contradiction) -> bool {
    bad(entries).contains(&Checked::Contradicted(by))
}

fn of(entries: &mut [Entry], outcome: EntryOutcome) -> &mut Entry {
    let is_it = |it: &&mut Entry| it.action == EntryAction::Recovery && it.outcome == outcome;
    entries.iter_mut().find(is_it).unwrap()
}

#[tokio::test]
async fn what_happened_holds() {
    assert_eq!(bad(&history().await), []);
}

#[tokio::test]
async fn nobody_comes_in_on_the_word_of_one() {
    let mut entries = history().await;
    let second = of(&mut entries, EntryOutcome::Approved).sequence;
    entries.retain(|entry| entry.sequence != second);
    assert!(contradicted(&entries, Contradiction::NotApproved));
    let mut entries = history().await;
    of(&mut entries, EntryOutcome::Approved).detail["parts"] = json!(["admin"]);
    assert!(contradicted(&entries, Contradiction::NotApproved), "two admins are not both");
    let mut entries = history().await;
    entries.retain(|entry| entry.outcome != EntryOutcome::Linked);
    assert!(contradicted(&entries, Contradiction::NotApproved));
}

#[tokio::test]
async fn nothing_else_was_signed_than_what_was_asked_for() {
    let mut entries = history().await;
    of(&mut entries, EntryOutcome::Requested).detail["body"]["reason"] = json!("another");
    assert!(contradicted(&entries, Contradiction::OtherDigest));
    let mut entries = history().await;
    of(&mut entries, EntryOutcome::Approved).detail["digest"] = json!("0".repeat(64));
    let found = bad(&entries);
    assert!(found.contains(&Checked::Misplaced), "{found:?}");
    let mut entries = history().await;
    of(&mut entries, EntryOutcome::Enrolled).detail["person"] = json!("second");
    assert!(contradicted(&entries, Contradiction::OtherCase));
}

#[tokio::test]
async fn a_verdict_is_on_its_case_and_by_another() {
    let mut entries = history().await;
    of(&mut entries, EntryOutcome::Judged).detail["verdict"] = json!("unjustified");
    assert_eq!(bad(&entries), [Checked::Misplaced]);
    assert_eq!(told_again(EntryOutcome::Judged).await, [Contradiction::OtherCase], "judged twice");
}

/// What is found where something is told a second time at the end.
async fn told_again(outcome: EntryOutcome) -> Vec<Contradiction> {
    let mut entries = history().await;
    let mut again = of(&mut entries, outcome).clone();
    again.sequence = entries.iter().map(|entry| entry.sequence).max().unwrap() + 1;
    entries.push(again);
    let found = bad(&entries).into_iter();
    found
        .filter_map(|it| match it {
            Checked::Contradicted(by) => Some(by),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn nobody_else_is_asked_for_once_it_was_signed() {
    assert_eq!(told_again(EntryOutcome::Requested).await, [Contradiction::OtherCase]);
}

#[tokio::test]
async fn an_agreement_within_a_day_stands_out() {
    let mut entries = history().await;
    let came_back = of(&mut entries, EntryOutcome::Enrolled).at;
    let is_theirs = |it: &&mut Entry| {
        it.outcome == EntryOutcome::Approved && it.action != EntryAction::Recovery
    };
    entries.iter_mut().find(is_theirs).unwrap().at = came_back;
    assert!(contradicted(&entries, Contradiction::RecoveredLately));
}
