//! WebAuthn ceremonies under way: begun by an options call, ended by one credential, once.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    actions::PreviewReport,
    approvals::{Commitment, SignedDecision},
    canonical::Digest,
    console::Console,
    ids::SessionId,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};

/// How long a ceremony may take.
pub const CEREMONY_TTL: Duration = Duration::from_mins(5);

/// The secret by which a browser holds its ceremonies, as its cookie carries it. Several may be under
/// way in one browser (two tabs, say): their challenges tell them apart.
#[derive(Clone, PartialEq, Eq)]
pub struct CeremonyId([u8; 32]);

impl CeremonyId {
    /// A handle of fresh randomness.
    #[must_use]
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// Reads what a cookie carried.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// What the cookie carries.
    #[must_use]
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What is kept of it together with the challenge of one ceremony.
    #[must_use]
    pub fn digest(&self, challenge: &[u8]) -> Digest {
        Digest::of(&[&self.0, challenge].concat())
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
    /// The digest of its browser's handle and its challenge.
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
        /// The session that began it; no other may end it.
        session: SessionId,
        /// The step-up that allowed it; its nonce is consumed when the passkey is added.
        step_up: Box<SignedDecision>,
    },
}

impl CeremonyKind {
    /// The commitment whose nonce is kept from this ceremony on, until a decision consumes it.
    #[must_use]
    pub fn opens(&self) -> Option<&Commitment> {
        match self {
            Self::StepUp { commitment, .. } => Some(commitment),
            Self::Enrolment { .. } | Self::SignIn | Self::AddPasskey { .. } => None,
        }
    }
}

impl Console {
    /// A handle for a browser that holds none.
    #[must_use]
    pub fn new_ceremony_id(&self) -> CeremonyId {
        CeremonyId::new(self.ports.ids.secret())
    }

    /// Keeps a ceremony that a browser began.
    pub(crate) async fn begin_ceremony(
        &self,
        browser: &CeremonyId,
        challenge: &[u8],
        kind: CeremonyKind,
        state: String,
    ) -> Result<(), Problem> {
        let ceremony = Ceremony {
            digest: browser.digest(challenge),
            kind,
            state,
            expires_at: self.now().plus(CEREMONY_TTL),
        };
        Ok(self.ports.identity.begin_ceremony(ceremony).await?)
    }

    /// Takes away the ceremony that a credential answers in this browser: it ends now, one way or the other.
    pub(crate) async fn take_ceremony(
        &self,
        browser: &CeremonyId,
        client_data_json: &[u8],
    ) -> Result<Ceremony, Problem> {
        let challenge = challenge_of(client_data_json).ok_or(ProblemCode::CredentialRejected)?;
        let ceremony =
            self.ports.identity.take_ceremony(browser.digest(&challenge), self.now()).await?;
        Ok(ceremony.ok_or(ProblemCode::CeremonyExpired)?)
    }
}

/// The challenge that a browser says it answers (WebAuthn Level 3 §5.8.1). Proves nothing yet.
fn challenge_of(client_data_json: &[u8]) -> Option<Vec<u8>> {
    #[derive(Deserialize)]
    struct ClientData {
        challenge: String,
    }
    let client_data: ClientData = serde_json::from_slice(client_data_json).ok()?;
    URL_SAFE_NO_PAD.decode(client_data.challenge).ok()
}
