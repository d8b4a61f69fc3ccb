//! Decisions with a signature that nobody can check: for what is decided before any is checked.

use std::time::Duration;

use super::ManualClock;
use crate::{
    approvals::{Assertion, Commitment, Decision, Nonce, Purpose, SignedDecision},
    canonical::Digest,
    policy::PolicyDigest,
    resources::ClusterUid,
    time::Clock,
};

/// What this person decided about that, at the time at which a [`ManualClock`] begins.
///
/// # Panics
/// Where the person's name is no login.
#[must_use]
pub fn signed(
    purpose: Purpose,
    person: &str,
    decision: Decision,
    digest: Digest,
) -> SignedDecision {
    let at = ManualClock::default().now();
    let commitment = Commitment {
        purpose,
        decision,
        digest,
        preview_digest: None,
        person: person.parse().expect("a login"),
        cluster_uid: Some(ClusterUid("cluster-uid".to_owned())),
        policy_digest: PolicyDigest(Digest::of(b"policy")),
        comment_hash: None,
        nonce: Nonce::new([7; 32]),
        expires_at: at.plus(Duration::from_mins(5)),
    };
    let assertion = Assertion {
        credential_id: "credential".to_owned(),
        client_data_json: "e30".to_owned(),
        authenticator_data: String::new(),
        signature: String::new(),
        public_key: String::new(),
    };
    SignedDecision { commitment, assertion, preview: None, comment: None, at }
}
