//! Whatever happens, a review ends by one way only: the signed verdict of somebody who was no part of the session.

use std::time::Duration;

use domain::{
    approvals::Decision,
    break_glass::{Review, ReviewMoveError, ReviewState, ReviewStateName},
    canonical::Digest,
    names::Login,
    time::Timestamp,
};
use proptest::prelude::*;

use crate::fixtures::{PERSON, WITHIN, account, alone, approved, case, start, verdict};

#[derive(Clone, Debug)]
enum Event {
    Close,
    Assign,
    Remind,
    Escalate,
    File,
    Judge { person: usize, decision: Decision, forged: bool },
    Wait { minutes: u64 },
}

const PEOPLE: [&str; 4] = [PERSON, "owner", "second-owner", "security"];

fn event() -> impl Strategy<Value = Event> {
    let decision = prop_oneof![
        Just(Decision::Justified),
        Just(Decision::JustifiedWithFollowUps),
        Just(Decision::Unjustified),
        Just(Decision::Approve),
        Just(Decision::Open),
    ];
    prop_oneof![
        2 => Just(Event::Close),
        1 => Just(Event::Assign),
        1 => Just(Event::Remind),
        1 => Just(Event::Escalate),
        2 => Just(Event::File),
        6 => (0..PEOPLE.len(), decision, prop::bool::weighted(0.3))
            .prop_map(|(person, decision, forged)| Event::Judge { person, decision, forged }),
        2 => (1..3000_u64).prop_map(|minutes| Event::Wait { minutes }),
    ]
}

fn apply(review: &Review, event: &Event, now: Timestamp) -> Result<Review, ReviewMoveError> {
    let review = review.clone();
    match event {
        Event::Close => review.close(now, WITHIN, None),
        Event::Assign => review.assign(Some("security".parse().unwrap())),
        Event::Remind => review.remind(now),
        Event::Escalate => review.escalate(now),
        Event::File => review.file(account(now)),
        Event::Judge { person, decision, forged } => {
            let case = case(&review).digest().unwrap();
            let signed = if *forged { Digest::of(b"another") } else { case };
            review.judge(verdict(PEOPLE[*person], *decision, signed), case)
        }
        Event::Wait { .. } => Ok(review),
    }
}

fn check(before: &Review, after: &Review) {
    assert_eq!((after.session, after.digest), (before.session, before.digest));
    if let Some(account) = &before.account {
        assert_eq!(after.account.as_ref(), Some(account), "what was said stays said");
    }
    if let ReviewState::Judged { signed, due } = &after.state {
        assert!(!after.involves(signed.person()), "nobody judges their own");
        let verdicts =
            [Decision::Justified, Decision::JustifiedWithFollowUps, Decision::Unjustified];
        assert!(verdicts.contains(&signed.commitment.decision));
        if before.state.name() == ReviewStateName::Open {
            let case = case(before).digest().unwrap();
            assert!(signed.covers(signed.commitment.decision, case), "the case is what was signed");
            assert_eq!(before.state.due(), Some(due));
        }
    }
    if after == before {
        return;
    }
    assert_eq!(after.version, before.version + 1, "each change is counted");
    let (from, to) = (before.state.name(), after.state.name());
    assert!(matches!(
        (from, to),
        (ReviewStateName::Live, ReviewStateName::Open)
            | (ReviewStateName::Open, ReviewStateName::Open | ReviewStateName::Judged)
            | (ReviewStateName::Judged, ReviewStateName::Judged)
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn whatever_happens_the_invariants_hold(
        with_approver in any::<bool>(),
        events in prop::collection::vec(event(), 1..24),
    ) {
        let mut review = if with_approver { approved(1) } else { alone(1) };
        let mut now = start();
        for event in &events {
            if let Event::Wait { minutes } = event {
                now = now.plus(Duration::from_mins(*minutes));
            }
            let after = apply(&review, event, now).unwrap_or_else(|_| review.clone());
            check(&review, &after);
            review = after;
        }
    }
}

#[test]
fn who_was_part_of_it_does_not_judge_it() {
    let involved = |review: Review, person: &str| {
        let due = review.close(start(), WITHIN, None).unwrap();
        let case = case(&due).digest().unwrap();
        due.judge(verdict(person, Decision::Justified, case), case)
    };
    assert_eq!(involved(alone(1), PERSON), Err(ReviewMoveError::Involved));
    assert_eq!(involved(approved(1), "owner"), Err(ReviewMoveError::Involved));
    assert!(involved(alone(1), "owner").is_ok());
}

#[test]
fn nothing_is_judged_or_told_before_it_is_over() {
    let live = alone(1);
    let wrong = ReviewMoveError::WrongState(ReviewStateName::Live);
    assert_eq!(live.clone().file(account(start())), Err(wrong));
    let case = case(&live).digest().unwrap();
    assert_eq!(live.judge(verdict("owner", Decision::Justified, case), case), Err(wrong));
}

#[test]
fn an_account_is_filed_once() {
    let filed = alone(1).close(start(), WITHIN, None).unwrap().file(account(start())).unwrap();
    assert_eq!(filed.file(account(start())), Err(ReviewMoveError::Twice));
}

#[test]
fn an_incident_is_found_however_it_was_written() {
    let mut review = alone(1);
    review.incident = " Inc-7 ".to_owned();
    assert_eq!(review.incident_key(), alone(2).incident_key());
    let person: Login = PERSON.parse().unwrap();
    assert!(review.involves(&person));
}
