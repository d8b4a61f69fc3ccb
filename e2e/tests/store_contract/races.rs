//! Races: many take the same step at once, and exactly one does.

use domain::{
    actions::{
        CommitError, Decided, Limits, Request, RequestChange, RequestStore, StandsAs, Target,
        VoidReason,
    },
    approvals::Decision,
    audit::{EntryAction, EntryFilter, EntryOutcome, EntryStore},
    identity::{EnrolError, IdentityStore},
    ids::UserHandle,
    names::Login,
    page::PageRequest,
    policy::{PolicyStore, PutInForceError},
};

use crate::{
    databases::Database,
    fixtures::{
        approved, approving, asking, change, commitment, denied, enrolment, entry, executing, link,
        login, minute, nonce, policy, put, request, request_about, start, step_up, target, uuid,
    },
};

on_both!(
    one_of_fifty_moves_the_request,
    one_of_fifty_consumes_the_nonce,
    one_of_fifty_uses_the_link,
    one_of_fifty_puts_its_policy_in_force,
    everybody_is_given_the_same_handle,
    one_of_a_thousand_executes_the_request,
    one_of_fifty_requests_acts_on_the_target,
    three_of_fifty_executions_keep_within_the_rate,
    one_of_all_ends_a_pending_request,
    one_of_all_ends_an_approved_request,
);

const MANY: u32 = 50;

/// Runs as many at once, and tells how many won; the others must have lost as they should.
async fn winners<T, E, F>(attempt: impl Fn(u32) -> F, lost: impl Fn(&E) -> bool) -> usize
where
    T: Send + 'static,
    E: std::fmt::Debug + Send + 'static,
    F: Future<Output = Result<T, E>> + Send + 'static,
{
    winners_of(MANY, attempt, lost).await
}

/// The same for another number.
async fn winners_of<T, E, F>(
    many: u32,
    attempt: impl Fn(u32) -> F,
    lost: impl Fn(&E) -> bool,
) -> usize
where
    T: Send + 'static,
    E: std::fmt::Debug + Send + 'static,
    F: Future<Output = Result<T, E>> + Send + 'static,
{
    let attempts: Vec<_> = (0..many).map(|n| tokio::spawn(attempt(n))).collect();
    let mut won = 0;
    for attempt in attempts {
        match attempt.await.expect("an attempt") {
            Ok(_) => won += 1,
            Err(error) => assert!(lost(&error), "{error:?}"),
        }
    }
    won
}

async fn entries(db: &Database, outcome: EntryOutcome) -> usize {
    let filter = EntryFilter { outcome: Some(outcome), ..EntryFilter::default() };
    let page = PageRequest { cursor: None, limit: Some(200) };
    db.store.entries(&filter, &page).await.expect("a page").items.len()
}

async fn one_of_fifty_moves_the_request(db: Database) {
    let asked = request(1, "on-call", "checkout");
    db.store.commit(asking(asked.clone())).await.expect("asked");
    let withdrawn = asked.withdraw(&login("on-call"), start()).expect("withdrawn");
    let attempt = |_| {
        let store = db.store.clone();
        let change = change(withdrawn.clone(), "on-call", EntryOutcome::Withdrawn);
        async move { store.commit(change).await }
    };
    assert_eq!(winners(attempt, |error| *error == CommitError::Conflict).await, 1);
    assert_eq!(entries(&db, EntryOutcome::Withdrawn).await, 1);
}

async fn one_of_fifty_consumes_the_nonce(db: Database) {
    let put = entry("platform-admin", EntryAction::Policy, EntryOutcome::Succeeded);
    db.store.put_in_force(policy(), None, put).await.expect("in force");
    for n in 0..MANY {
        db.store.commit(asking(request(n, "on-call", "checkout"))).await.expect("asked");
    }
    let digest = request(0, "on-call", "checkout").digest;
    step_up(&db.store, &commitment("approver", Decision::Approve, digest, nonce(1))).await;
    // Fifty different requests: nothing but the nonce stands between them.
    let attempt = |n| {
        let store = db.store.clone();
        let change = approving(request(n, "on-call", "checkout"), "approver", nonce(1));
        async move { store.commit(change).await }
    };
    assert_eq!(winners(attempt, |error| *error == CommitError::NonceSpent).await, 1);
    assert_eq!(entries(&db, EntryOutcome::Approved).await, 1);
}

async fn one_of_fifty_uses_the_link(db: Database) {
    let invited = entry("platform-admin", EntryAction::Invite, EntryOutcome::Succeeded);
    db.store.create_link(link(b"secret", "engineer"), invited).await.expect("invited");
    let handle = UserHandle::new(uuid(1));
    let attempt = |n| {
        let store = db.store.clone();
        async move { store.enrol(enrolment(b"secret", n, "engineer", handle)).await }
    };
    assert_eq!(winners(attempt, |error| *error == EnrolError::LinkInvalid).await, 1);
    assert_eq!(db.store.passkeys(&login("engineer")).await.expect("passkeys").len(), 1);
    assert_eq!(db.store.sessions(&login("engineer")).await.expect("sessions").len(), 1);
}

async fn one_of_fifty_puts_its_policy_in_force(db: Database) {
    let attempt = |n: u32| {
        let store = db.store.clone();
        let digest = domain::policy::PolicyDigest(domain::canonical::Digest::of(&n.to_be_bytes()));
        let mut put = entry("platform-admin", EntryAction::Policy, EntryOutcome::Succeeded);
        put.at = minute(n);
        async move { store.put_in_force(digest, None, put).await }
    };
    let lost = |error: &PutInForceError| matches!(error, PutInForceError::Moved(Some(_)));
    assert_eq!(winners(attempt, lost).await, 1);
    assert_eq!(entries(&db, EntryOutcome::Succeeded).await, 1);
}

async fn everybody_is_given_the_same_handle(db: Database) {
    let who: Login = login("engineer");
    let attempts: Vec<_> = (0..MANY)
        .map(|n| {
            let (store, who) = (db.store.clone(), who.clone());
            tokio::spawn(async move { store.handle(&who, UserHandle::new(uuid(n))).await })
        })
        .collect();
    let mut handles = std::collections::BTreeSet::new();
    for attempt in attempts {
        handles.insert(attempt.await.expect("an attempt").expect("a handle"));
    }
    assert_eq!(handles.len(), 1);
    let handle = handles.pop_first().expect("a handle");
    assert_eq!(db.store.login_of(handle).await, Ok(Some(who)));
}

/// The request's touch in whatever browser: a decision under the policy in force.
fn word(request: Request) -> RequestChange {
    let by = request.body.requester.clone();
    let decided = Decided {
        by,
        policy: policy(),
        nonce: None,
        counted_on: [login("approver")].into(),
        session: None,
        limits: Limits::default(),
        stands_as: StandsAs::OwnDoing,
    };
    RequestChange { decided: Some(decided), ..change(request, "on-call", EntryOutcome::Intended) }
}

async fn in_force(db: &Database) {
    let put = entry("platform-admin", EntryAction::Policy, EntryOutcome::Succeeded);
    db.store.put_in_force(policy(), None, put).await.expect("in force");
}

async fn one_of_a_thousand_executes_the_request(db: Database) {
    in_force(&db).await;
    let waits = approved(request(1, "on-call", "checkout"));
    put(&db.store, [request(1, "on-call", "checkout"), waits.clone()]).await;
    let attempt = |_| {
        let (store, word) = (db.store.clone(), word(executing(waits.clone(), minute(1))));
        async move { store.commit(word).await }
    };
    let won = winners_of(1000, attempt, |error| *error == CommitError::Conflict).await;
    assert_eq!((won, entries(&db, EntryOutcome::Intended).await), (1, 1));
}

async fn three_of_fifty_executions_keep_within_the_rate(db: Database) {
    in_force(&db).await;
    let target = |n| Target { uid: format!("pod-{n}"), ..target("checkout") };
    for n in 0..MANY {
        let asked = request_about(n, "on-call", target(n));
        put(&db.store, [asked.clone(), approved(asked)]).await;
    }
    let attempt = |n| {
        let store = db.store.clone();
        let waits = approved(request_about(n, "on-call", target(n)));
        let mut word = word(executing(waits, minute(10)));
        let limits = Limits { rate: Some((3, minute(9))), ..Limits::default() };
        word.decided = word.decided.map(|decided| Decided { limits, ..decided });
        async move { store.commit(word).await }
    };
    assert_eq!(winners(attempt, |error| *error == CommitError::Overtaken).await, 3);
    assert_eq!(entries(&db, EntryOutcome::Intended).await, 3);
}

async fn one_of_fifty_requests_acts_on_the_target(db: Database) {
    in_force(&db).await;
    let waiting = |n| approved(request(n, "on-call", "checkout"));
    for n in 0..MANY {
        put(&db.store, [request(n, "on-call", "checkout"), waiting(n)]).await;
    }
    let attempt = |n| {
        let (store, word) = (db.store.clone(), word(executing(waiting(n), minute(1))));
        async move { store.commit(word).await }
    };
    let won = winners(attempt, |error| *error == CommitError::TargetBusy).await;
    assert_eq!((won, entries(&db, EntryOutcome::Intended).await), (1, 1));
}

/// Takes each of these steps many times at once: one of them is taken, and the log tells of it alone.
async fn one_step_is_taken(db: &Database, steps: &[Request]) {
    let before = entries(db, EntryOutcome::Succeeded).await;
    let attempt = |n: u32| {
        let step = steps[n as usize % steps.len()].clone();
        let change = change(step, "on-call", EntryOutcome::Succeeded);
        let store = db.store.clone();
        async move { store.commit(change).await }
    };
    assert_eq!(winners(attempt, |error| *error == CommitError::Conflict).await, 1);
    assert_eq!(entries(db, EntryOutcome::Succeeded).await, before + 1);
    let id = steps[0].body.id;
    let stands = db.store.request(id).await.expect("read").expect("there");
    assert!(steps.contains(&stands), "{:?}", stands.state);
}

async fn one_of_all_ends_a_pending_request(db: Database) {
    for n in 0..10 {
        let asked = request(n, "on-call", "checkout");
        put(&db.store, [asked.clone()]).await;
        let steps = [
            approved(asked.clone()),
            denied(asked.clone()),
            asked.clone().withdraw(&login("on-call"), start()).expect("withdrawn"),
            asked.clone().void(VoidReason::Changed, start()).expect("void"),
            asked.expire(minute(90)).expect("expired"),
        ];
        one_step_is_taken(&db, &steps).await;
    }
}

async fn one_of_all_ends_an_approved_request(db: Database) {
    for n in 0..10 {
        let target = Target { uid: format!("pod-{n}"), ..target("checkout") };
        let asked = request_about(n, "on-call", target);
        let waits = approved(asked.clone());
        put(&db.store, [asked, waits.clone()]).await;
        let steps = [
            executing(waits.clone(), minute(1)),
            waits.clone().withdraw(&login("on-call"), start()).expect("withdrawn"),
            waits.clone().void(VoidReason::Gone, start()).expect("void"),
            waits.expire(minute(90)).expect("expired"),
        ];
        one_step_is_taken(&db, &steps).await;
    }
}
