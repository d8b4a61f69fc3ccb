//! Recoveries: one of a person at a time, and coming in again takes the place of everything or of nothing.

use std::time::Duration;

use domain::{
    actions::{CommitError, Decided, Limits, RequestStore, StandsAs},
    approvals::{Decision, Purpose},
    audit::{EntryAction, EntryOutcome},
    break_glass::ClosedAlone,
    canonical::Digest,
    grants::{GrantChange, GrantStore},
    identity::{CredentialId, EnrolError, IdentityStore, PasskeyChange, PasskeyError},
    ids::{RecoveryId, SessionId, UserHandle},
    notifications::{EventKind, Outbox},
    page::PageRequest,
    policy::PolicyStore,
    recovery::{
        ComingBack, Part, RECOVERED_LATELY, Recovery, RecoveryBody, RecoveryChange, RecoveryFilter,
        RecoveryStateName::{Approved, Enrolled, Expired, Pending, Withdrawn},
        RecoveryStore, Signature,
    },
    store::StoreError,
    time::Timestamp,
};
use futures::future::join_all;

use crate::{
    databases::Database,
    fixtures::{
        approving, commitment, enrol, entry, login, minute, nonce, passkey, policy, put, request,
        session, signed, start, step_up, uuid,
    },
    reviews,
};

on_both!(
    one_recovery_of_a_person_is_under_way_at_a_time,
    of_fifty_who_ask_at_once_one_asks,
    a_step_is_neither_skipped_nor_repeated,
    a_link_is_found_while_it_can_be_used,
    coming_in_again_takes_the_place_of_everything,
    of_fifty_who_come_in_at_once_one_does,
    nobody_comes_in_by_what_does_not_hold,
    what_is_written_down_of_the_old_passkeys_is_true,
    whoever_was_recovered_lately_agrees_to_nothing,
    nobody_counts_on_whoever_was_recovered_lately,
    nobody_opens_alone_who_was_recovered_lately,
    locking_somebody_stops_their_recovery,
    a_spoilt_recovery_keeps_no_other_from_being_read,
    pages_of_recoveries_join_without_gap_or_double,
    recoveries_are_told,
);

const LINK: &[u8] = b"secret";

/// An admin asks at minute `n` that somebody is recovered.
fn asked(n: u32, person: &str) -> Recovery {
    let id = RecoveryId::new(uuid(n));
    let body = RecoveryBody::new(id, login(person), login("admin"), "lost", minute(n));
    Recovery::pending(body.expect("a recovery"))
}

fn signature(recovery: &Recovery, person: &str, part: Part) -> Signature {
    let commitment = commitment(person, Decision::Approve, recovery.digest, nonce(1));
    let commitment = domain::approvals::Commitment { purpose: Purpose::Recovery, ..commitment };
    Signature { parts: [part].into(), signed: signed(commitment) }
}

/// Each step until both signed and a link was made.
fn steps(asked: Recovery) -> [Recovery; 4] {
    let at = asked.body.created_at;
    let (mate, admin) =
        (signature(&asked, "owner", Part::TeamMate), signature(&asked, "admin", Part::Admin));
    let once = asked.clone().sign(mate, at).expect("signed");
    let both = once.clone().sign(admin, at).expect("signed");
    let linked = both.clone().hand_on(Digest::of(LINK), &login("admin"), at).expect("linked");
    [asked, once, both, linked]
}

async fn step(db: &Database, recovery: Recovery, outcome: EntryOutcome) -> Result<(), CommitError> {
    let entry = recovery.entry_by_itself(start(), outcome);
    db.store.commit_recovery(RecoveryChange::of(recovery, entry)).await.map(drop)
}

/// Puts each of these steps into the store.
async fn keep(db: &Database, steps: impl IntoIterator<Item = Recovery>) {
    for recovery in steps {
        step(db, recovery, EntryOutcome::Approved).await.expect("a step");
    }
}

async fn in_force(db: &Database) {
    let put = entry("platform-admin", EntryAction::Policy, EntryOutcome::Succeeded);
    db.store.put_in_force(policy(), None, put).await.expect("in force");
}

/// Somebody with passkey and session number `n`, who may come in by the link.
async fn lost(db: &Database, n: u32, who: &str) -> Recovery {
    in_force(db).await;
    enrol(&db.store, n, who).await;
    let steps = steps(asked(n, who));
    keep(db, steps.clone()).await;
    let [.., linked] = steps;
    linked
}

/// What comes of the link with passkey and session of that number, at that moment.
async fn back(db: &Database, linked: Recovery, n: u32, old: &[&str], at: Timestamp) -> ComingBack {
    let who = linked.body.person.to_string();
    let new = passkey(&format!("passkey-{n}"), &who);
    let removed = old.iter().map(|id| CredentialId((*id).to_owned())).collect();
    let within = Duration::from_hours(24);
    let enrolled = linked.enrol(new.id.clone(), removed, within, None, at).expect("enrolled");
    let mut entry = enrolled.entry_by_itself(at, EntryOutcome::Enrolled);
    entry.actor = Some(login(&who));
    let decided = Decided {
        by: login(&who),
        policy: policy(),
        nonce: None,
        counted_on: vec![login("owner"), login("admin")],
        session: None,
        limits: Limits::default(),
        stands_as: StandsAs::OwnDoing,
    };
    let change = RecoveryChange { decided: Some(decided), ..RecoveryChange::of(enrolled, entry) };
    let handle = db.store.handle(&login(&who), UserHandle::new(uuid(n))).await.expect("a handle");
    ComingBack { change, passkey: new, handle, session: session(n, &who) }
}

async fn one_recovery_of_a_person_is_under_way_at_a_time(db: Database) {
    let first = asked(1, "engineer");
    step(&db, first.clone(), EntryOutcome::Requested).await.expect("asked");
    let second = step(&db, asked(2, "engineer"), EntryOutcome::Requested).await;
    assert_eq!(second, Err(CommitError::Conflict));
    step(&db, asked(3, "on-call"), EntryOutcome::Requested).await.expect("somebody else");
    let stopped = first.stop(None, minute(1)).expect("stopped");
    step(&db, stopped, EntryOutcome::Withdrawn).await.expect("stopped");
    step(&db, asked(2, "engineer"), EntryOutcome::Requested).await.expect("asked");
}

async fn of_fifty_who_ask_at_once_one_asks(db: Database) {
    let asks = (1..=50).map(|n| step(&db, asked(n, "engineer"), EntryOutcome::Requested));
    let asked = join_all(asks).await;
    assert_eq!(asked.iter().filter(|it| it.is_ok()).count(), 1, "{asked:?}");
    assert!(asked.into_iter().filter_map(Result::err).all(|it| it == CommitError::Conflict));
}

async fn a_step_is_neither_skipped_nor_repeated(db: Database) {
    let [asked, once, both, linked] = steps(asked(1, "engineer"));
    let conflict = Err(CommitError::Conflict);
    assert_eq!(step(&db, once.clone(), EntryOutcome::Approved).await, conflict, "not asked for");
    keep(&db, [asked.clone(), once.clone()]).await;
    assert_eq!(step(&db, asked, EntryOutcome::Requested).await, conflict);
    assert_eq!(step(&db, linked.clone(), EntryOutcome::Linked).await, conflict, "skipped");
    keep(&db, [both.clone(), linked.clone()]).await;
    assert_eq!(step(&db, both, EntryOutcome::Approved).await, conflict, "repeated");
    let mut other = linked.clone();
    other.body.reason.push('!');
    other.digest = other.body.digest();
    let other = other.stop(None, minute(2)).expect("stopped");
    assert_eq!(step(&db, other, EntryOutcome::Withdrawn).await, conflict, "not what was signed");
    assert_eq!(db.store.recovery(linked.body.id).await, Ok(Some(linked)));
}

async fn a_link_is_found_while_it_can_be_used(db: Database) {
    let [asked, once, both, linked] = steps(asked(1, "engineer"));
    keep(&db, [asked, once, both]).await;
    let found =
        async |at: Timestamp| db.store.recovery_by_link(Digest::of(LINK), at).await.expect("read");
    assert_eq!(found(minute(2)).await, None);
    keep(&db, [linked.clone()]).await;
    assert_eq!(found(minute(15)).await, Some(linked.clone()));
    assert_eq!(found(minute(16)).await, None, "its time is over");
    let again = linked.hand_on(Digest::of(b"another"), &login("admin"), minute(2));
    let again = again.expect("linked");
    step(&db, again.clone(), EntryOutcome::Linked).await.expect("linked");
    assert_eq!(found(minute(2)).await, None, "another was made");
    let stopped = again.stop(None, minute(3)).expect("stopped");
    step(&db, stopped, EntryOutcome::Withdrawn).await.expect("stopped");
    let other = db.store.recovery_by_link(Digest::of(b"another"), minute(3)).await;
    assert_eq!(other, Ok(None));
}

async fn coming_in_again_takes_the_place_of_everything(db: Database) {
    let linked = lost(&db, 1, "engineer").await;
    enrol(&db.store, 7, "owner").await;
    let (who, store) = (login("engineer"), &db.store);
    let add = PasskeyChange::Add(Box::new(passkey("passkey-2", "engineer")));
    let added = entry("engineer", EntryAction::AddPasskey, EntryOutcome::Succeeded);
    store.change_passkeys(&who, add, None, added.clone()).await.expect("added");
    let touch = commitment("engineer", Decision::AddPasskey, Digest::of(b"change"), nonce(9));
    step_up(store, &touch).await;

    let coming = back(&db, linked, 3, &["passkey-1", "passkey-2"], minute(2)).await;
    let told = store.come_back(coming).await.expect("back");
    assert_eq!((told.actor, told.outcome), (Some(who.clone()), EntryOutcome::Enrolled));
    assert_eq!(store.passkeys(&who).await, Ok(vec![passkey("passkey-3", "engineer")]));
    assert_eq!(store.sessions(&who).await, Ok(vec![session(3, "engineer")]));
    assert_eq!(store.session(SessionId::new(uuid(1))).await, Ok(None));
    assert_eq!(store.recovered_at(&who).await, Ok(Some(minute(2))));
    let add = PasskeyChange::Add(Box::new(passkey("passkey-4", "engineer")));
    let late = store.change_passkeys(&who, add, Some(nonce(9)), added).await;
    assert_eq!(late, Err(PasskeyError::NonceSpent), "what a thief was signing is void");
    assert_eq!(store.passkeys(&login("owner")).await.expect("read").len(), 1, "others keep theirs");
    assert_eq!(store.recovered_at(&login("owner")).await, Ok(None));
}

async fn of_fifty_who_come_in_at_once_one_does(db: Database) {
    let linked = lost(&db, 1, "engineer").await;
    let mut coming = Vec::new();
    for n in 100..150 {
        coming.push(back(&db, linked.clone(), n, &["passkey-1"], minute(2)).await);
    }
    let came = join_all(coming.into_iter().map(|back| db.store.come_back(back))).await;
    assert_eq!(came.iter().filter(|it| it.is_ok()).count(), 1, "{came:?}");
    assert!(came.into_iter().filter_map(Result::err).all(|it| it == EnrolError::LinkInvalid));
    assert_eq!(db.store.passkeys(&login("engineer")).await.expect("read").len(), 1);
    assert_eq!(db.store.sessions(&login("engineer")).await.expect("read").len(), 1);
}

async fn nobody_comes_in_by_what_does_not_hold(db: Database) {
    let linked = lost(&db, 1, "engineer").await;
    let lock = || entry("platform-admin", EntryAction::Lock, EntryOutcome::Succeeded);
    let coming = async || back(&db, linked.clone(), 3, &["passkey-1"], minute(2)).await;
    db.store.lock(&login("owner"), minute(1), lock()).await.expect("locked");
    let lapsed = db.store.come_back(coming().await).await;
    assert_eq!(lapsed, Err(CommitError::ApproverLocked.into()));
    let unlock = entry("platform-admin", EntryAction::Unlock, EntryOutcome::Succeeded);
    db.store.unlock(&login("owner"), unlock).await.expect("unlocked");
    let mut moved = coming().await;
    moved.change.decided = moved.change.decided.map(|decided| Decided {
        policy: domain::policy::PolicyDigest(Digest::of(b"newer")),
        ..decided
    });
    assert_eq!(db.store.come_back(moved).await, Err(CommitError::PolicyMoved.into()));
    let kept = db.store.passkeys(&login("engineer")).await;
    assert_eq!(kept, Ok(vec![passkey("passkey-1", "engineer")]), "nothing of it was done");
    let stopped = linked.clone().stop(Some(&login("engineer")), minute(2)).expect("stopped");
    step(&db, stopped, EntryOutcome::Withdrawn).await.expect("stopped");
    assert_eq!(db.store.come_back(coming().await).await, Err(EnrolError::LinkInvalid));
    assert_eq!(db.store.sessions(&login("engineer")).await.expect("read").len(), 1);
}

async fn what_is_written_down_of_the_old_passkeys_is_true(db: Database) {
    let linked = lost(&db, 1, "engineer").await;
    let coming = back(&db, linked.clone(), 3, &[], minute(2)).await;
    assert_eq!(db.store.come_back(coming).await, Err(CommitError::Conflict.into()));
    let taken = back(&db, linked.clone(), 9, &["passkey-1"], minute(2)).await;
    enrol(&db.store, 9, "owner").await;
    assert_eq!(db.store.come_back(taken).await, Err(EnrolError::AlreadyEnrolled));
    assert_eq!(db.store.recovery(linked.body.id).await, Ok(Some(linked)));
}

async fn whoever_was_recovered_lately_agrees_to_nothing(db: Database) {
    let linked = lost(&db, 1, "approver").await;
    let coming = back(&db, linked, 3, &["passkey-1"], minute(2)).await;
    db.store.come_back(coming).await.expect("back");
    let asked = request(5, "on-call", "checkout");
    put(&db.store, [asked.clone()]).await;
    let until = minute(2).plus(RECOVERED_LATELY);
    let mut approval = approving(asked, "approver", nonce(5));
    approval.decided = approval.decided.map(|it| Decided { nonce: None, ..it });
    approval.entry.at = minute(3);
    let early = db.store.commit(approval.clone()).await;
    assert_eq!(early, Err(CommitError::RecoveredLately { until }));
    let mut own = approval.clone();
    own.decided = own.decided.map(|it| Decided { stands_as: StandsAs::OwnDoing, ..it });
    approval.entry.at = until;
    db.store.commit(approval).await.expect("a day later");
    assert_eq!(db.store.commit(own).await, Err(CommitError::Conflict), "not for being recovered");
}

async fn nobody_counts_on_whoever_was_recovered_lately(db: Database) {
    let linked = lost(&db, 1, "approver").await;
    let coming = back(&db, linked, 3, &["passkey-1"], minute(2)).await;
    db.store.come_back(coming).await.expect("back");
    let asked = request(5, "on-call", "checkout");
    put(&db.store, [asked.clone()]).await;
    let mut word = approving(asked, "second", nonce(5));
    word.decided =
        word.decided.map(|it| Decided { nonce: None, counted_on: vec![login("approver")], ..it });
    word.entry.at = minute(3);
    assert_eq!(db.store.commit(word).await, Err(CommitError::ApproverLocked));
}

async fn nobody_opens_alone_who_was_recovered_lately(db: Database) {
    let linked = lost(&db, 1, "on-call").await;
    let coming = back(&db, linked, 3, &["passkey-1"], minute(2)).await;
    db.store.come_back(coming).await.expect("back");
    let (declared, opened) = reviews::emergency_opened_alone(5, "on-call");
    let entry = declared.entry_by_itself(start(), EntryOutcome::Requested);
    db.store.commit_grant(GrantChange::of(declared, entry)).await.expect("declared");
    let entry = opened.entry_by_itself(start(), EntryOutcome::Opened);
    let refused = db.store.commit_grant(GrantChange::of(opened, entry)).await;
    assert_eq!(refused, Err(CommitError::AloneClosed(ClosedAlone::Recovered)));
}

async fn locking_somebody_stops_their_recovery(db: Database) {
    let linked = lost(&db, 1, "engineer").await;
    let lock = entry("platform-admin", EntryAction::Lock, EntryOutcome::Succeeded);
    db.store.lock(&login("engineer"), minute(1), lock).await.expect("locked");
    let stopped = db.store.recovery(linked.body.id).await.expect("read").expect("kept");
    assert_eq!(stopped.state.name(), Withdrawn);
    assert_eq!(db.store.recovery_by_link(Digest::of(LINK), minute(1)).await, Ok(None));
    step(&db, asked(2, "engineer"), EntryOutcome::Requested).await.expect("asked anew");
    let depart = entry("platform-admin", EntryAction::RevokeSession, EntryOutcome::Succeeded);
    db.store.depart(&login("engineer"), minute(2), depart).await.expect("departed");
    let filter = RecoveryFilter { person: Some(login("engineer")), ..RecoveryFilter::default() };
    let page = db.store.recoveries(&filter, &PageRequest::default()).await.expect("read");
    assert!(page.items.iter().all(|it| it.state.name() == Withdrawn));
}

async fn a_spoilt_recovery_keeps_no_other_from_being_read(db: Database) {
    let (spoilt, good) = (asked(1, "engineer"), asked(2, "on-call"));
    keep(&db, [spoilt.clone(), good.clone()]).await;
    let spoil = "UPDATE recoveries SET record = replace(record, 'lost', 'found') WHERE id = $1";
    let id = spoilt.body.id.to_string();
    let written = sqlx::query(spoil).bind(id).execute(&mut db.as_owner().await).await;
    assert_eq!(written.expect("written").rows_affected(), 1);
    let read = db.store.recovery(spoilt.body.id).await;
    assert!(matches!(read, Err(StoreError::Corrupt(_))), "{read:?}");
    let page = db.store.recoveries(&RecoveryFilter::default(), &PageRequest::default()).await;
    assert_eq!(page.expect("read").items, [good]);
    let lock = entry("platform-admin", EntryAction::Lock, EntryOutcome::Succeeded);
    db.store.lock(&login("engineer"), minute(1), lock).await.expect("locked all the same");
}

async fn pages_of_recoveries_join_without_gap_or_double(db: Database) {
    for (n, who) in (1..).zip(["engineer", "on-call", "approver", "owner", "security"]) {
        keep(&db, [asked(n, who)]).await;
    }
    let late = asked(6, "second").expire(minute(66)).expect("expired");
    keep(&db, [asked(6, "second"), late]).await;
    for (filter, expected) in [
        (RecoveryFilter::default(), vec![6, 5, 4, 3, 2, 1]),
        (RecoveryFilter { states: vec![Pending, Approved], person: None }, vec![5, 4, 3, 2, 1]),
        (RecoveryFilter { states: vec![Expired], person: None }, vec![6]),
        (RecoveryFilter { states: vec![Enrolled], person: None }, vec![]),
        (RecoveryFilter { states: vec![], person: Some(login("owner")) }, vec![4]),
    ] {
        let mut page = PageRequest { cursor: None, limit: Some(2) };
        let mut found = Vec::new();
        loop {
            let read = db.store.recoveries(&filter, &page).await.expect("a page");
            assert!(read.items.len() <= 2);
            found.extend(read.items.into_iter().map(|recovery| recovery.body.id));
            match read.next {
                Some(next) => page.cursor = Some(next),
                None => break,
            }
        }
        let expected: Vec<_> = expected.into_iter().map(|n| RecoveryId::new(uuid(n))).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
}

async fn recoveries_are_told(db: Database) {
    in_force(&db).await;
    enrol(&db.store, 1, "engineer").await;
    let [asked, once, both, linked] = steps(asked(1, "engineer"));
    step(&db, asked, EntryOutcome::Requested).await.expect("asked");
    keep(&db, [once, both]).await;
    step(&db, linked.clone(), EntryOutcome::Linked).await.expect("linked");
    let coming = back(&db, linked, 3, &["passkey-1"], minute(2)).await;
    db.store.come_back(coming).await.expect("back");
    let told = db.store.unrouted(10).await.expect("events");
    let kinds: Vec<_> = told.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::RecoveryAsked, EventKind::RecoveryEnrolled]);
    assert!(told.iter().all(|event| event.about.id() == uuid(1) && event.tenant.is_none()));
}
