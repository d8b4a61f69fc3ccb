//! No path leads to an execution without what it demands, whatever the order of events.

use std::{collections::BTreeSet, time::Duration};

use domain::{
    actions::{
        Before, Change, Finding, Outcome, Request, RequestState, StateName, TransitionError,
        Verdict, VoidReason,
    },
    approvals::Decision,
    canonical::Digest,
    time::Timestamp,
};
use proptest::prelude::*;

use crate::fixtures::{REQUESTER, request, settings, signed, start, target};

#[derive(Clone, Debug)]
enum Event {
    Decide { person: usize, decision: Decision, forged: bool },
    Withdraw,
    Expire,
    Void,
    Begin { person: usize, forged: bool },
    Settle,
    Wait { minutes: u64 },
}

const PEOPLE: [&str; 4] = [REQUESTER, "approver", "second-approver", "security"];

fn event() -> impl Strategy<Value = Event> {
    let decision = prop_oneof![
        4 => Just(Decision::Approve), 1 => Just(Decision::Deny), 1 => Just(Decision::Execute),
    ];
    let forged = prop::bool::weighted(0.2);
    prop_oneof![
        8 => (0..PEOPLE.len(), decision, forged)
            .prop_map(|(person, decision, forged)| Event::Decide { person, decision, forged }),
        1 => Just(Event::Withdraw),
        1 => Just(Event::Expire),
        1 => Just(Event::Void),
        4 => (0..PEOPLE.len(), forged).prop_map(|(person, forged)| Event::Begin { person, forged }),
        2 => Just(Event::Settle),
        2 => (1..20_u64).prop_map(|minutes| Event::Wait { minutes }),
    ]
}

/// Applies an event; a refused one leaves the request as it was.
fn apply(request: &Request, event: &Event, now: Timestamp) -> Result<Request, TransitionError> {
    let settings = settings(2);
    let request = request.clone();
    let digest = |forged: bool| if forged { Digest::of(b"another") } else { request.digest };
    match event {
        Event::Decide { person, decision, forged } => {
            let decided = signed(PEOPLE[*person], *decision, digest(*forged));
            match decision {
                Decision::Deny => request.deny(decided, now),
                _ => request.approve(decided, settings.approval_ttl, now),
            }
        }
        Event::Withdraw => request.withdraw(&REQUESTER.parse().unwrap(), now),
        Event::Expire => request.expire(now),
        Event::Void => request.void(VoidReason::Changed, now),
        Event::Begin { person, forged } => {
            let touch = signed(PEOPLE[*person], Decision::Execute, digest(*forged));
            request.begin(touch, Change::Evict, Before::default(), &settings, now)
        }
        Event::Settle => {
            let verdict = Verdict::Unknown { reason: Finding::NotSeen };
            request.settle(Outcome { verdict, at: now })
        }
        Event::Wait { .. } => Ok(request),
    }
}

fn check(before: &Request, after: &Request, now: Timestamp) {
    let approvers: BTreeSet<_> = after.approvers().into_iter().collect();
    assert_eq!(approvers.len(), after.approvals.len(), "nobody counts twice");
    assert!(!approvers.contains(&REQUESTER.parse().unwrap()), "nobody approves their own");
    assert!(
        after.approvals.iter().all(|approval| approval.covers(Decision::Approve, after.digest))
    );
    assert_eq!(after.body, before.body, "what was asked for never changes");
    if let RequestState::Executing(execution) = &after.state {
        assert!(after.approvals.len() >= 2, "executing needs its approvals");
        assert!(execution.touch.covers(Decision::Execute, after.digest));
        assert_eq!(execution.touch.person().as_str(), REQUESTER);
        if before.state.name() != StateName::Executing {
            assert!(before.ends_at().is_some_and(|end| now < end), "nothing starts out of time");
        }
    }
    if before.state.name().is_final() {
        assert_eq!(after, before, "what ended stays ended");
    }
    if after != before {
        assert_eq!(after.version, before.version + 1, "each change is counted");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_happens_the_invariants_hold(events in prop::collection::vec(event(), 1..24)) {
        let mut request = request(2);
        let mut now = start();
        for event in &events {
            if let Event::Wait { minutes } = event {
                now = now.plus(Duration::from_mins(*minutes));
            }
            let after = apply(&request, event, now).unwrap_or_else(|_| request.clone());
            check(&request, &after, now);
            request = after;
        }
    }
}

#[test]
fn the_straight_way_reaches_execution() {
    let asked = request(1);
    let approval = signed("approver", Decision::Approve, asked.digest);
    let approved = asked.approve(approval, Duration::from_mins(15), start()).unwrap();
    let touch = signed(REQUESTER, Decision::Execute, approved.digest);
    let executing =
        approved.begin(touch, Change::Evict, Before::default(), &settings(1), start()).unwrap();
    assert_eq!(executing.state.name(), StateName::Executing);
}

#[test]
fn without_approvals_needed_the_requester_may_go_ahead() {
    assert_eq!(request(0).state.name(), StateName::Approved);
}

#[test]
fn drift_tells_gone_recreated_and_changed_apart() {
    let request = request(1);
    let mut now = target();
    assert_eq!(request.drift(Some(&now)), None);
    now.fingerprint = Digest::of(b"another spec");
    assert_eq!(request.drift(Some(&now)), Some(VoidReason::Changed));
    now.uid = "another".to_owned();
    assert_eq!(request.drift(Some(&now)), Some(VoidReason::Recreated));
    assert_eq!(request.drift(None), Some(VoidReason::Gone));
}
