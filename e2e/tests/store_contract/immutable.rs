//! Entries never change and never vanish, whoever tries: the owner of the tables, or the console's own role.

use domain::audit::{EntryAction, EntryFilter, EntryOutcome, EntryStore};
use domain::page::PageRequest;
use sqlx::{AnyConnection, Executor};

use crate::{databases::Database, fixtures::entry};

on_both!(entries_withstand_their_owner, entries_withstand_the_console);

/// Tried on either engine; an engine may also refuse to understand.
const ATTEMPTS: [&str; 17] = [
    "UPDATE entries SET actor = 'nobody'",
    "UPDATE entries SET leaf = leaf",
    "UPDATE OR REPLACE entries SET sequence = 1 WHERE sequence = 0",
    "DELETE FROM entries",
    "DELETE FROM entries WHERE sequence = 2",
    "TRUNCATE entries",
    "TRUNCATE log_head",
    "TRUNCATE entries, log_head CASCADE",
    "REPLACE INTO entries SELECT * FROM entries WHERE sequence = 1",
    "INSERT OR REPLACE INTO entries (sequence, occurred_at, action, outcome, leaf) \
        SELECT 0, 0, 'sign-in', 'failed', leaf FROM entries WHERE sequence = 1",
    "INSERT INTO entries (sequence, occurred_at, action, outcome, leaf) \
        SELECT 0, 0, 'sign-in', 'failed', leaf FROM entries WHERE sequence = 1 \
        ON CONFLICT (sequence) DO UPDATE SET actor = 'nobody'",
    // A gap.
    "INSERT INTO entries (sequence, occurred_at, action, outcome, leaf) \
        SELECT 7, 0, 'sign-in', 'failed', leaf FROM entries WHERE sequence = 1",
    "INSERT INTO entries (occurred_at, action, outcome, leaf) \
        SELECT 0, 'sign-in', 'failed', leaf FROM entries WHERE sequence = 1",
    "UPDATE log_head SET next = 7",
    "UPDATE log_head SET next = 0",
    "DELETE FROM log_head",
    "INSERT INTO log_head (id, next) VALUES (1, 0)",
];

async fn entries_withstand_their_owner(db: Database) {
    let direct = db.as_owner().await;
    withstand(&db, direct).await;
}

async fn entries_withstand_the_console(db: Database) {
    let direct = db.as_runtime().await;
    withstand(&db, direct).await;
}

async fn withstand(db: &Database, mut direct: AnyConnection) {
    for who in ["engineer", "on-call", "approver"] {
        let draft = entry(who, EntryAction::SignIn, EntryOutcome::Succeeded);
        db.store.append(draft).await.expect("appended");
    }
    let page = PageRequest::default();
    let before = db.store.entries(&EntryFilter::default(), &page).await.expect("a page");

    for attempt in ATTEMPTS {
        let done = direct.execute(attempt).await;
        assert!(done.is_err(), "{attempt}");
    }

    let after = db.store.entries(&EntryFilter::default(), &page).await.expect("a page");
    assert_eq!(after, before);
    let draft = entry("engineer", EntryAction::SignOut, EntryOutcome::Succeeded);
    assert_eq!(db.store.append(draft).await.expect("appended").sequence, 3);
}

/// What only a role that owns nothing is refused.
#[tokio::test]
async fn the_runtime_role_cannot_disarm_the_log() {
    let db = Database::postgres().await;
    let mut direct = db.as_runtime().await;
    for attempt in [
        "ALTER TABLE entries DISABLE TRIGGER ALL",
        "DROP TRIGGER entries_never_change ON entries",
        "DROP TABLE entries",
        "CREATE OR REPLACE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS \
            'BEGIN RETURN NEW; END'",
        "SET session_replication_role = replica",
        "SET ROLE sekisho_owner",
        "SELECT grant_runtime('sekisho_runtime')",
        "DELETE FROM requests",
        "DELETE FROM people",
    ] {
        let refused = direct.execute(attempt).await.expect_err(attempt);
        let code = refused.as_database_error().and_then(|error| error.code().map(Into::into));
        assert_eq!(code, Some("42501".to_owned()), "{attempt}: {refused}");
    }
}
