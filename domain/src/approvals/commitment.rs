//! What a step-up's challenge commits to. The browser computes it too, from what it shows.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Decision;
use crate::{
    canonical::{Digest, NotCanonical, canonical_json},
    names::Login,
    policy::PolicyDigest,
    resources::ClusterUid,
    time::Timestamp,
};

/// The prefix of every challenge: no other use of a passkey can be taken for a step-up.
const DOMAIN: &[u8] = b"sekisho/step-up/v1";

/// Everything a touch agrees to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// What kind of thing is decided on.
    pub purpose: Purpose,
    /// What is decided.
    pub decision: Decision,
    /// The digest of the request or other thing.
    pub digest: Digest,
    /// The digest of the preview that the signer saw; absent where there is none.
    pub preview_digest: Option<Digest>,
    /// Who signs.
    pub person: Login,
    /// The cluster it reaches; absent where it reaches none.
    pub cluster_uid: Option<ClusterUid>,
    /// The policy in force.
    pub policy_digest: PolicyDigest,
    /// The digest of the comment; absent when the comment is not part of what is signed.
    pub comment_hash: Option<Digest>,
    /// Makes the challenge unique.
    pub nonce: Nonce,
    /// Until when the signature is taken.
    pub expires_at: Timestamp,
}

/// What kind of thing a step-up decides on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A request for an action.
    Request,
    /// A role for somebody.
    Grant,
    /// A break-glass session of the signer's own.
    BreakGlass,
    /// The case of somebody's break-glass session, or of their recovery.
    Review,
    /// That somebody who lost every passkey is let in again.
    Recovery,
    /// The signer's own passkeys.
    Passkeys,
}

/// 32 random bytes that are good for one signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Nonce(Digest);

impl Nonce {
    /// A nonce of fresh randomness.
    #[must_use]
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(Digest::from_bytes(secret))
    }
}

impl std::fmt::Display for Nonce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Commitment {
    /// The challenge: `SHA-256("sekisho/step-up/v1" ‖ canonical JSON)`.
    pub fn challenge(&self) -> Result<[u8; 32], NotCanonical> {
        let canonical = canonical_json(self)?;
        Ok(Sha256::new().chain_update(DOMAIN).chain_update(canonical).finalize().into())
    }
}
