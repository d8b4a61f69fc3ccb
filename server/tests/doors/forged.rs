//! An exported history that somebody rewrote: good signatures alone do not make it hold.

use domain::audit::{Entry, EntryOutcome};
use sekisho::verify::{Checked, Contradiction, Keys, verify_entries};
use serde_json::json;

use crate::world::{ORIGIN, World};

/// The entries of a pod that was restarted as it should be.
async fn history() -> Vec<Entry> {
    let (world, id, mut on_call) = World::with_approval().await;
    on_call.decide(&id, "execute").await.done();
    world.heard("accepted").await;
    world.entries().await
}

fn contradictions(entries: &[Entry]) -> Vec<Contradiction> {
    let report = verify_entries(entries, &ORIGIN.parse().unwrap(), &Keys::AssertedByServer);
    let bad = report.bad().map(|(_, checked)| match checked {
        Checked::Contradicted(contradiction) => *contradiction,
        other => panic!("{other:?}"),
    });
    bad.collect()
}

fn rewrite(entries: &mut [Entry], outcome: EntryOutcome, rewrite: impl Fn(&mut Entry)) {
    entries.iter_mut().filter(|entry| entry.outcome == outcome).for_each(rewrite);
}

#[tokio::test]
async fn what_happened_holds() {
    assert_eq!(contradictions(&history().await), []);
}

#[tokio::test]
async fn another_target_is_not_what_was_signed() {
    let mut entries = history().await;
    rewrite(&mut entries, EntryOutcome::Requested, |entry| {
        entry.detail["body"]["target"]["name"] = json!("api-1");
    });
    let found = contradictions(&entries);
    assert!(found.contains(&Contradiction::OtherDigest), "{found:?}");
}

#[tokio::test]
async fn another_tenant_is_another_case() {
    let mut entries = history().await;
    let ledger = "demo/ledger".parse().ok();
    rewrite(&mut entries, EntryOutcome::Approved, |entry| entry.tenant.clone_from(&ledger));
    let expected = [Contradiction::OtherCase, Contradiction::NotApproved];
    assert_eq!(contradictions(&entries), expected);
}

#[tokio::test]
async fn an_order_needs_its_approvals_before_it() {
    let mut entries = history().await;
    rewrite(&mut entries, EntryOutcome::Approved, |entry| {
        entry.outcome = EntryOutcome::Withdrawn;
        entry.detail.remove("signature");
    });
    assert_eq!(contradictions(&entries), [Contradiction::NotApproved]);
}

#[tokio::test]
async fn an_effect_needs_its_order_before_it() {
    let mut entries = history().await;
    entries.retain(|entry| entry.outcome != EntryOutcome::Intended);
    assert_eq!(contradictions(&entries), [Contradiction::NotIntended]);
}

#[tokio::test]
async fn a_touch_counts_once() {
    let mut entries = history().await;
    let mut again: Vec<_> =
        entries.iter().filter(|entry| entry.outcome == EntryOutcome::Approved).cloned().collect();
    again[0].sequence = 1_000;
    entries.append(&mut again);
    assert_eq!(contradictions(&entries), [Contradiction::Replayed]);
}

#[tokio::test]
async fn signatures_on_what_was_never_asked_prove_nothing() {
    let mut entries = history().await;
    entries.retain(|entry| entry.outcome != EntryOutcome::Requested);
    let found = contradictions(&entries);
    assert!(found.iter().all(|found| *found == Contradiction::NotAsked) && found.len() > 2);
}
