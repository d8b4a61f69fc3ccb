//! The port to WebAuthn: the relying party's half of each ceremony.

use webauthn_rs_proto::{
    CreationChallengeResponse, PublicKeyCredential, RegisterPublicKeyCredential,
    RequestChallengeResponse,
};

use super::{CredentialId, PasskeyRecord};
use crate::{
    approvals::{Assertion, SignedDecision},
    ids::UserHandle,
    policy::Person,
};

/// Why a ceremony failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelyingPartyError {
    /// The credential does not answer this ceremony: wrong challenge, origin, key, signature or counter.
    #[error("the credential does not answer this ceremony: {0}")]
    Rejected(String),
    /// Something on our side.
    #[error("the ceremony cannot be held: {0}")]
    Broken(String),
}

/// Who an assertion claims to be, before anything was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The person's handle.
    pub handle: UserHandle,
    /// The credential.
    pub credential: CredentialId,
}

/// A verified assertion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What must be kept to check it offline.
    pub assertion: Assertion,
    /// What the relying party keeps of the credential from now on (its counter moved).
    pub record: PasskeyRecord,
}

/// The relying party. User presence and user verification are always demanded.
pub trait RelyingParty: Send + Sync {
    /// Begins a registration of a discoverable credential.
    fn start_registration(
        &self,
        handle: UserHandle,
        person: &Person,
        exclude: &[CredentialId],
    ) -> Result<(CreationChallengeResponse, String), RelyingPartyError>;

    /// Ends it.
    fn finish_registration(
        &self,
        credential: &RegisterPublicKeyCredential,
        state: &str,
    ) -> Result<(CredentialId, PasskeyRecord), RelyingPartyError>;

    /// Begins a sign-in without a name.
    fn start_sign_in(&self) -> Result<(RequestChallengeResponse, String), RelyingPartyError>;

    /// Reads who an assertion claims to be.
    fn claimed(&self, credential: &PublicKeyCredential) -> Result<Claimed, RelyingPartyError>;

    /// Ends a sign-in with the passkey that was claimed.
    fn finish_sign_in(
        &self,
        credential: &PublicKeyCredential,
        state: &str,
        passkey: &PasskeyRecord,
    ) -> Result<Verified, RelyingPartyError>;

    /// Begins a step-up whose challenge is given, with any of these passkeys.
    fn start_step_up(
        &self,
        challenge: [u8; 32],
        passkeys: &[PasskeyRecord],
    ) -> Result<(RequestChallengeResponse, String), RelyingPartyError>;

    /// Ends a step-up with this passkey, as it is kept now and not as it was when the step-up began.
    fn finish_step_up(
        &self,
        credential: &PublicKeyCredential,
        state: &str,
        passkey: &PasskeyRecord,
    ) -> Result<Verified, RelyingPartyError>;

    /// Whether a decision that was kept is signed by this passkey, over all that it says.
    fn confirms(&self, decision: &SignedDecision, passkey: &PasskeyRecord) -> bool;
}
