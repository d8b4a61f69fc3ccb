//! The log grows by one, without gaps, and reads as it was written.

use domain::{
    actions::{ActionKind, catalogue::RestartPod},
    audit::{EntryAction, EntryFilter, EntryOutcome, EntryStore},
    ids::RequestId,
    page::PageRequest,
    store::StoreError,
};
use serde_json::json;

use crate::{
    databases::Database,
    fixtures::{entry, minute, uuid},
};

on_both!(
    entries_are_numbered_from_zero_and_read_as_written,
    writers_at_once_leave_no_gap,
    what_has_no_canonical_form_is_refused_and_leaves_no_gap,
    a_leaf_that_is_not_canonical_is_reported,
);

async fn entries_are_numbered_from_zero_and_read_as_written(db: Database) {
    let mut draft =
        entry("on-call", EntryAction::Action(ActionKind::of(&RestartPod)), EntryOutcome::Intended)
            .with("reason", "支払いが失敗する\u{0}")
            .with("preview", json!({"ready": 3, "budgets": []}));
    draft.tenant = Some("demo/checkout".parse().expect("a tenant"));
    draft.request = Some(RequestId::new(uuid(1)));
    let first = db.store.append(draft.clone()).await.expect("appended");
    let second = db.store.append(draft.clone()).await.expect("appended");

    assert_eq!(first, draft.clone().at_sequence(0));
    assert_eq!(second, draft.at_sequence(1));
    let read = db.store.entries(&EntryFilter::default(), &PageRequest::default()).await;
    assert_eq!(read.expect("a page").items, [second, first]);
}

async fn writers_at_once_leave_no_gap(db: Database) {
    let writers = (0..50).map(|n| {
        let store = db.store.clone();
        let mut draft = entry("on-call", EntryAction::SignIn, EntryOutcome::Succeeded);
        draft.at = minute(n);
        tokio::spawn(async move { store.append(draft).await })
    });
    let mut numbers = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        numbers.push(writer.await.expect("a writer").expect("appended").sequence);
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (0..50).collect::<Vec<u64>>());
}

async fn what_has_no_canonical_form_is_refused_and_leaves_no_gap(db: Database) {
    let draft = entry("on-call", EntryAction::SignIn, EntryOutcome::Succeeded);
    let refused = db.store.append(draft.clone().with("load", 0.5)).await;
    assert!(matches!(refused, Err(StoreError::Corrupt(_))), "{refused:?}");
    assert_eq!(db.store.append(draft).await.expect("appended").sequence, 0);
}

async fn a_leaf_that_is_not_canonical_is_reported(db: Database) {
    let draft = entry("on-call", EntryAction::SignIn, EntryOutcome::Succeeded);
    let leaf = serde_json::to_vec_pretty(&draft.at_sequence(0)).expect("JSON");
    let forged = "INSERT INTO entries (sequence, occurred_at, action, outcome, leaf) \
        VALUES (0, 0, 'sign-in', 'succeeded', $1)";
    sqlx::query(forged).bind(leaf).execute(&mut db.as_owner().await).await.expect("inserted");

    let read = db.store.entries(&EntryFilter::default(), &PageRequest::default()).await;
    assert_eq!(read, Err(StoreError::Corrupt("entry 0: its leaf is not canonical".to_owned())));
}
