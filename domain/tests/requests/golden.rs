//! Golden vectors: what is signed today must verify in ten years.

use domain::approvals::Decision;

use crate::fixtures::{preview, request, signed};

#[test]
fn the_digest_of_a_request_stays() {
    let digest = request(1).digest.to_string();
    insta::assert_snapshot!(digest, @"33199f03df6065366610489980547040f1defcebc9b253588411899de8bd0953");
}

#[test]
fn the_digest_of_a_preview_stays_and_ignores_what_nobody_judges_by() {
    let mut report = preview();
    let digest = report.digest().unwrap();
    insta::assert_snapshot!(digest.to_string(), @"a02ee74381ad75c4abc030cba6535fbecff4491369050a88260e50fce3e63c76");
    report.resource_version = "43".to_owned();
    report.computed_at = report.computed_at.plus(std::time::Duration::from_secs(9));
    assert_eq!(report.digest().unwrap(), digest);
    report.target_status = "Running".to_owned();
    assert_ne!(report.digest().unwrap(), digest);
}

#[test]
fn the_challenge_of_a_step_up_stays_and_covers_every_field() {
    let digest = request(1).digest;
    let commitment = signed("approver", Decision::Approve, digest).commitment;
    let challenge = commitment.challenge().unwrap();
    insta::assert_snapshot!(domain::canonical::Digest::from_bytes(challenge).to_string(), @"a7cd7a786b92d556db2a787623fcf3bd53f0d6a8bf42b5f886b0c88e5d63eb5e");
    let denial = signed("approver", Decision::Deny, digest).commitment;
    let somebody_else = signed("security", Decision::Approve, digest).commitment;
    for other in [denial, somebody_else] {
        assert_ne!(other.challenge().unwrap(), challenge);
    }
}
