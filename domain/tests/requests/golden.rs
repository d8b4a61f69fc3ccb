//! Golden vectors: what is signed today must verify in ten years.

use domain::approvals::Decision;

use crate::fixtures::{preview, request, signed};

#[test]
fn the_digest_of_a_request_stays() {
    let digest = request(1).digest.to_string();
    insta::assert_snapshot!(digest, @"6b87850a209399cb3f187bf89b7f2ddab4b11dc9cb9b9a95aad5c53b107236bd");
}

#[test]
fn the_digest_of_a_preview_stays_and_ignores_what_nobody_judges_by() {
    let mut report = preview();
    let digest = report.digest().unwrap();
    insta::assert_snapshot!(digest.to_string(), @"e84b26e126ec436cffbfd2b44622614d822849fcaa60ab81b74cc014b20b6940");
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
    insta::assert_snapshot!(domain::canonical::Digest::from_bytes(challenge).to_string(), @"b4f6c74aed3f25ae4cbabe65e8876027dfc2ce38e27353131ae3f966f55ec077");
    let denial = signed("approver", Decision::Deny, digest).commitment;
    let somebody_else = signed("security", Decision::Approve, digest).commitment;
    for other in [denial, somebody_else] {
        assert_ne!(other.challenge().unwrap(), challenge);
    }
}
