//! When opening alone is closed to somebody, and when it is not.

use std::time::Duration;

use domain::{
    approvals::Decision,
    break_glass::{ClosedAlone, Review},
};

use crate::fixtures::{WITHIN, account, alone, approved, case, start, verdict};

fn closed(review: Review) -> Review {
    review.close(start(), WITHIN, None).unwrap()
}

fn judged(review: Review) -> Review {
    let case = case(&review).digest().unwrap();
    review.judge(verdict("security", Decision::Justified, case), case).unwrap()
}

#[test]
fn one_session_that_is_live_is_enough() {
    assert_eq!(ClosedAlone::by(&[], start()), None);
    assert_eq!(ClosedAlone::by(&[alone(1)], start()), Some(ClosedAlone::Live));
    assert_eq!(ClosedAlone::by(&[approved(1)], start()), None, "with an approver it is open");
}

#[test]
fn two_sessions_that_nobody_reviewed_are_too_many() {
    let (one, other) = (closed(alone(1)), closed(approved(2)));
    assert_eq!(ClosedAlone::by(std::slice::from_ref(&one), start()), None);
    assert_eq!(
        ClosedAlone::by(&[one.clone(), other.clone()], start()),
        Some(ClosedAlone::Unreviewed)
    );
    assert_eq!(ClosedAlone::by(&[judged(one), other], start()), None);
}

#[test]
fn an_account_is_owed_until_it_is_filed_whatever_the_verdict() {
    let review = closed(alone(1));
    let (before, due) =
        (start().plus(WITHIN.saturating_sub(Duration::from_micros(1))), start().plus(WITHIN));
    let told = |review: &Review, at| ClosedAlone::by(std::slice::from_ref(review), at);
    assert_eq!(told(&review, before), None);
    assert_eq!(told(&review, due), Some(ClosedAlone::AccountOverdue));
    let judged = judged(review);
    assert_eq!(told(&judged, due), Some(ClosedAlone::AccountOverdue));
    let filed = judged.file(account(due)).unwrap();
    assert_eq!(told(&filed, due), None, "what is late is late, and then done");
}

#[test]
fn a_reviewer_who_is_late_closes_nothing() {
    let filed = closed(alone(1)).file(account(start())).unwrap();
    let late = start().plus(WITHIN * 3);
    let escalated = filed.escalate(late).unwrap();
    assert_eq!(ClosedAlone::by(&[escalated], late), None);
}
