//! No path leads to power without what it demands, and none out of it but through the word that it ends.

use std::{collections::BTreeSet, time::Duration};

use domain::{
    approvals::Decision,
    canonical::Digest,
    grants::{
        ANSWER_MARGIN, EndReason, Grant, GrantMoveError, GrantState, GrantStateName, GrantVoid,
        Held,
    },
    time::Timestamp,
};
use proptest::prelude::*;

use crate::fixtures::{HOLDER, PATIENCE, TTL, grant, session, signed, start};

#[derive(Clone, Debug)]
enum Event {
    Decide { person: usize, decision: Decision, forged: bool },
    Open { person: usize, decision: Decision, forged: bool },
    Withdraw,
    Expire,
    Void,
    Given,
    End { by: Option<usize> },
    Gone,
    Wait { seconds: u64 },
}

const PEOPLE: [&str; 4] = [HOLDER, "approver", "second-approver", "security"];

fn event() -> impl Strategy<Value = Event> {
    let decision = prop_oneof![
        5 => Just(Decision::Approve), 1 => Just(Decision::Deny), 1 => Just(Decision::Execute),
    ];
    let forged = prop::bool::weighted(0.2);
    let word = prop_oneof![4 => Just(Decision::Open), 1 => Just(Decision::Approve)];
    prop_oneof![
        8 => (0..PEOPLE.len(), decision, forged)
            .prop_map(|(person, decision, forged)| Event::Decide { person, decision, forged }),
        3 => (0..2_usize, word, prop::bool::weighted(0.2))
            .prop_map(|(person, decision, forged)| Event::Open { person, decision, forged }),
        1 => Just(Event::Withdraw),
        1 => Just(Event::Expire),
        1 => Just(Event::Void),
        4 => Just(Event::Given),
        2 => prop::option::of(0..PEOPLE.len()).prop_map(|by| Event::End { by }),
        2 => Just(Event::Gone),
        4 => (1..1500_u64).prop_map(|seconds| Event::Wait { seconds }),
    ]
}

fn held() -> Held {
    Held { account_uid: "account-uid".to_owned(), binding_uid: "binding-uid".to_owned() }
}

/// Applies an event; a refused one leaves the grant as it was.
fn apply(grant: &Grant, event: &Event, now: Timestamp) -> Result<Grant, GrantMoveError> {
    let grant = grant.clone();
    let digest = |forged: bool| if forged { Digest::of(b"another") } else { grant.digest };
    match event {
        Event::Decide { person, decision, forged } => {
            let decided = signed(PEOPLE[*person], *decision, digest(*forged));
            match decision {
                Decision::Deny => grant.deny(decided, now),
                _ => grant.approve(decided, now),
            }
        }
        Event::Open { person, decision, forged } => {
            let word = signed(PEOPLE[*person], *decision, digest(*forged));
            grant.open_alone(word, now)
        }
        Event::Withdraw => grant.withdraw(&HOLDER.parse().unwrap(), now),
        Event::Expire => grant.expire(now),
        Event::Void => grant.void(GrantVoid::RoleChanged, now),
        Event::Given => grant.given(held(), now),
        Event::End { by } => {
            let by = by.map(|person| PEOPLE[person].parse().unwrap());
            grant.end(EndReason::Revoked, by.as_ref(), now)
        }
        Event::Gone => grant.gone(now),
        Event::Wait { .. } => Ok(grant),
    }
}

/// Which states follow which.
fn follows(before: GrantStateName, after: GrantStateName) -> bool {
    use GrantStateName as S;
    matches!(
        (before, after),
        (S::Pending, S::Pending | S::Denied | S::Withdrawn | S::Expired | S::Void | S::Activating)
            | (S::Activating, S::Active | S::Ending)
            | (S::Active, S::Ending)
            | (S::Ending, S::Ended)
    )
}

fn check(before: &Grant, after: &Grant, now: Timestamp) {
    assert_eq!(after.body, before.body, "what was asked for never changes");
    assert!(after.is_as_signed(), "what the console makes, it takes back: {after:?}");
    let approvers: BTreeSet<_> = after.approvers().into_iter().collect();
    assert!(!approvers.contains(&HOLDER.parse().unwrap()), "nobody approves their own");
    if let Some(activation) = after.state.activation() {
        match (&after.body.declaration, &after.opening) {
            (Some(declared), Some(word)) => {
                assert!(activation.at >= declared.alone_from, "approvers have their time");
                assert_eq!(word.person(), &after.body.holder, "nobody opens another's");
                assert!(word.covers(Decision::Open, after.digest), "what was signed is opened");
            }
            (Some(_), None) => assert_eq!(approvers.len(), 1, "one signature is enough"),
            (None, None) => assert!(approvers.len() >= 2, "power needs its approvals"),
            (None, Some(_)) => panic!("only an emergency is opened alone"),
        }
        assert_eq!(activation.until, activation.at.plus(TTL), "its time runs from the word");
        assert!(activation.at < after.body.expires_at, "nothing begins out of time");
        let word = before.state.activation();
        assert!(word.is_none_or(|word| word == activation), "the word is given once");
    }
    if let GrantState::Ended { ending, .. } = &after.state {
        let quiet = ending.activation.deadline.plus(ANSWER_MARGIN);
        assert!(ending.held.is_some() || now >= quiet, "a call may be on its way");
    }
    if after == before {
        return;
    }
    assert_eq!(after.version, before.version + 1, "each change is counted");
    let (from, to) = (before.state.name(), after.state.name());
    assert!(follows(from, to), "{from} → {to}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn whatever_happens_the_invariants_hold(events in prop::collection::vec(event(), 1..28)) {
        live(grant(2), &events);
    }

    #[test]
    fn whatever_happens_to_a_session_they_hold(events in prop::collection::vec(event(), 1..28)) {
        live(session(), &events);
    }
}

fn live(mut grant: Grant, events: &[Event]) {
    let mut now = start();
    for event in events {
        if let Event::Wait { seconds } = event {
            now = now.plus(Duration::from_secs(*seconds));
        }
        let after = apply(&grant, event, now).unwrap_or_else(|_| grant.clone());
        check(&grant, &after, now);
        grant = after;
    }
}

/// A grant that was approved.
fn activating() -> Grant {
    let asked = grant(1);
    let approval = signed("approver", Decision::Approve, asked.digest);
    asked.approve(approval, start()).unwrap()
}

#[test]
fn the_straight_way_leads_into_power_and_out_of_it() {
    let active = activating().given(held(), start()).unwrap();
    assert_eq!(active.ends_at(), Some(start().plus(TTL)));
    let late = start().plus(TTL * 3);
    let ending = active.end(EndReason::Expired, None, late).unwrap();
    assert_eq!(
        ending.state.held(),
        Some(&held()),
        "the state outranks the clock: it is held still"
    );
    let ended = ending.gone(late).unwrap();
    assert_eq!(ended.state.name(), GrantStateName::Ended);
    assert_eq!(ended.state.held(), None);
}

#[test]
fn what_nobody_heard_of_is_not_gone_before_no_call_can_arrive() {
    let ending = activating().end(EndReason::Revoked, None, start()).unwrap();
    assert_eq!(ending.clone().gone(start()), Err(GrantMoveError::TooEarly));
    let deadline = ending.state.activation().unwrap().deadline;
    assert_eq!(ending.clone().gone(deadline), Err(GrantMoveError::TooEarly));
    assert!(ending.gone(deadline.plus(ANSWER_MARGIN)).is_ok());
}

#[test]
fn a_record_that_was_written_past_the_console_is_not_as_signed() {
    let asked = activating();
    assert!(asked.is_as_signed());
    let mut longer = asked.clone();
    longer.body.ttl_seconds *= 2;
    let mut unapproved = asked.clone();
    unapproved.approvals.clear();
    let mut own = asked.clone();
    own.approvals = vec![signed(HOLDER, Decision::Approve, own.digest)];
    let mut twice = grant(2);
    let once = signed("approver", Decision::Approve, twice.digest);
    twice.approvals = vec![once.clone(), once];
    let mut alone = asked.clone();
    alone.approvals.clear();
    alone.opening = Some(Box::new(signed(HOLDER, Decision::Open, alone.digest)));
    for forged in [longer, unapproved, own, twice, alone] {
        assert!(!forged.is_as_signed(), "{forged:?}");
    }
}

#[test]
fn a_session_is_opened_alone_once_approvers_had_their_time() {
    let declared = session();
    let word = |person: &str| signed(person, Decision::Open, declared.digest);
    let (early, late) =
        (start().plus(PATIENCE.saturating_sub(Duration::from_secs(1))), start().plus(PATIENCE));
    let open = |person: &str, at| declared.clone().open_alone(word(person), at);
    assert_eq!(open(HOLDER, early), Err(GrantMoveError::Patience));
    assert_eq!(open("approver", late), Err(GrantMoveError::NotHolder));
    let opened = open(HOLDER, late).unwrap();
    assert_eq!(opened.state.name(), GrantStateName::Activating);
    assert!(opened.is_as_signed() && opened.is_live_session());
    let again = opened.clone().open_alone(word(HOLDER), late);
    assert_eq!(again, Err(GrantMoveError::WrongState(GrantStateName::Activating)));
    let mut forged = opened;
    forged.opening = Some(Box::new(word("approver")));
    assert!(!forged.is_as_signed(), "somebody else's word opens nothing");
}

#[test]
fn one_approval_opens_a_session_without_waiting() {
    let declared = session();
    let approval = signed("approver", Decision::Approve, declared.digest);
    let opened = declared.approve(approval, start()).unwrap();
    assert!(opened.is_live_session() && opened.opening.is_none());
}

#[test]
fn what_is_no_emergency_is_never_opened_alone() {
    let asked = grant(1);
    let word = signed(HOLDER, Decision::Open, asked.digest);
    let late = start().plus(PATIENCE * 2);
    assert_eq!(asked.open_alone(word, late), Err(GrantMoveError::NoSession));
}
