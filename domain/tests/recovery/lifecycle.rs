//! No path lets somebody in without two others who are one of each, and none leaves it unreviewed.

use std::{collections::BTreeSet, time::Duration};

use domain::{
    approvals::Decision,
    canonical::Digest,
    identity::CredentialId,
    recovery::{
        Part, Recovery, RecoveryMoveError, RecoveryState, RecoveryStateName as Name, Signature,
    },
    time::Timestamp,
};
use proptest::prelude::*;

use crate::fixtures::{PERSON, asked, parts, signed, start, verdict};

const PEOPLE: [&str; 7] =
    [PERSON, "admin", "other-admin", "mate", "other-mate", "both", "stranger"];
const WITHIN: Duration = Duration::from_hours(24);

#[derive(Clone, Debug)]
enum Event {
    Sign { person: usize, forged: bool },
    Deny { person: usize },
    HandOn,
    Enrol,
    Stop { person: usize },
    Expire,
    Judge { person: usize, forged: bool },
    Wait { seconds: u64 },
}

fn event() -> impl Strategy<Value = Event> {
    let forged = || prop::bool::weighted(0.2);
    prop_oneof![
        8 => (0..PEOPLE.len(), forged()).prop_map(|(person, forged)| Event::Sign { person, forged }),
        1 => (0..PEOPLE.len()).prop_map(|person| Event::Deny { person }),
        4 => Just(Event::HandOn),
        4 => Just(Event::Enrol),
        1 => (0..PEOPLE.len()).prop_map(|person| Event::Stop { person }),
        1 => Just(Event::Expire),
        3 => (0..PEOPLE.len(), forged()).prop_map(|(person, forged)| Event::Judge { person, forged }),
        3 => (1..900_u64).prop_map(|seconds| Event::Wait { seconds }),
    ]
}

fn case() -> Digest {
    Digest::of(b"case")
}

/// Applies an event; a refused one leaves the recovery as it was.
fn apply(
    recovery: &Recovery,
    event: &Event,
    now: Timestamp,
) -> Result<Recovery, RecoveryMoveError> {
    let recovery = recovery.clone();
    let other = Digest::of(b"another");
    match event {
        Event::Sign { person, forged } => {
            let digest = if *forged { other } else { recovery.digest };
            let signed = signed(PEOPLE[*person], Decision::Approve, digest);
            recovery.sign(Signature { parts: parts(PEOPLE[*person]), signed }, now)
        }
        Event::Deny { person } => {
            let no = signed(PEOPLE[*person], Decision::Deny, recovery.digest);
            recovery.deny(no, now)
        }
        Event::HandOn => recovery.hand_on(Digest::of(b"link"), &"admin".parse().unwrap(), now),
        Event::Enrol => {
            recovery.enrol(CredentialId("new".to_owned()), Vec::new(), WITHIN, None, now)
        }
        Event::Stop { person } => recovery.stop(Some(&PEOPLE[*person].parse().unwrap()), now),
        Event::Expire => recovery.expire(now),
        Event::Judge { person, forged } => {
            let on = if *forged { other } else { case() };
            recovery.judge(verdict(PEOPLE[*person], Decision::Justified, on), case())
        }
        Event::Wait { .. } => Ok(recovery),
    }
}

/// Which states follow which.
fn follows(before: Name, after: Name) -> bool {
    let over = [Name::Denied, Name::Withdrawn, Name::Expired];
    match before {
        Name::Pending => [Name::Pending, Name::Approved].contains(&after) || over.contains(&after),
        Name::Approved => {
            [Name::Approved, Name::Enrolled].contains(&after) || over.contains(&after)
        }
        Name::Enrolled => after == Name::Judged,
        _ => false,
    }
}

fn check(before: &Recovery, after: &Recovery, now: Timestamp) {
    assert_eq!(after.body, before.body, "what was asked for never changes");
    assert!(after.is_as_signed(), "what the console makes, it takes back: {after:?}");
    if let Some(agreement) = after.state.agreement() {
        let [one, other] = &agreement.signatures;
        let people: BTreeSet<_> = [one, other].map(|it| it.person().as_str()).into();
        assert_eq!(people.len(), 2, "two people sign");
        assert!(!people.contains(PERSON), "nobody signs for themself");
        assert!(Part::are_both(&one.parts, &other.parts), "one of each: {people:?}");
        assert!(agreement.at < after.body.expires_at, "nothing is signed out of time");
    }
    if let Some(enrolment) = after.state.enrolment() {
        let agreement = &enrolment.agreement;
        assert!(agreement.link.is_some(), "nobody comes in without a link");
        assert!(enrolment.at < agreement.until, "nor too late");
        assert!(after.state.due().is_some(), "and it is to be reviewed");
    }
    if let RecoveryState::Judged { signed, .. } = &after.state {
        assert!(!after.involves(signed.person()), "nobody judges their own work");
    }
    if after == before {
        return;
    }
    assert_eq!(after.version, before.version + 1, "each change is counted");
    let (from, to) = (before.state.name(), after.state.name());
    assert!(follows(from, to), "{from} → {to}");
    let in_time = before.ends_at().is_none_or(|end| now < end);
    let ends = [Name::Expired, Name::Withdrawn].contains(&to);
    assert!(in_time || ends, "out of time it only ends: {from} → {to}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn whatever_happens_the_invariants_hold(events in prop::collection::vec(event(), 1..28)) {
        let (mut recovery, mut now) = (asked(), start());
        for event in &events {
            if let Event::Wait { seconds } = event {
                now = now.plus(Duration::from_secs(*seconds));
            }
            let after = apply(&recovery, event, now).unwrap_or_else(|_| recovery.clone());
            check(&recovery, &after, now);
            recovery = after;
        }
    }
}
