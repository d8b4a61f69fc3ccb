//! Where a recovery stands, with what brought it there.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Recovery, Signature};
use crate::{
    approvals::SignedDecision, break_glass::Due, canonical::Digest, identity::CredentialId,
    names::Login, time::Timestamp,
};

/// Where a recovery stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", content = "of", rename_all = "snake_case")]
pub enum RecoveryState {
    /// Signatures are missing: both of them, or the one beside this.
    Pending(Option<Box<Signature>>),
    /// Both signed: a link may be made, and used.
    Approved(Box<Agreement>),
    /// The person has a new passkey and no other; a verdict is due.
    Enrolled {
        /// How it came to that.
        enrolment: Box<Enrolment>,
        /// What is due.
        due: Due,
    },
    /// Somebody signed their verdict.
    Judged {
        /// What was judged.
        enrolment: Box<Enrolment>,
        /// How it came to the verdict.
        due: Due,
        /// The verdict, on the digest of the case.
        signed: Box<SignedDecision>,
    },
    /// Somebody who might sign said no.
    Denied {
        /// Their word.
        denial: Box<SignedDecision>,
    },
    /// It was stopped.
    Withdrawn {
        /// By whom; absent where the person merely left the policy.
        by: Option<Login>,
        /// When.
        at: Timestamp,
    },
    /// Its time ran out.
    Expired {
        /// When.
        at: Timestamp,
    },
}

/// What two people signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Their signatures, in order: of two people, one of each part.
    pub signatures: [Signature; 2],
    /// When the second was given.
    pub at: Timestamp,
    /// Until when a link may be made and used.
    pub until: Timestamp,
    /// The link that was made last.
    pub link: Option<HandedLink>,
}

/// A link that an admin made, to be handed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedLink {
    /// The digest of its secret.
    pub digest: Digest,
    /// Who made it.
    pub by: Login,
    /// When.
    pub at: Timestamp,
}

/// How the person came in again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// On whose word.
    pub agreement: Agreement,
    /// With which passkey.
    pub credential: CredentialId,
    /// The passkeys that they had until then.
    pub removed: Vec<CredentialId>,
    /// When.
    pub at: Timestamp,
}

/// The name of a state, as the API writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoveryStateName {
    /// See [`RecoveryState::Pending`].
    Pending,
    /// See [`RecoveryState::Approved`].
    Approved,
    /// See [`RecoveryState::Enrolled`].
    Enrolled,
    /// See [`RecoveryState::Judged`].
    Judged,
    /// See [`RecoveryState::Denied`].
    Denied,
    /// See [`RecoveryState::Withdrawn`].
    Withdrawn,
    /// See [`RecoveryState::Expired`].
    Expired,
}

use RecoveryStateName as Name;

impl RecoveryState {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> Name {
        match self {
            Self::Pending(_) => Name::Pending,
            Self::Approved(_) => Name::Approved,
            Self::Enrolled { .. } => Name::Enrolled,
            Self::Judged { .. } => Name::Judged,
            Self::Denied { .. } => Name::Denied,
            Self::Withdrawn { .. } => Name::Withdrawn,
            Self::Expired { .. } => Name::Expired,
        }
    }

    /// How the person came in again, once they did.
    #[must_use]
    pub const fn enrolment(&self) -> Option<&Enrolment> {
        match self {
            Self::Enrolled { enrolment, .. } | Self::Judged { enrolment, .. } => Some(enrolment),
            _ => None,
        }
    }

    /// What two people signed, once they did and as long as that was not stopped.
    #[must_use]
    pub fn agreement(&self) -> Option<&Agreement> {
        match self {
            Self::Approved(agreement) => Some(agreement),
            _ => self.enrolment().map(|enrolment| &enrolment.agreement),
        }
    }

    /// What is due, or was.
    #[must_use]
    pub const fn due(&self) -> Option<&Due> {
        match self {
            Self::Enrolled { due, .. } | Self::Judged { due, .. } => Some(due),
            _ => None,
        }
    }
}

impl RecoveryStateName {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Pending,
        Self::Approved,
        Self::Enrolled,
        Self::Judged,
        Self::Denied,
        Self::Withdrawn,
        Self::Expired,
    ];

    /// Those in which it may still let somebody in.
    pub const UNDER_WAY: [Self; 2] = [Self::Pending, Self::Approved];

    /// As the API and the database write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Enrolled => "enrolled",
            Self::Judged => "judged",
            Self::Denied => "denied",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }
}

impl fmt::Display for RecoveryStateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Recovery {
    /// Whether it may still let somebody in.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        Name::UNDER_WAY.contains(&self.state.name())
    }

    /// The signatures that it has.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        match &self.state {
            RecoveryState::Pending(first) => first.as_deref().map_or(&[], std::slice::from_ref),
            state => state.agreement().map_or(&[], |agreement| &agreement.signatures),
        }
    }

    /// When it runs out by itself.
    #[must_use]
    pub fn ends_at(&self) -> Option<Timestamp> {
        match &self.state {
            RecoveryState::Pending(_) => Some(self.body.expires_at),
            RecoveryState::Approved(agreement) => Some(agreement.until),
            _ => None,
        }
    }

    /// The digest of the link that can be used.
    #[must_use]
    pub fn link(&self) -> Option<Digest> {
        match &self.state {
            RecoveryState::Approved(agreement) => agreement.link.as_ref().map(|link| link.digest),
            _ => None,
        }
    }
}
