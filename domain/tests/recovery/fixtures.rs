//! Somebody who lost every passkey, and those who sign for them.

use std::collections::BTreeSet;

use domain::{
    approvals::{Decision, Purpose, SignedDecision},
    canonical::Digest,
    ids::{Ids, RecoveryId},
    recovery::{Part, Recovery, RecoveryBody, Signature},
    testkit::{self, ManualClock, SeededIds},
    time::{Clock, Timestamp},
};

pub(crate) const PERSON: &str = "engineer";
pub(crate) const ASKER: &str = "admin";

pub(crate) fn start() -> Timestamp {
    ManualClock::default().now()
}

pub(crate) fn asked() -> Recovery {
    let id = RecoveryId::new(SeededIds::new(1).uuid());
    let (person, asker) = (PERSON.parse().unwrap(), ASKER.parse().unwrap());
    let body = RecoveryBody::new(id, person, asker, " the phone fell into the sea ", start());
    Recovery::pending(body.unwrap())
}

/// What everybody here may sign as.
pub(crate) fn parts(person: &str) -> BTreeSet<Part> {
    match person {
        "admin" | "other-admin" => [Part::Admin].into(),
        "mate" | "other-mate" => [Part::TeamMate].into(),
        "both" => Part::ALL.into(),
        _ => BTreeSet::new(),
    }
}

pub(crate) fn signed(person: &str, decision: Decision, digest: Digest) -> SignedDecision {
    testkit::signed(Purpose::Recovery, person, decision, digest)
}

pub(crate) fn signature(person: &str, digest: Digest) -> Signature {
    Signature { parts: parts(person), signed: signed(person, Decision::Approve, digest) }
}

pub(crate) fn verdict(person: &str, decision: Decision, case: Digest) -> SignedDecision {
    testkit::signed(Purpose::Review, person, decision, case)
}

/// One that these two signed.
pub(crate) fn approved(one: &str, other: &str) -> Recovery {
    let asked = asked();
    let (one, other) = (signature(one, asked.digest), signature(other, asked.digest));
    asked.sign(one, start()).unwrap().sign(other, start()).unwrap()
}
