//! One signed decision, checked as WebAuthn Level 3 §7.2 demands of a relying party, long afterwards.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    approvals::{Assertion, SignedDecision},
    canonical::Digest,
};
use serde::Deserialize;
use url::Url;
use webauthn_rs_core::proto::COSEKey;

/// Why a signature proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// A field is no base64url, JSON or CBOR.
    #[error("{0} cannot be read")]
    Unreadable(&'static str),
    /// The client data is not of an assertion.
    #[error("the client data is not of type webauthn.get")]
    WrongType,
    /// The challenge is not that of the commitment.
    #[error("the signed challenge is not the commitment's")]
    OtherChallenge,
    /// It was signed on another site.
    #[error("it was signed on another origin")]
    OtherOrigin,
    /// It was signed for another relying party.
    #[error("it was signed for another relying party")]
    OtherRelyingParty,
    /// Nobody touched the authenticator, or it did not verify who did.
    #[error("the authenticator did not verify a present user")]
    UserNotVerified,
    /// The signature is not by that key over these bytes.
    #[error("the signature is not by this key over this data")]
    BadSignature,
    /// The preview beside it is not the one that was signed.
    #[error("the preview is not the one that was signed")]
    OtherPreview,
    /// The comment beside it is not the one that was signed.
    #[error("the comment is not the one that was signed")]
    OtherComment,
}

/// `clientDataJSON`, as far as it matters (WebAuthn Level 3 §5.8.1).
#[derive(Deserialize)]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
}

const USER_PRESENT: u8 = 0b001;
const USER_VERIFIED: u8 = 0b100;
const RP_ID_HASH: usize = 32;

/// Checks that a decision was signed by the key it names, on this origin, over all that it says.
pub fn check_signature(signed: &SignedDecision, origin: &Url) -> Result<(), Flaw> {
    let assertion = &signed.assertion;
    let client_data = decode(&assertion.client_data_json, "clientDataJSON")?;
    let authenticator_data = decode(&assertion.authenticator_data, "authenticatorData")?;
    check_client_data(signed, &client_data, origin)?;
    check_authenticator_data(&authenticator_data, origin)?;
    check_bytes(assertion, &client_data, authenticator_data)?;
    check_words(signed)
}

fn decode(text: &str, field: &'static str) -> Result<Vec<u8>, Flaw> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Flaw::Unreadable(field))
}

fn check_client_data(
    signed: &SignedDecision,
    client_data: &[u8],
    origin: &Url,
) -> Result<(), Flaw> {
    let unreadable = Flaw::Unreadable("clientDataJSON");
    let client_data: ClientData = serde_json::from_slice(client_data).map_err(|_| unreadable)?;
    let challenge = signed.commitment.challenge().map_err(|_| Flaw::Unreadable("commitment"))?;
    if client_data.r#type != "webauthn.get" {
        return Err(Flaw::WrongType);
    }
    if client_data.challenge != URL_SAFE_NO_PAD.encode(challenge) {
        return Err(Flaw::OtherChallenge);
    }
    // Compared as origins (RFC 6454): some authenticators write a slash behind theirs.
    let signed_on = Url::parse(&client_data.origin).map_err(|_| Flaw::OtherOrigin)?;
    if signed_on.origin() != origin.origin() {
        return Err(Flaw::OtherOrigin);
    }
    Ok(())
}

fn check_authenticator_data(data: &[u8], origin: &Url) -> Result<(), Flaw> {
    let (rp_id_hash, rest) =
        data.split_at_checked(RP_ID_HASH).ok_or(Flaw::Unreadable("authenticatorData"))?;
    let host = origin.host_str().ok_or(Flaw::OtherRelyingParty)?;
    if rp_id_hash != Digest::of(host.as_bytes()).as_bytes() {
        return Err(Flaw::OtherRelyingParty);
    }
    let flags = rest.first().ok_or(Flaw::Unreadable("authenticatorData"))?;
    if flags & USER_PRESENT == 0 || flags & USER_VERIFIED == 0 {
        return Err(Flaw::UserNotVerified);
    }
    Ok(())
}

fn check_bytes(assertion: &Assertion, client_data: &[u8], mut signed: Vec<u8>) -> Result<(), Flaw> {
    let unreadable = Flaw::Unreadable("publicKey");
    let key = decode(&assertion.public_key, "publicKey")?;
    let key: serde_cbor_2::Value = serde_cbor_2::from_slice(&key).map_err(|_| unreadable)?;
    let key = COSEKey::try_from(&key).map_err(|_| unreadable)?;
    let signature = decode(&assertion.signature, "signature")?;
    signed.extend_from_slice(Digest::of(client_data).as_bytes());
    match key.verify_signature(&signature, &signed) {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(Flaw::BadSignature),
    }
}

/// What the person saw and wrote is what they signed.
fn check_words(signed: &SignedDecision) -> Result<(), Flaw> {
    let preview = signed.preview.as_ref().map(domain::actions::PreviewReport::digest).transpose();
    if preview.map_err(|_| Flaw::Unreadable("preview"))? != signed.commitment.preview_digest {
        return Err(Flaw::OtherPreview);
    }
    let text = signed.comment.as_ref().map_or("", |comment| comment.text.as_str());
    let covered = signed.commitment.comment_hash;
    let claimed = signed.comment.as_ref().is_some_and(|comment| comment.signed);
    if covered.is_some_and(|hash| hash != Digest::of(text.as_bytes()))
        || (claimed && covered.is_none())
    {
        return Err(Flaw::OtherComment);
    }
    Ok(())
}
