//! Signatures on paper: every touch is taken for what its ceremony asked for. Signing is tested elsewhere.

use domain::{
    access::Actor,
    actions::Request,
    approvals::{Assertion, Commitment, Decision, Nonce, Purpose, SignedDecision},
    canonical::Digest,
    grants::GrantView,
    identity::{
        CEREMONY_TTL, Ceremony, CeremonyKind, Claimed, CredentialId, Passkey, PasskeyRecord,
        RelyingParty, RelyingPartyError, Verified,
    },
    ids::UserHandle,
    policy::Person,
    resources::ClusterUid,
    time::Timestamp,
};
use serde_json::json;
use webauthn_rs_proto::{
    CreationChallengeResponse, PublicKeyCredential, RegisterPublicKeyCredential,
    RequestChallengeResponse,
};

use crate::policy;

/// The relying party.
pub(crate) struct Signatures;

fn commitment(person: &str, decision: Decision, request: &Request, now: Timestamp) -> Commitment {
    let about = (Purpose::Request, request.digest, &request.body.target.cluster_uid);
    commitment_about(about, person, decision, now)
}

fn commitment_about(
    (purpose, digest, cluster): (Purpose, Digest, &ClusterUid),
    person: &str,
    decision: Decision,
    now: Timestamp,
) -> Commitment {
    Commitment {
        purpose,
        decision,
        digest,
        preview_digest: None,
        person: person.parse().unwrap(),
        cluster_uid: Some(cluster.clone()),
        policy_digest: policy::digest(),
        comment_hash: None,
        nonce: Nonce::new([7; 32]),
        expires_at: now.plus(CEREMONY_TTL),
    }
}

/// On paper a credential is called like its person.
fn assertion(person: &str) -> Assertion {
    Assertion {
        credential_id: person.to_owned(),
        client_data_json: "e30".to_owned(),
        authenticator_data: String::new(),
        signature: String::new(),
        public_key: String::new(),
    }
}

/// A person's decision about a request.
pub(crate) fn signed(
    person: &str,
    decision: Decision,
    request: &Request,
    now: Timestamp,
) -> SignedDecision {
    SignedDecision {
        commitment: commitment(person, decision, request, now),
        assertion: assertion(person),
        preview: None,
        comment: None,
        at: now,
    }
}

/// The ceremony that the requester's touch will end.
pub(crate) fn ceremony(requester: &Actor, request: &Request, now: Timestamp) -> Ceremony {
    let commitment = commitment(policy::ON_CALL, Decision::Execute, request, now);
    ceremony_of(requester, commitment, now)
}

/// The ceremony that an approver's touch will end, who lets somebody hold a role.
pub(crate) fn grant_ceremony(
    approver: &Actor,
    grant: &GrantView,
    cluster: &ClusterUid,
    now: Timestamp,
) -> Ceremony {
    let about = (Purpose::Grant, grant.digest, cluster);
    let person = approver.login().as_str();
    ceremony_of(approver, commitment_about(about, person, Decision::Approve, now), now)
}

fn ceremony_of(requester: &Actor, commitment: Commitment, now: Timestamp) -> Ceremony {
    Ceremony {
        digest: Digest::of(b"ceremony"),
        kind: CeremonyKind::StepUp {
            session: requester.session(),
            commitment: Box::new(commitment),
            preview: None,
        },
        state: String::new(),
        expires_at: now.plus(CEREMONY_TTL),
    }
}

/// The requester's touch.
pub(crate) fn credential() -> PublicKeyCredential {
    credential_of("AAAA")
}

/// The touch of somebody whose credential is called so.
pub(crate) fn credential_of(id: &str) -> PublicKeyCredential {
    // {"challenge":"AAAA"}
    let client_data = "eyJjaGFsbGVuZ2UiOiJBQUFBIn0";
    serde_json::from_value(json!({"id": id, "rawId": id, "type": "public-key", "extensions": {},
        "response": {"authenticatorData": "AAAA", "clientDataJSON": client_data, "signature": "AAAA", "userHandle": null}}))
    .unwrap()
}

/// The requester's passkey.
pub(crate) fn passkey_of(person: &str) -> Passkey {
    Passkey {
        id: CredentialId(person.to_owned()),
        login: person.parse().unwrap(),
        label: "paper".to_owned().try_into().unwrap(),
        record: PasskeyRecord(String::new()),
        created_at: Timestamp::from_micros(0),
        used_at: None,
    }
}

fn unexpected<T>() -> Result<T, RelyingPartyError> {
    Err(RelyingPartyError::Broken("no part of the cluster contract".to_owned()))
}

impl RelyingParty for Signatures {
    fn finish_step_up(
        &self,
        credential: &PublicKeyCredential,
        _: &str,
        passkey: &PasskeyRecord,
    ) -> Result<Verified, RelyingPartyError> {
        let approver = policy::APPROVERS.into_iter().find(|it| *it == credential.id);
        let assertion = assertion(approver.unwrap_or(policy::ON_CALL));
        Ok(Verified { assertion, record: passkey.clone() })
    }

    fn start_registration(
        &self,
        _: UserHandle,
        _: &Person,
        _: &[CredentialId],
    ) -> Result<(CreationChallengeResponse, String), RelyingPartyError> {
        unexpected()
    }
    fn finish_registration(
        &self,
        _: &RegisterPublicKeyCredential,
        _: &str,
    ) -> Result<(CredentialId, PasskeyRecord), RelyingPartyError> {
        unexpected()
    }
    fn start_sign_in(&self) -> Result<(RequestChallengeResponse, String), RelyingPartyError> {
        unexpected()
    }
    fn claimed(&self, _: &PublicKeyCredential) -> Result<Claimed, RelyingPartyError> {
        unexpected()
    }
    fn finish_sign_in(
        &self,
        _: &PublicKeyCredential,
        _: &str,
        _: &PasskeyRecord,
    ) -> Result<Verified, RelyingPartyError> {
        unexpected()
    }
    fn start_step_up(
        &self,
        _: [u8; 32],
        _: &[PasskeyRecord],
    ) -> Result<(RequestChallengeResponse, String), RelyingPartyError> {
        unexpected()
    }

    fn confirms(&self, _: &SignedDecision, _: &PasskeyRecord) -> bool {
        true
    }
}
