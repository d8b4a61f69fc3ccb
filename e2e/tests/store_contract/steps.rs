//! Going on from a session, and drills: what one review covers, and what stands against nothing.

use domain::{
    actions::{CommitError, Decided, Limits, StandsAs},
    audit::EntryOutcome,
    break_glass::{Before, ClosedAlone, NewSession, Review, ReviewStore, Step},
    grants::{EndReason, Grant, GrantChange, GrantStore, Held},
};

use crate::{
    databases::Database,
    fixtures::{login, minute, policy, start},
    reviews::{
        alone, closed, declared, declared_as, declaring, in_force, open, open_alone, opening, put,
        with_approver,
    },
};

on_both!(
    what_goes_on_is_covered_by_the_review_of_the_first,
    nothing_goes_on_from_what_is_over_where_nothing_comes_between,
    a_step_alone_is_a_session_alone,
    a_drill_stands_against_nothing,
);

/// A session that is held.
fn given(opened: &Grant) -> Grant {
    let held = Held { account_uid: "account".to_owned(), binding_uid: "binding".to_owned() };
    opened.clone().given(held, minute(2)).expect("given")
}

fn step(n: u32, first: &Grant) -> Grant {
    let before: Option<Before> = first.as_before(minute(n));
    declared_as(n, first.body.holder.as_str(), "INC-7", |new| NewSession { before, ..new })
}

fn drill(n: u32) -> Grant {
    declared_as(n, "on-call", "INC-7", |new| NewSession { is_drill: true, ..new })
}

/// Opens what goes on from that session, if that is live still.
fn going_on(opened: &Grant, from: &Grant) -> GrantChange {
    let decided = Decided {
        by: login(opened.body.holder.as_str()),
        policy: policy(),
        nonce: None,
        counted_on: Vec::new(),
        session: Some(from.body.id),
        limits: Limits::default(),
        stands_as: StandsAs::OwnDoing,
    };
    GrantChange { decided: Some(decided), ..opening(opened) }
}

async fn first(db: &Database, opened: Grant, asked: &Grant) -> (Grant, Review) {
    in_force(db).await;
    let review = open(db, asked, &opened).await.expect("opened");
    let held = given(&opened);
    let entry = held.entry_by_itself(start(), EntryOutcome::Given);
    db.store.commit_grant(GrantChange::of(held.clone(), entry)).await.expect("given");
    (held, review)
}

async fn what_goes_on_is_covered_by_the_review_of_the_first(db: Database) {
    let asked = declared(1, "on-call", "INC-7");
    let (held, review) = first(&db, alone(asked.clone()), &asked).await;
    let next = step(3, &held);
    db.store.commit_grant(declaring(&next)).await.expect("declared");
    let opened = alone(next);
    db.store.commit_grant(going_on(&opened, &held)).await.expect("it goes on");
    let covered = db.store.review(review.session).await.expect("read").expect("there");
    assert_eq!(covered.steps, [Step::opened(&opened).expect("a step")]);
    assert_eq!(covered.version, review.version + 1);
    assert_eq!(
        db.store.review(opened.body.id).await.expect("read"),
        None,
        "it has none of its own"
    );
}

async fn nothing_goes_on_from_what_is_over_where_nothing_comes_between(db: Database) {
    let asked = declared(1, "on-call", "INC-7");
    let (held, review) = first(&db, alone(asked.clone()), &asked).await;
    let next = step(3, &held);
    db.store.commit_grant(declaring(&next)).await.expect("declared");
    let ending = held.clone().end(EndReason::Revoked, None, minute(3)).expect("ending");
    let entry = ending.entry_by_itself(minute(3), EntryOutcome::Ending);
    db.store.commit_grant(GrantChange::of(ending, entry)).await.expect("closed");
    let opened = alone(next);
    let refused = db.store.commit_grant(going_on(&opened, &held)).await;
    assert_eq!(refused, Err(CommitError::SessionOver));
    put(&db, closed(review), EntryOutcome::Due).await.expect("due");
    let unchecked = db.store.commit_grant(opening(&opened)).await;
    assert_eq!(unchecked, Err(CommitError::SessionOver), "its review covers nothing more");
}

async fn a_step_alone_is_a_session_alone(db: Database) {
    let asked = declared(1, "on-call", "INC-7");
    let (held, _) = first(&db, with_approver(asked.clone()), &asked).await;
    let elsewhere = open_alone(&db, 2, "on-call", "INC-8").await;
    let next = step(3, &held);
    db.store.commit_grant(declaring(&next)).await.expect("declared");
    let opened = alone(next.clone());
    let refused = db.store.commit_grant(going_on(&opened, &held)).await;
    assert_eq!(refused, Err(CommitError::AloneClosed(ClosedAlone::Live)));
    put(&db, closed(elsewhere), EntryOutcome::Due).await.expect("closed");
    db.store.commit_grant(going_on(&opened, &held)).await.expect("it goes on");
    let other = declared(4, "on-call", "INC-9");
    let second = open(&db, &other, &alone(other.clone())).await;
    assert_eq!(second, Err(CommitError::AloneClosed(ClosedAlone::Live)), "that is one, too");
}

async fn a_drill_stands_against_nothing(db: Database) {
    for n in [1, 2] {
        let drill = drill(n);
        let review = open(&db, &drill, &alone(drill.clone())).await.expect("practised");
        assert!(review.is_drill);
        put(&db, closed(review), EntryOutcome::Due).await.expect("closed");
    }
    let practised = drill(3);
    open(&db, &practised, &alone(practised.clone())).await.expect("practised");
    open_alone(&db, 4, "on-call", "INC-7").await;
    let again = drill(5);
    open(&db, &again, &alone(again.clone())).await.expect("practised");
}
