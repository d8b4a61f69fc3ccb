//! WebAuthn by `webauthn-rs`: discoverable credentials, user verification always.
//!
//! The library draws its own challenges. For a step-up the challenge is ours, so it is put into both halves of
//! the ceremony: the options, and the serialised state at `/ast/challenge`. That layout is the library's own
//! business; it is pinned to one version and checked when the relying party is made.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    approvals::{Assertion, SignedDecision},
    identity::{Claimed, CredentialId, PasskeyRecord, RelyingParty, RelyingPartyError, Verified},
    ids::UserHandle,
    policy::Person,
};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;
use webauthn_rs::prelude::{
    CreationChallengeResponse, DiscoverableAuthentication, Passkey, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, RequestChallengeResponse, Webauthn,
    WebauthnBuilder, WebauthnError,
};
use webauthn_rs_proto::{AllowCredentials, ResidentKeyRequirement};

use super::{Origin, cose};
use crate::verify::check_signature;

/// What authenticators show as the party that asks.
const NAME: &str = "Sekisho";

/// The relying party of one origin.
#[derive(Clone, Debug)]
pub struct WebauthnRelyingParty {
    webauthn: Webauthn,
    origin: Url,
}

/// WebAuthn cannot be held here at all.
#[derive(Debug, thiserror::Error)]
#[error("passkeys cannot be offered: {0}")]
pub struct NotSupported(String);

impl WebauthnRelyingParty {
    /// The relying party of this origin; its id is the origin's host.
    ///
    /// # Errors
    /// [`NotSupported`] when the library refuses the origin or keeps its state in another layout than we know.
    pub fn new(origin: &Origin) -> Result<Self, NotSupported> {
        let webauthn = WebauthnBuilder::new(origin.rp_id(), origin.url())
            .and_then(|builder| builder.rp_name(NAME).build())
            .map_err(|error| NotSupported(error.to_string()))?;
        let party = Self { webauthn, origin: origin.url().clone() };
        let probe = [7; 32];
        let (options, _) =
            party.start_step_up(probe, &[]).map_err(|error| NotSupported(error.to_string()))?;
        if options.public_key.challenge == probe {
            Ok(party)
        } else {
            Err(NotSupported("the challenge cannot be bound".to_owned()))
        }
    }

    fn verify(
        &self,
        credential: &PublicKeyCredential,
        state: &str,
        record: &PasskeyRecord,
    ) -> Result<Verified, RelyingPartyError> {
        let state: DiscoverableAuthentication = read(state)?;
        let mut passkey: Passkey = read(&record.0)?;
        let result = self
            .webauthn
            .finish_discoverable_authentication_v2(credential, state, &passkey)
            .map_err(rejected)?;
        passkey.update_credential(&result);
        let public_key = cose::encode(passkey.get_public_key()).map_err(broken)?;
        let response = &credential.response;
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        Ok(Verified {
            assertion: Assertion {
                credential_id: encode(&credential.raw_id),
                client_data_json: encode(&response.client_data_json),
                authenticator_data: encode(&response.authenticator_data),
                signature: encode(&response.signature),
                public_key: encode(&public_key),
            },
            record: PasskeyRecord(write(&passkey)?),
        })
    }
}

impl RelyingParty for WebauthnRelyingParty {
    fn start_registration(
        &self,
        handle: UserHandle,
        person: &Person,
        exclude: &[CredentialId],
    ) -> Result<(CreationChallengeResponse, String), RelyingPartyError> {
        let exclude = exclude
            .iter()
            .map(|id| URL_SAFE_NO_PAD.decode(&id.0))
            .collect::<Result<_, _>>()
            .map_err(broken)?;
        let (mut options, state) = self
            .webauthn
            .start_passkey_registration(
                handle.uuid(),
                person.login.as_str(),
                &person.name,
                Some(exclude),
            )
            .map_err(broken)?;
        let selection = options.public_key.authenticator_selection.get_or_insert_default();
        // Sign-in asks for no name, so the authenticator must know whose passkey it is.
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
        Ok((options, write(&state)?))
    }

    fn finish_registration(
        &self,
        credential: &RegisterPublicKeyCredential,
        state: &str,
    ) -> Result<(CredentialId, PasskeyRecord), RelyingPartyError> {
        let state: PasskeyRegistration = read(state)?;
        let passkey =
            self.webauthn.finish_passkey_registration(credential, &state).map_err(rejected)?;
        cose::encode(passkey.get_public_key())
            .map_err(|error| RelyingPartyError::Rejected(error.to_string()))?;
        Ok((CredentialId::of(passkey.cred_id()), PasskeyRecord(write(&passkey)?)))
    }

    fn start_sign_in(&self) -> Result<(RequestChallengeResponse, String), RelyingPartyError> {
        let (mut options, state) =
            self.webauthn.start_discoverable_authentication().map_err(broken)?;
        // The library means autofill; we ask with the browser's own dialog.
        options.mediation = None;
        Ok((options, write(&state)?))
    }

    fn claimed(&self, credential: &PublicKeyCredential) -> Result<Claimed, RelyingPartyError> {
        let (handle, id) =
            self.webauthn.identify_discoverable_authentication(credential).map_err(rejected)?;
        Ok(Claimed { handle: UserHandle::new(handle), credential: CredentialId::of(id) })
    }

    fn finish_sign_in(
        &self,
        credential: &PublicKeyCredential,
        state: &str,
        passkey: &PasskeyRecord,
    ) -> Result<Verified, RelyingPartyError> {
        self.verify(credential, state, passkey)
    }

    fn start_step_up(
        &self,
        challenge: [u8; 32],
        passkeys: &[PasskeyRecord],
    ) -> Result<(RequestChallengeResponse, String), RelyingPartyError> {
        let (mut options, state) = self.start_sign_in()?;
        let state = bind(&mut options, &state, &challenge)?;
        options.public_key.allow_credentials = passkeys
            .iter()
            .map(|record| {
                read(&record.0).map(|passkey: Passkey| AllowCredentials {
                    type_: "public-key".to_owned(),
                    id: passkey.cred_id().clone(),
                    transports: None,
                })
            })
            .collect::<Result<_, _>>()?;
        Ok((options, state))
    }

    fn finish_step_up(
        &self,
        credential: &PublicKeyCredential,
        state: &str,
        passkey: &PasskeyRecord,
    ) -> Result<Verified, RelyingPartyError> {
        self.verify(credential, state, passkey)
    }

    fn confirms(&self, decision: &SignedDecision, passkey: &PasskeyRecord) -> bool {
        let key = read::<Passkey>(&passkey.0).ok().and_then(|passkey| {
            let key = cose::encode(passkey.get_public_key()).ok()?;
            Some(URL_SAFE_NO_PAD.encode(key))
        });
        key.as_ref() == Some(&decision.assertion.public_key)
            && check_signature(decision, &self.origin).is_ok()
    }
}

/// Puts our challenge into options and state.
fn bind(
    options: &mut RequestChallengeResponse,
    state: &str,
    challenge: &[u8],
) -> Result<String, RelyingPartyError> {
    let drawn = URL_SAFE_NO_PAD.encode(&options.public_key.challenge);
    let mut state: serde_json::Value = read(state)?;
    let slot = state
        .pointer_mut("/ast/challenge")
        .filter(|slot| slot.as_str() == Some(&drawn))
        .ok_or_else(|| broken("the library keeps the challenge elsewhere"))?;
    *slot = URL_SAFE_NO_PAD.encode(challenge).into();
    challenge.clone_into(&mut options.public_key.challenge);
    write(&state)
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn rejected(error: WebauthnError) -> RelyingPartyError {
    RelyingPartyError::Rejected(error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn broken(error: impl ToString) -> RelyingPartyError {
    RelyingPartyError::Broken(error.to_string())
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, RelyingPartyError> {
    serde_json::from_str(text).map_err(broken)
}

fn write<T: Serialize>(value: &T) -> Result<String, RelyingPartyError> {
    serde_json::to_string(value).map_err(broken)
}
