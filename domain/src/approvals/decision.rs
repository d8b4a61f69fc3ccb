//! A decision and the signature under it, with all that is needed to check it offline.

use serde::{Deserialize, Serialize};

use super::Commitment;
use crate::{
    access::Act,
    actions::{ActionKind, PreviewReport, Request},
    canonical::Digest,
    names::Login,
    time::Timestamp,
};

/// What a person decides about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// An approver agrees.
    Approve,
    /// An approver refuses.
    Deny,
    /// The requester carries it out.
    Execute,
    /// A person opens their break-glass session alone.
    Open,
    /// A reviewer finds that breaking glass was right.
    Justified,
    /// A reviewer finds so, and that something is to follow.
    JustifiedWithFollowUps,
    /// A reviewer finds that it was not right.
    Unjustified,
    /// A person adds a passkey to their own.
    AddPasskey,
    /// A person removes one of their passkeys.
    RemovePasskey,
}

impl Decision {
    /// As the API writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Deny => "deny",
            Self::Execute => "execute",
            Self::Open => "open",
            Self::Justified => "justified",
            Self::JustifiedWithFollowUps => "justified-with-follow-ups",
            Self::Unjustified => "unjustified",
            Self::AddPasskey => "add-passkey",
            Self::RemovePasskey => "remove-passkey",
        }
    }
}

impl Decision {
    /// The act of whoever decides so about a request for an action.
    pub(crate) const fn act(self, action: ActionKind) -> Act {
        match self {
            Self::Execute => Act::Execute(action),
            _ => Act::Decide(action),
        }
    }

    /// Whether it can be decided about a request for an action.
    pub(crate) const fn is_about_requests(self) -> bool {
        matches!(self, Self::Approve | Self::Deny | Self::Execute)
    }

    /// All that the rules must allow whoever decides so: who approves a request that lifts guard rails lifts them.
    pub(crate) fn acts(self, request: &Request) -> Vec<Act> {
        let action = request.body.action;
        let lifts = self == Self::Approve && !request.body.lifts.is_empty();
        let act = std::iter::once(self.act(action));
        act.chain(lifts.then_some(Act::Lift(action))).collect()
    }
}

/// A WebAuthn assertion, as the authenticator and browser made it (WebAuthn Level 3 §5.2.2).
/// Bytes are base64url without padding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assertion {
    /// The credential that signed.
    pub credential_id: String,
    /// `clientDataJSON`.
    pub client_data_json: String,
    /// `authenticatorData`.
    pub authenticator_data: String,
    /// `signature`.
    pub signature: String,
    /// The credential's public key, as a COSE key (RFC 9052).
    pub public_key: String,
}

/// What a person wrote beside a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The words.
    pub text: String,
    /// Whether the signature covers them.
    pub signed: bool,
}

/// A decision, signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedDecision {
    /// What the signature commits to.
    pub commitment: Commitment,
    /// The signature.
    pub assertion: Assertion,
    /// What the signer saw.
    pub preview: Option<PreviewReport>,
    /// What the signer wrote.
    pub comment: Option<Comment>,
    /// When the server took it.
    pub at: Timestamp,
}

impl SignedDecision {
    /// Who signed.
    #[must_use]
    pub fn person(&self) -> &Login {
        &self.commitment.person
    }

    /// Whether it is this decision on that thing.
    #[must_use]
    pub fn covers(&self, decision: Decision, digest: Digest) -> bool {
        self.commitment.decision == decision && self.commitment.digest == digest
    }
}
