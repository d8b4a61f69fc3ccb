//! Step-ups: a touch of the signed-in person that commits to exactly what they decide.
//!
//! Never decides anything itself: whoever begins a step-up checks what came back and commits it.

use serde::{Deserialize, Serialize};
use webauthn_rs_proto::{PublicKeyCredential, RequestChallengeResponse};

use super::{CEREMONY_TTL, CeremonyId, CeremonyKind, CredentialId, Passkey};
use crate::{
    access::Actor,
    actions::PreviewReport,
    approvals::{Assertion, Comment, Commitment, Decision, Nonce, Purpose, SignedDecision},
    canonical::Digest,
    console::Console,
    problem::{Problem, ProblemCode},
    resources::ClusterUid,
    time::Timestamp,
};

/// What a touch is asked for. Person, policy, nonce and expiry are added when it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepUpWish {
    /// What kind of thing is decided on.
    pub purpose: Purpose,
    /// What is decided.
    pub decision: Decision,
    /// The digest of that thing.
    pub digest: Digest,
    /// What the signer sees.
    pub preview: Option<PreviewReport>,
    /// The cluster it reaches.
    pub cluster_uid: Option<ClusterUid>,
    /// The digest of the comment, when the signature is to cover it.
    pub comment_hash: Option<Digest>,
}

/// A step-up that waits for its touch.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BegunStepUp {
    /// What the browser hands to the authenticator.
    #[serde(flatten)]
    pub options: RequestChallengeResponse,
    /// From this the browser computes the challenge again before it asks for the touch.
    pub commitment: Commitment,
}

/// A step-up whose signature was verified. Its nonce is not consumed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepUp {
    /// What the signature commits to.
    pub commitment: Commitment,
    /// The signature.
    pub assertion: Assertion,
    /// What the signer saw.
    pub preview: Option<PreviewReport>,
}

impl StepUp {
    /// The decision, if the touch was for this one on that thing.
    pub fn decides(
        self,
        purpose: Purpose,
        decision: Decision,
        digest: Digest,
        comment: Option<Comment>,
        at: Timestamp,
    ) -> Result<SignedDecision, Problem> {
        let Self { commitment, assertion, preview } = self;
        let signed = SignedDecision { commitment, assertion, preview, comment, at };
        if signed.commitment.purpose == purpose && signed.covers(decision, digest) {
            Ok(signed)
        } else {
            Err(ProblemCode::OtherDecision.into())
        }
    }
}

impl Console {
    /// Asks for a touch of one of the person's passkeys.
    pub(crate) async fn begin_step_up(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        wish: StepUpWish,
    ) -> Result<BegunStepUp, Problem> {
        let commitment = self.commitment(actor, &wish)?;
        let challenge = commitment.challenge().map_err(|_| ProblemCode::Internal)?;
        let passkeys = self.ports.identity.passkeys(actor.login()).await?;
        let records: Vec<_> = passkeys.into_iter().map(|passkey| passkey.record).collect();
        let (options, state) = self.ports.relying_party.start_step_up(challenge, &records)?;
        let kind = CeremonyKind::StepUp {
            session: actor.session(),
            commitment: Box::new(commitment.clone()),
            preview: wish.preview.map(Box::new),
        };
        self.begin_ceremony(browser, &challenge, kind, state).await?;
        Ok(BegunStepUp { options, commitment })
    }

    fn commitment(&self, actor: &Actor, wish: &StepUpWish) -> Result<Commitment, Problem> {
        let preview_digest = wish
            .preview
            .as_ref()
            .map(PreviewReport::digest)
            .transpose()
            .map_err(|_| ProblemCode::Internal)?;
        Ok(Commitment {
            purpose: wish.purpose,
            decision: wish.decision,
            digest: wish.digest,
            preview_digest,
            person: actor.login().clone(),
            cluster_uid: wish.cluster_uid.clone(),
            policy_digest: self.policy().policy.digest,
            comment_hash: wish.comment_hash,
            nonce: Nonce::new(self.ports.ids.secret()),
            expires_at: self.now().plus(CEREMONY_TTL),
        })
    }

    /// Verifies the touch that a step-up asked for. Works once, in the session that began it, with a passkey
    /// that the person still has.
    pub(crate) async fn finish_step_up(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        credential: &PublicKeyCredential,
    ) -> Result<StepUp, Problem> {
        let ceremony = self.take_ceremony(browser, &credential.response.client_data_json).await?;
        let CeremonyKind::StepUp { session, commitment, preview } = ceremony.kind else {
            return Err(ProblemCode::CeremonyExpired.into());
        };
        if session != actor.session() || commitment.person != *actor.login() {
            return Err(ProblemCode::CeremonyExpired.into());
        }
        if commitment.policy_digest != self.policy().policy.digest {
            return Err(ProblemCode::PolicyMoved.into());
        }
        let passkey = self.own_passkey(actor, credential).await?;
        let verified = self.ports.relying_party.finish_step_up(
            credential,
            &ceremony.state,
            &passkey.record,
        )?;
        let used = Passkey { record: verified.record, used_at: Some(self.now()), ..passkey };
        self.ports.identity.note_use(&used).await?;
        Ok(StepUp {
            commitment: *commitment,
            assertion: verified.assertion,
            preview: preview.map(|preview| *preview),
        })
    }

    async fn own_passkey(
        &self,
        actor: &Actor,
        credential: &PublicKeyCredential,
    ) -> Result<Passkey, Problem> {
        let id = CredentialId::of(&credential.raw_id);
        let passkey = self.ports.identity.passkey(&id).await?;
        Ok(passkey
            .filter(|passkey| passkey.login == *actor.login())
            .ok_or(ProblemCode::CredentialRejected)?)
    }
}
