//! Reviews of break-glass sessions: they begin with their session or not at all, and nobody has two live alone.

use std::time::Duration;

use domain::{
    actions::{CommitError, Decided, Limits, RequestChange, RequestStore, StandsAs},
    approvals::{Commitment, Decision, Purpose},
    audit::{EntryAction, EntryOutcome},
    break_glass::{
        BreakGlassSettings, Case, ClosedAlone, NewSession, Review, ReviewChange, ReviewFilter,
        ReviewStateName::{self, Judged, Live, Open},
        ReviewStore,
    },
    grants::{
        ClusterRole, EndReason, Grant, GrantChange, GrantStateName, GrantStore, GrantableRole,
        PinnedTenant, RoleRule,
    },
    identity::IdentityStore,
    ids::GrantId,
    notifications::{EventKind, Outbox},
    page::PageRequest,
    policy::{PolicyStore, Tier},
    resources::ClusterUid,
    store::StoreError,
    testkit,
    time::Timestamp,
};

use crate::{
    databases::Database,
    fixtures::{
        MINUTE, approved as approved_request, change, commitment, entry, executing, login, minute,
        nonce, policy, put as put_requests, request, signed, start, uuid,
    },
};

on_both!(
    a_review_begins_with_its_session_or_not_at_all,
    nobody_has_two_sessions_live_alone,
    with_two_sessions_unreviewed_nobody_opens_another_alone,
    a_spoilt_review_keeps_no_other_from_being_read,
    of_fifty_sessions_at_once_one_is_opened_alone,
    a_step_of_a_review_is_neither_skipped_nor_repeated,
    one_of_fifty_judges,
    reviews_are_found_by_each_field,
    pages_of_reviews_join_without_gap_or_double,
    what_a_session_stands_for_needs_it_live_where_nothing_comes_between,
    sessions_and_reviews_are_told,
);

/// Somebody's declaration at minute `n`, for half an hour, that may be opened at once.
pub(crate) fn declared(n: u32, holder: &str, incident: &str) -> Grant {
    declared_as(n, holder, incident, |new| new)
}

/// The same, changed before it is declared.
pub(crate) fn declared_as(
    n: u32,
    holder: &str,
    incident: &str,
    change: impl FnOnce(NewSession) -> NewSession,
) -> Grant {
    let set = |text: &str| [text.to_owned()].into();
    let deletes = RoleRule {
        api_groups: set(""),
        resources: set("pods"),
        resource_names: [].into(),
        verbs: set("delete"),
    };
    let role = GrantableRole {
        name: "operate".parse().expect("a name"),
        cluster_role: "sekisho:role:operate".parse().expect("a name"),
        summary: "Change what runs".to_owned(),
        rules: None,
        asking: testkit::approvals(1),
        longest: Duration::from_hours(1),
        longest_in_all: Duration::from_hours(1),
    };
    let settings = BreakGlassSettings {
        patience: Duration::ZERO,
        at_once_in_tier: [].into(),
        longest: Duration::from_hours(1),
        declared_for: Duration::from_hours(1),
        review_within: Duration::from_hours(24),
        drills_in: [].into(),
    };
    let new = NewSession {
        id: GrantId::new(uuid(n)),
        holder: login(holder),
        tenant: PinnedTenant {
            cluster: "demo".parse().expect("a cluster"),
            cluster_uid: ClusterUid("cluster-uid".to_owned()),
            namespace: "checkout".parse().expect("a namespace"),
            namespace_uid: "namespace-uid".to_owned(),
        },
        cluster_role: ClusterRole {
            uid: "role-uid".to_owned(),
            rules: vec![deletes],
            aggregated: false,
        },
        ttl: MINUTE * 30,
        broken: "payments fail".to_owned(),
        intent: "restart the ledger".to_owned(),
        incident: incident.to_owned(),
        asked: Vec::new(),
        on_call: Vec::new(),
        before: None,
        is_drill: false,
    };
    Grant::declare(change(new), &role, &settings, Tier(2), minute(n)).expect("an emergency")
}

pub(crate) fn touch(purpose: Purpose, decision: Decision, grant: &Grant, by: &str) -> Commitment {
    Commitment { purpose, ..commitment(by, decision, grant.digest, nonce(1)) }
}

pub(crate) fn alone(session: Grant) -> Grant {
    let holder = session.body.holder.to_string();
    let word = signed(touch(Purpose::BreakGlass, Decision::Open, &session, &holder));
    let at = session.body.created_at;
    session.open_alone(word, at).expect("opened")
}

/// Somebody's declaration at minute `n`, and the session that they opened alone.
pub(crate) fn emergency_opened_alone(n: u32, holder: &str) -> (Grant, Grant) {
    let session = declared(n, holder, "INC-7");
    (session.clone(), alone(session))
}

pub(crate) fn with_approver(session: Grant) -> Grant {
    let word = signed(touch(Purpose::Grant, Decision::Approve, &session, "owner"));
    let at = session.body.created_at;
    session.approve(word, at).expect("approved")
}

pub(crate) fn declaring(session: &Grant) -> GrantChange {
    let entry = session.entry_by_itself(start(), EntryOutcome::Requested);
    GrantChange::of(session.clone(), entry)
}

pub(crate) fn opening(session: &Grant) -> GrantChange {
    let entry = session.entry_by_itself(start(), EntryOutcome::Opened);
    GrantChange::of(session.clone(), entry)
}

/// Declares and opens it.
pub(crate) async fn open(
    db: &Database,
    session: &Grant,
    opened: &Grant,
) -> Result<Review, CommitError> {
    db.store.commit_grant(declaring(session)).await.expect("declared");
    db.store.commit_grant(opening(opened)).await?;
    Ok(Review::opened(opened).expect("a review"))
}

pub(crate) async fn open_alone(db: &Database, n: u32, holder: &str, incident: &str) -> Review {
    let session = declared(n, holder, incident);
    open(db, &session, &alone(session.clone())).await.expect("opened")
}

pub(crate) async fn put(
    db: &Database,
    review: Review,
    outcome: EntryOutcome,
) -> Result<(), CommitError> {
    let entry = review.entry_by_itself(start(), outcome);
    db.store.commit_review(ReviewChange::of(review, entry)).await.map(drop)
}

pub(crate) fn closed(review: Review) -> Review {
    review.close(minute(90), Duration::from_hours(24), Some(login("owner"))).expect("closed")
}

fn judged(review: Review, by: &str) -> Review {
    let case = Case {
        session: review.digest,
        closed_at: minute(90),
        account: None,
        deeds: Vec::new(),
        is_cut: false,
    };
    let case = case.digest().expect("a digest");
    let touch = commitment(by, Decision::Justified, case, nonce(2));
    review.judge(signed(Commitment { purpose: Purpose::Review, ..touch }), case).expect("judged")
}

async fn a_review_begins_with_its_session_or_not_at_all(db: Database) {
    let session = declared(1, "on-call", "INC-7");
    let id = session.body.id;
    let early = db.store.commit_grant(opening(&alone(session.clone()))).await;
    assert_eq!(early, Err(CommitError::Conflict), "it was never declared");
    assert_eq!(db.store.review(id).await, Ok(None), "nor is it reviewed");
    let review = open(&db, &session, &alone(session.clone())).await.expect("opened");
    assert_eq!(db.store.review(id).await, Ok(Some(review.clone())));
    let invented = closed(Review { session: GrantId::new(uuid(9)), ..review });
    assert_eq!(put(&db, invented, EntryOutcome::Due).await, Err(CommitError::Conflict));
}

async fn nobody_has_two_sessions_live_alone(db: Database) {
    let first = open_alone(&db, 1, "on-call", "INC-7").await;
    let second = declared(2, "on-call", "INC-8");
    let refused = open(&db, &second, &alone(second.clone())).await;
    assert_eq!(refused, Err(CommitError::AloneClosed(ClosedAlone::Live)));
    let stands = db.store.grant(second.body.id).await.expect("read").expect("there");
    assert_eq!(stands.state.name(), GrantStateName::Pending, "nothing of it was committed");
    assert_eq!(db.store.review(second.body.id).await, Ok(None));
    open_alone(&db, 3, "second-on-call", "INC-7").await;
    let third = declared(4, "on-call", "INC-7");
    open(&db, &third, &with_approver(third.clone())).await.expect("an approver opens it");
    put(&db, closed(first), EntryOutcome::Due).await.expect("closed");
    db.store.commit_grant(opening(&alone(second))).await.expect("the other one is over");
}

async fn with_two_sessions_unreviewed_nobody_opens_another_alone(db: Database) {
    for n in [1, 2] {
        let review = open_alone(&db, n, "on-call", "INC-7").await;
        put(&db, closed(review), EntryOutcome::Due).await.expect("closed");
    }
    let third = declared(3, "on-call", "INC-7");
    let refused = open(&db, &third, &alone(third.clone())).await;
    assert_eq!(refused, Err(CommitError::AloneClosed(ClosedAlone::Unreviewed)));
    let approved = opening(&with_approver(third));
    db.store.commit_grant(approved).await.expect("an approver opens it");
}

/// Whoever writes into the table past the console is not believed; the others are there as before.
async fn a_spoilt_review_keeps_no_other_from_being_read(db: Database) {
    let spoilt = open_alone(&db, 1, "on-call", "INC-7").await;
    let other = open_alone(&db, 2, "second-on-call", "INC-7").await;
    let due = closed(spoilt.clone());
    put(&db, due.clone(), EntryOutcome::Due).await.expect("closed");
    put(&db, judged(due, "owner"), EntryOutcome::Judged).await.expect("judged");
    let own = "UPDATE reviews SET record = REPLACE(record, '\"person\":\"owner\"', '\"person\":\"on-call\"') \
        WHERE session = $1";
    let mut direct = db.as_runtime().await;
    let id = spoilt.session.to_string();
    let written = sqlx::query(own).bind(id).execute(&mut direct).await.expect("written");
    assert_eq!(written.rows_affected(), 1);
    let read = db.store.review(spoilt.session).await;
    assert!(matches!(read, Err(StoreError::Corrupt(_))), "nobody judges their own: {read:?}");
    let page = db.store.reviews(&ReviewFilter::default(), &PageRequest::default()).await;
    assert_eq!(page.expect("a page").items, [other]);
}

async fn of_fifty_sessions_at_once_one_is_opened_alone(db: Database) {
    for n in 0..50 {
        let session = declared(n, "on-call", "INC-7");
        db.store.commit_grant(declaring(&session)).await.expect("declared");
    }
    let attempts = (0..50).map(|n| {
        let (store, opened) = (db.store.clone(), alone(declared(n, "on-call", "INC-7")));
        tokio::spawn(async move { store.commit_grant(opening(&opened)).await })
    });
    let mut opened = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        match attempt.await.expect("an attempt") {
            Ok(_) => opened += 1,
            Err(error) => assert_eq!(error, CommitError::AloneClosed(ClosedAlone::Live)),
        }
    }
    assert_eq!(opened, 1);
}

async fn a_step_of_a_review_is_neither_skipped_nor_repeated(db: Database) {
    let live = open_alone(&db, 1, "on-call", "INC-7").await;
    let due = closed(live);
    let skipped = judged(due.clone(), "owner");
    assert_eq!(put(&db, skipped.clone(), EntryOutcome::Judged).await, Err(CommitError::Conflict));
    put(&db, due.clone(), EntryOutcome::Due).await.expect("closed");
    assert_eq!(put(&db, due, EntryOutcome::Due).await, Err(CommitError::Conflict), "twice");
    put(&db, skipped, EntryOutcome::Judged).await.expect("judged");
}

async fn one_of_fifty_judges(db: Database) {
    let due = closed(open_alone(&db, 1, "on-call", "INC-7").await);
    put(&db, due.clone(), EntryOutcome::Due).await.expect("closed");
    let attempts = (0..50).map(|n| {
        let judged = judged(due.clone(), ["owner", "security"][n % 2]);
        let entry = judged.entry_by_itself(start(), EntryOutcome::Judged);
        let (store, change) = (db.store.clone(), ReviewChange::of(judged, entry));
        tokio::spawn(async move { store.commit_review(change).await })
    });
    let mut taken = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        match attempt.await.expect("an attempt") {
            Ok(_) => taken += 1,
            Err(error) => assert_eq!(error, CommitError::Conflict),
        }
    }
    assert_eq!(taken, 1);
}

async fn reviews_are_found_by_each_field(db: Database) {
    let first = open_alone(&db, 1, "on-call", "INC-7").await;
    open_alone(&db, 2, "second-on-call", "inc-7 ").await;
    let third = open_alone(&db, 3, "third-on-call", "INC-8").await;
    let due = closed(first);
    put(&db, due.clone(), EntryOutcome::Due).await.expect("closed");
    put(&db, judged(due, "owner"), EntryOutcome::Judged).await.expect("judged");
    put(&db, closed(third), EntryOutcome::Due).await.expect("closed");
    let any = ReviewFilter::default();
    let states =
        |states: &[ReviewStateName]| ReviewFilter { states: states.to_vec(), ..any.clone() };
    for (filter, expected) in [
        (any.clone(), vec![3, 2, 1]),
        (states(&[Live]), vec![2]),
        (states(&[Open]), vec![3]),
        (states(&[Live, Open]), vec![3, 2]),
        (states(&[Judged]), vec![1]),
        (ReviewFilter { person: Some(login("on-call")), ..any.clone() }, vec![1]),
        (ReviewFilter { person: Some(login("nobody")), ..any.clone() }, vec![]),
        (ReviewFilter { incident: Some("inc7".to_owned()), ..any.clone() }, vec![2, 1]),
        (ReviewFilter { incident: Some("inc7".to_owned()), ..states(&[Live]) }, vec![2]),
    ] {
        let page = db.store.reviews(&filter, &PageRequest::default()).await.expect("a page");
        let found: Vec<_> = page.items.iter().map(|review| review.session).collect();
        let expected: Vec<_> = expected.into_iter().map(|n| GrantId::new(uuid(n))).collect();
        assert_eq!(found, expected, "{filter:?}");
        assert!(page.items.iter().all(|review| filter.admits(review)));
    }
}

async fn pages_of_reviews_join_without_gap_or_double(db: Database) {
    for n in 1..=5 {
        open_alone(&db, n, &format!("on-call-{n}"), "INC-7").await;
    }
    let mut found = Vec::new();
    let mut page = PageRequest { cursor: None, limit: Some(2) };
    loop {
        let read = db.store.reviews(&ReviewFilter::default(), &page).await.expect("a page");
        assert!(read.items.len() <= 2);
        found.extend(read.items.into_iter().map(|review| review.session));
        match read.next {
            Some(next) => page.cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(found, [5, 4, 3, 2, 1].map(|n| GrantId::new(uuid(n))));
}

/// The word for the first request of on-call's, on the strength of that session, written at that moment.
fn word(session: GrantId, at: Timestamp) -> RequestChange {
    let waits = approved_request(request(1, "on-call", "checkout"));
    let decided = Decided {
        by: login("on-call"),
        policy: policy(),
        nonce: None,
        counted_on: Vec::new(),
        session: Some(session),
        limits: Limits::default(),
        stands_as: StandsAs::OwnDoing,
    };
    let mut word = change(executing(waits, minute(1)), "on-call", EntryOutcome::Intended);
    word.entry.at = at;
    RequestChange { decided: Some(decided), ..word }
}

async fn what_a_session_stands_for_needs_it_live_where_nothing_comes_between(db: Database) {
    in_force(&db).await;
    let session = declared(1, "on-call", "INC-7");
    let (id, opened) = (session.body.id, alone(session.clone()));
    let asked = request(1, "on-call", "checkout");
    put_requests(&db.store, [asked.clone(), approved_request(asked)]).await;
    let declared_only = db.store.commit(word(id, minute(2))).await;
    assert_eq!(declared_only, Err(CommitError::SessionOver), "there is none");
    open(&db, &session, &opened).await.expect("opened");
    let end = opened.ends_at().expect("an end");
    assert_eq!(
        db.store.commit(word(id, end)).await,
        Err(CommitError::SessionOver),
        "its time is over"
    );
    let ending = opened.end(EndReason::Returned, None, minute(3)).expect("ending");
    let closing =
        GrantChange::of(ending.clone(), ending.entry_by_itself(minute(3), EntryOutcome::Ending));
    db.store.commit_grant(closing).await.expect("closed");
    assert_eq!(
        db.store.commit(word(id, minute(4))).await,
        Err(CommitError::SessionOver),
        "it is closed"
    );
    let second = declared(2, "second-on-call", "INC-7");
    open(&db, &second, &alone(second.clone())).await.expect("opened");
    db.store.commit(word(second.body.id, minute(4))).await.expect("while it is live");
}

pub(crate) async fn in_force(db: &Database) {
    let put = entry("platform-admin", EntryAction::Policy, EntryOutcome::Succeeded);
    db.store.put_in_force(policy(), None, put).await.expect("in force");
}

async fn sessions_and_reviews_are_told(db: Database) {
    let review = open_alone(&db, 1, "on-call", "INC-7").await;
    let lock = entry("platform-admin", EntryAction::Lock, EntryOutcome::Succeeded);
    db.store.lock(&login("on-call"), minute(5), lock).await.expect("locked");
    let due = closed(review);
    put(&db, due.clone(), EntryOutcome::Due).await.expect("closed");
    put(&db, judged(due, "owner"), EntryOutcome::Judged).await.expect("judged");
    let told = db.store.unrouted(10).await.expect("events");
    let kinds: Vec<_> = told.iter().map(|event| event.kind).collect();
    let expected = [
        EventKind::BreakGlassDeclared,
        EventKind::BreakGlassOpened,
        EventKind::BreakGlassClosed,
        EventKind::ReviewDue,
        EventKind::ReviewJudged,
    ];
    assert_eq!(kinds, expected);
    assert!(told.iter().all(|event| event.about.id() == uuid(1)));
}
