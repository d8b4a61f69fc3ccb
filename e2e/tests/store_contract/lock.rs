//! Locking somebody out takes everything at once, and is told entry by entry.

use domain::{
    actions::{RequestState, RequestStore, StateName},
    audit::{EntryAction, EntryFilter, EntryOutcome, EntryStore},
    canonical::Digest,
    identity::{EnrolError, IdentityStore, PersonStatus, SignInError, SignInRecord},
    ids::{RequestId, UserHandle},
    page::PageRequest,
};

use crate::{
    databases::Database,
    fixtures::{
        asking, change, enrol, enrolment, entry, link, login, minute, passkey, request, session,
        start, uuid,
    },
};

on_both!(
    a_lock_ends_sessions_and_withdraws_open_requests,
    who_is_locked_does_not_come_in,
    who_departs_is_told_of_once,
);

async fn outcomes(db: &Database) -> Vec<(EntryAction, EntryOutcome)> {
    let page = db.store.entries(&EntryFilter::default(), &PageRequest::default()).await;
    let mut items = page.expect("a page").items;
    items.sort_by_key(|entry| entry.sequence);
    items.iter().map(|entry| (entry.action, entry.outcome)).collect()
}

async fn a_lock_ends_sessions_and_withdraws_open_requests(db: Database) {
    enrol(&db.store, 1, "on-call").await;
    enrol(&db.store, 2, "engineer").await;
    for (n, who) in [(3, "on-call"), (4, "on-call"), (5, "engineer")] {
        db.store.commit(asking(request(n, who, "checkout"))).await.expect("asked");
    }
    let ended = request(4, "on-call", "checkout").expire(minute(100)).expect("expired");
    db.store.commit(change(ended, "on-call", EntryOutcome::Expired)).await.expect("expired");
    let before = outcomes(&db).await.len();

    let lock = entry("platform-admin", EntryAction::Lock, EntryOutcome::Succeeded);
    let told = db.store.lock(&login("on-call"), minute(7), lock).await.expect("locked");

    assert_eq!(told.action, EntryAction::Lock);
    let status = db.store.status(&login("on-call")).await;
    assert_eq!(status, Ok(PersonStatus::Locked { since: minute(7) }));
    assert_eq!(db.store.sessions(&login("on-call")).await, Ok(vec![]));
    let withdrawn = db.store.request(RequestId::new(uuid(3))).await.expect("read").expect("there");
    let by = Some(login("platform-admin"));
    assert_eq!(withdrawn.state, RequestState::Withdrawn { at: minute(7), by });
    for (n, state) in [(4, StateName::Expired), (5, StateName::Pending)] {
        let other = db.store.request(RequestId::new(uuid(n))).await.expect("read").expect("there");
        assert_eq!(other.state.name(), state, "request {n}");
    }
    assert_eq!(db.store.sessions(&login("engineer")).await.expect("sessions").len(), 1);
    let told: Vec<_> = outcomes(&db).await.split_off(before);
    let restart = EntryAction::Action(domain::actions::ActionKind::of(
        &domain::actions::catalogue::RestartPod,
    ));
    assert_eq!(
        told,
        [(EntryAction::Lock, EntryOutcome::Succeeded), (restart, EntryOutcome::Withdrawn)]
    );
}

async fn who_is_locked_does_not_come_in(db: Database) {
    enrol(&db.store, 1, "engineer").await;
    let lock = || entry("platform-admin", EntryAction::Lock, EntryOutcome::Succeeded);
    db.store.lock(&login("engineer"), start(), lock()).await.expect("locked");
    // Nobody knew them before.
    db.store.lock(&login("approver"), start(), lock()).await.expect("locked");
    let record = SignInRecord {
        passkey: passkey("passkey-1", "engineer"),
        session: session(3, "engineer"),
        entry: entry("engineer", EntryAction::SignIn, EntryOutcome::Succeeded),
    };
    assert_eq!(db.store.sign_in(record.clone()).await, Err(SignInError::Locked));
    let invite = entry("platform-admin", EntryAction::Invite, EntryOutcome::Succeeded);
    db.store.create_link(link(b"secret", "approver"), invite).await.expect("invited");
    let enrolment = enrolment(b"secret", 2, "approver", UserHandle::new(uuid(2)));
    assert_eq!(db.store.enrol(enrolment).await, Err(EnrolError::Locked));

    let unlock = entry("platform-admin", EntryAction::Unlock, EntryOutcome::Succeeded);
    db.store.unlock(&login("engineer"), unlock).await.expect("unlocked");
    db.store.sign_in(record).await.expect("signed in");
}

async fn who_departs_is_told_of_once(db: Database) {
    enrol(&db.store, 1, "engineer").await;
    let invite = entry("platform-admin", EntryAction::Invite, EntryOutcome::Succeeded);
    db.store.create_link(link(b"further", "engineer"), invite).await.expect("invited");
    db.store.commit(asking(request(3, "engineer", "checkout"))).await.expect("asked");
    let gone = || {
        let mut entry = entry("engineer", EntryAction::RevokeSession, EntryOutcome::Succeeded);
        entry.actor = None;
        entry
    };
    let told = db.store.depart(&login("engineer"), minute(7), gone()).await.expect("departed");
    assert_eq!(told.expect("an entry").action, EntryAction::RevokeSession);
    assert_eq!(db.store.sessions(&login("engineer")).await, Ok(vec![]));
    assert_eq!(db.store.link(Digest::of(b"further"), start()).await, Ok(None));
    let withdrawn = db.store.request(RequestId::new(uuid(3))).await.expect("read").expect("there");
    assert_eq!(withdrawn.state, RequestState::Withdrawn { at: minute(7), by: None });

    let before = outcomes(&db).await;
    assert_eq!(db.store.depart(&login("engineer"), minute(8), gone()).await, Ok(None));
    assert_eq!(outcomes(&db).await, before);
}
