//! A recovery as it was asked for, and what signatures commit to.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::RecoveryState;
use crate::{
    approvals::{InvalidWords, REASON_MAX},
    canonical::Digest,
    ids::RecoveryId,
    names::Login,
    time::Timestamp,
};

/// How long a recovery may be signed.
pub const PENDING_FOR: Duration = Duration::from_hours(1);

/// What is asked for. All of it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryBody {
    /// Its identifier.
    pub id: RecoveryId,
    /// Whom it lets in again.
    pub person: Login,
    /// Who asked.
    pub asked_by: Login,
    /// Why.
    pub reason: String,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Until when it may be signed.
    pub expires_at: Timestamp,
}

/// A recovery and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// What was asked for.
    pub body: RecoveryBody,
    /// What signatures commit to.
    pub digest: Digest,
    /// Where it stands.
    pub state: RecoveryState,
    /// How often it changed; each change names the one it builds on.
    pub version: u64,
}

impl RecoveryBody {
    /// What is asked for now.
    pub fn new(
        id: RecoveryId,
        person: Login,
        asked_by: Login,
        reason: &str,
        now: Timestamp,
    ) -> Result<Self, InvalidWords> {
        let reason = reason.trim();
        match reason.chars().count() {
            0 => return Err(InvalidWords::ReasonMissing),
            n if n > REASON_MAX => return Err(InvalidWords::ReasonTooLong),
            _ => {}
        }
        let reason = reason.to_owned();
        let expires_at = now.plus(PENDING_FOR);
        Ok(Self { id, person, asked_by, reason, created_at: now, expires_at })
    }

    /// SHA-256 over its canonical JSON, marked `sekisho/recovery/v1`.
    ///
    /// # Panics
    /// Never: it holds nothing but texts and times.
    #[must_use]
    pub fn digest(&self) -> Digest {
        #[derive(Serialize)]
        struct Versioned<'a> {
            r#type: &'static str,
            #[serde(flatten)]
            body: &'a RecoveryBody,
        }
        Digest::of_canonical(&Versioned { r#type: "sekisho/recovery/v1", body: self })
            .expect("texts and times have a canonical form")
    }
}

impl Recovery {
    /// What was just asked for, and nobody signed.
    #[must_use]
    pub fn pending(body: RecoveryBody) -> Self {
        Self { digest: body.digest(), body, state: RecoveryState::Pending(None), version: 0 }
    }

    /// Whether somebody was part of it: they were recovered, asked for it, or signed it.
    #[must_use]
    pub fn involves(&self, login: &Login) -> bool {
        self.body.person == *login
            || self.body.asked_by == *login
            || self.signatures().iter().any(|signature| signature.person() == login)
    }
}
