//! Coming in and staying in: links, passkeys, ceremonies, sessions.

use domain::{
    approvals::Decision,
    audit::{EntryAction, EntryFilter, EntryOutcome, EntryStore},
    canonical::Digest,
    identity::{
        Ceremony, CeremonyKind, CredentialId, EnrolError, IdentityStore, Passkey, PasskeyChange,
        PasskeyError, PasskeyRecord, PersonStatus, SignInError, SignInRecord,
    },
    ids::{SessionId, UserHandle},
    page::PageRequest,
};

use crate::{
    databases::Database,
    fixtures::{
        commitment, enrol, enrolment, entry, link, login, minute, nonce, passkey, session, start,
        step_up, uuid,
    },
};

on_both!(
    a_link_enrols_once_and_only_its_person,
    a_newer_link_voids_the_older,
    a_credential_is_enrolled_once,
    a_sign_in_keeps_the_passkey_and_opens_a_session,
    a_removed_passkey_signs_nobody_in,
    passkeys_are_added_and_removed_but_never_the_last,
    a_ceremony_ends_once_and_in_time,
    sessions_are_their_owners_alone,
);

async fn a_link_enrols_once_and_only_its_person(db: Database) {
    let store = &db.store;
    let invite = || entry("platform-admin", EntryAction::Invite, EntryOutcome::Succeeded);
    let handle = UserHandle::new(uuid(1));
    store.create_link(link(b"secret", "engineer"), invite()).await.expect("invited");
    assert_eq!(
        store.link(Digest::of(b"secret"), minute(14)).await,
        Ok(Some(link(b"secret", "engineer")))
    );
    assert_eq!(store.link(Digest::of(b"secret"), minute(15)).await, Ok(None));

    let mut late = enrolment(b"secret", 1, "engineer", handle);
    late.now = minute(15);
    for refused in [
        late,
        enrolment(b"guess", 1, "engineer", handle),
        enrolment(b"secret", 1, "approver", handle),
    ] {
        assert_eq!(store.enrol(refused).await, Err(EnrolError::LinkInvalid));
    }
    store.enrol(enrolment(b"secret", 1, "engineer", handle)).await.expect("enrolled");
    let again = store.enrol(enrolment(b"secret", 2, "engineer", handle)).await;
    assert_eq!(again, Err(EnrolError::LinkInvalid));

    assert_eq!(
        store.passkeys(&login("engineer")).await,
        Ok(vec![passkey("passkey-1", "engineer")])
    );
    assert_eq!(store.session(SessionId::new(uuid(1))).await, Ok(Some(session(1, "engineer"))));
    assert_eq!(store.login_of(handle).await, Ok(Some(login("engineer"))));
    assert_eq!(store.known_people().await, Ok(vec![login("engineer")]));
}

async fn a_newer_link_voids_the_older(db: Database) {
    for secret in [b"older", b"newer"] {
        let invite = entry("platform-admin", EntryAction::Invite, EntryOutcome::Succeeded);
        db.store.create_link(link(secret, "engineer"), invite).await.expect("invited");
    }
    assert_eq!(db.store.link(Digest::of(b"older"), start()).await, Ok(None));
    assert!(db.store.link(Digest::of(b"newer"), start()).await.expect("read").is_some());
}

async fn a_credential_is_enrolled_once(db: Database) {
    enrol(&db.store, 1, "engineer").await;
    let invite = entry("platform-admin", EntryAction::Invite, EntryOutcome::Succeeded);
    db.store.create_link(link(b"other", "approver"), invite).await.expect("invited");
    let mut stolen = enrolment(b"other", 2, "approver", UserHandle::new(uuid(2)));
    stolen.passkey.id = CredentialId("passkey-1".to_owned());
    assert_eq!(db.store.enrol(stolen).await, Err(EnrolError::AlreadyEnrolled));
    assert!(
        db.store.link(Digest::of(b"other"), start()).await.expect("read").is_some(),
        "what was refused used nothing up"
    );
}

fn signing_in(n: u32, passkey: Passkey) -> SignInRecord {
    let who = passkey.login.to_string();
    SignInRecord {
        passkey,
        session: session(n, &who),
        entry: entry(&who, EntryAction::SignIn, EntryOutcome::Succeeded),
    }
}

async fn a_sign_in_keeps_the_passkey_and_opens_a_session(db: Database) {
    enrol(&db.store, 1, "engineer").await;
    let used = Passkey {
        record: PasskeyRecord(r#"{"counter":1}"#.to_owned()),
        used_at: Some(minute(2)),
        ..passkey("passkey-1", "engineer")
    };
    db.store.sign_in(signing_in(2, used.clone())).await.expect("signed in");
    assert_eq!(db.store.passkey(&used.id).await, Ok(Some(used.clone())));
    let sessions = db.store.sessions(&login("engineer")).await.expect("sessions");
    assert_eq!(sessions, [session(2, "engineer"), session(1, "engineer")]);

    let again = Passkey { used_at: Some(minute(3)), ..used };
    db.store.note_use(&again).await.expect("noted");
    assert_eq!(db.store.passkey(&again.id).await, Ok(Some(again)));
}

async fn a_removed_passkey_signs_nobody_in(db: Database) {
    enrol(&db.store, 1, "engineer").await;
    let gone = signing_in(2, passkey("passkey-9", "engineer"));
    assert_eq!(db.store.sign_in(gone).await, Err(SignInError::PasskeyGone));
    assert_eq!(db.store.session(SessionId::new(uuid(2))).await, Ok(None));
}

async fn passkeys_are_added_and_removed_but_never_the_last(db: Database) {
    enrol(&db.store, 1, "engineer").await;
    let who = login("engineer");
    let add = |id: &str| PasskeyChange::Add(Box::new(passkey(id, "engineer")));
    let remove = |id: &str| PasskeyChange::Remove(CredentialId(id.to_owned()));
    let told = || entry("engineer", EntryAction::AddPasskey, EntryOutcome::Succeeded);
    let by_touch = commitment("engineer", Decision::AddPasskey, Digest::of(b"change"), nonce(1));
    step_up(&db.store, &by_touch).await;

    let changes = [
        (remove("passkey-1"), None, Err(PasskeyError::Last)),
        (remove("passkey-9"), None, Err(PasskeyError::Unknown)),
        (add("passkey-1"), None, Err(PasskeyError::AlreadyEnrolled)),
        (add("passkey-2"), Some(nonce(9)), Err(PasskeyError::NonceSpent)),
        (add("passkey-2"), Some(nonce(1)), Ok(())),
        (add("passkey-3"), Some(nonce(1)), Err(PasskeyError::NonceSpent)),
        (remove("passkey-1"), None, Ok(())),
    ];
    for (change, nonce, expected) in changes {
        let what = format!("{change:?}");
        let done = db.store.change_passkeys(&who, change, nonce, told()).await;
        assert_eq!(done.map(|_| ()), expected, "{what}");
    }
    assert_eq!(db.store.passkeys(&who).await, Ok(vec![passkey("passkey-2", "engineer")]));
    let filter = EntryFilter { action: Some(EntryAction::AddPasskey), ..EntryFilter::default() };
    let told = db.store.entries(&filter, &PageRequest::default()).await.expect("a page");
    assert_eq!(told.items.len(), 2, "what was refused left no entry");
}

async fn a_ceremony_ends_once_and_in_time(db: Database) {
    let ceremony = |secret: &[u8]| Ceremony {
        digest: Digest::of(secret),
        kind: CeremonyKind::SignIn,
        state: r#"{"challenge":"…"}"#.to_owned(),
        expires_at: minute(5),
    };
    for secret in [b"first".as_slice(), b"late"] {
        db.store.begin_ceremony(ceremony(secret)).await.expect("begun");
    }
    let first = Digest::of(b"first");
    assert_eq!(db.store.take_ceremony(first, minute(4)).await, Ok(Some(ceremony(b"first"))));
    assert_eq!(db.store.take_ceremony(first, minute(4)).await, Ok(None));
    assert_eq!(db.store.take_ceremony(Digest::of(b"late"), minute(5)).await, Ok(None));
}

async fn sessions_are_their_owners_alone(db: Database) {
    enrol(&db.store, 1, "engineer").await;
    enrol(&db.store, 2, "approver").await;
    let told = || entry("engineer", EntryAction::RevokeSession, EntryOutcome::Succeeded);
    let (mine, theirs) = (SessionId::new(uuid(1)), SessionId::new(uuid(2)));

    assert_eq!(db.store.end_session(&login("engineer"), theirs, told()).await, Ok(None));
    assert!(db.store.session(theirs).await.expect("read").is_some());
    let ended = db.store.end_session(&login("engineer"), mine, told()).await;
    assert!(ended.expect("ended").is_some());
    assert_eq!(db.store.session(mine).await, Ok(None));

    db.store.touch(theirs, minute(9)).await.expect("touched");
    db.store.touch(theirs, minute(8)).await.expect("a late touch");
    let seen = db.store.session(theirs).await.expect("read").expect("there").seen_at;
    assert_eq!(seen, minute(9));
    db.store.end_sessions(&login("approver"), told()).await.expect("ended");
    assert_eq!(db.store.sessions(&login("approver")).await, Ok(vec![]));
    assert_eq!(db.store.status(&login("approver")).await, Ok(PersonStatus::Open));
}
