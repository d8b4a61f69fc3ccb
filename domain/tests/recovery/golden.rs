//! Golden vectors: what is signed today must verify in ten years.

use domain::{canonical::Digest, recovery::RecoveryCase};

use crate::fixtures::{asked, start};

#[test]
fn the_digest_of_a_recovery_stays_and_covers_whom_and_why() {
    let asked = asked();
    insta::assert_snapshot!(asked.digest.to_string(), @"80ec17b8e552027e9e20821cdb87f89a3ca307d28cc8bbb3f6f3d31148d0f80d");
    assert_eq!(asked.body.reason, "the phone fell into the sea");
    let mut other = asked.body.clone();
    other.person = "on-call".parse().unwrap();
    assert_ne!(other.digest(), asked.digest);
    let mut other = asked.body.clone();
    other.reason.push('!');
    assert_ne!(other.digest(), asked.digest);
    let mut other = asked.body.clone();
    other.asked_by = "other-admin".parse().unwrap();
    assert_ne!(other.digest(), asked.digest);
}

#[test]
fn the_digest_of_its_case_stays_and_is_that_of_no_other() {
    let case = RecoveryCase { recovery: asked().digest, enrolled_at: start(), deeds: Vec::new() };
    insta::assert_snapshot!(case.digest().unwrap().to_string(), @"4a2739664b0e16cac58feefdc1f4de25b4aa73ddac73c27678cebdcea96ab86b");
    let other = RecoveryCase { recovery: Digest::of(b"another"), ..case.clone() };
    assert_ne!(other.digest().unwrap(), case.digest().unwrap());
}
