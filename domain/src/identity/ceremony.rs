//! WebAuthn ceremonies under way: begun by an options call, ended by one credential, once.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::CredentialId;
use crate::{
    actions::PreviewReport, approvals::Commitment, canonical::Digest, ids::SessionId,
    time::Timestamp,
};

/// How long a ceremony may take.
pub const CEREMONY_TTL: Duration = Duration::from_mins(5);

/// The secret handle of a ceremony, as its cookie carries it.
#[derive(Clone, PartialEq, Eq)]
pub struct CeremonyId([u8; 32]);

impl CeremonyId {
    /// A handle of fresh randomness.
    #[must_use]
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// The bytes for the cookie.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What is kept of it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }
}

impl std::fmt::Debug for CeremonyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CeremonyId(…)")
    }
}

/// A ceremony under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceremony {
    /// The digest of its handle.
    pub digest: Digest,
    /// What it is for. A ceremony begun for one thing never ends as another.
    pub kind: CeremonyKind,
    /// What the relying party needs to end it; opaque.
    pub state: String,
    /// Until when it may end.
    pub expires_at: Timestamp,
}

/// What a ceremony is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CeremonyKind {
    /// Enrolling a first passkey by a link.
    Enrolment {
        /// The digest of that link's secret.
        link: Digest,
    },
    /// Signing in.
    SignIn,
    /// Signing a decision.
    StepUp {
        /// The session that began it; no other may end it.
        session: SessionId,
        /// What the touch agrees to.
        commitment: Box<Commitment>,
        /// What the signer saw.
        preview: Option<Box<PreviewReport>>,
    },
    /// Adding a passkey, after a step-up.
    AddPasskey {
        /// The session that began it.
        session: SessionId,
    },
    /// Removing a passkey; the step-up names it.
    RemovePasskey {
        /// The session that began it.
        session: SessionId,
        /// Which passkey.
        credential: CredentialId,
        /// What the touch agrees to.
        commitment: Box<Commitment>,
    },
}
