//! Clearing away what ran out, and nothing else.

use domain::{
    approvals::Decision,
    audit::{EntryAction, EntryFilter, EntryOutcome, EntryStore},
    canonical::Digest,
    identity::{IdentityStore, SessionLimits},
    page::PageRequest,
};

use crate::{
    databases::Database,
    fixtures::{commitment, enrol, entry, link, login, minute, nonce, step_up},
};

on_both!(what_ran_out_goes_and_evidence_stays);

async fn what_ran_out_goes_and_evidence_stays(db: Database) {
    enrol(&db.store, 1, "engineer").await;
    let invite = entry("platform-admin", EntryAction::Invite, EntryOutcome::Succeeded);
    db.store.create_link(link(b"secret", "approver"), invite).await.expect("invited");
    let by_touch = commitment("engineer", Decision::AddPasskey, Digest::of(b"change"), nonce(1));
    step_up(&db.store, &by_touch).await;
    let limits = SessionLimits::default();

    assert_eq!(db.store.forget_expired(minute(4), limits).await, Ok(0));
    assert_eq!(db.store.forget_expired(minute(5), limits).await, Ok(2), "ceremony and nonce");
    assert_eq!(db.store.forget_expired(minute(15), limits).await, Ok(1), "link");
    assert_eq!(db.store.forget_expired(minute(31), limits).await, Ok(1), "session");
    assert_eq!(db.store.forget_expired(minute(32), limits).await, Ok(0));

    assert_eq!(db.store.passkeys(&login("engineer")).await.expect("passkeys").len(), 1);
    let log = db.store.entries(&EntryFilter::default(), &PageRequest::default()).await;
    assert_eq!(log.expect("a page").items.len(), 3);
}
