//! What a person sends to decide about something: what they are to sign, then what they signed.

use domain::approvals::{Decided, Decision};
use serde::Deserialize;
use webauthn_rs_proto::PublicKeyCredential;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deciding {
    pub(super) decision: Decision,
    /// Signed along where it is given here; a comment given with the decision alone stays unsigned.
    pub(super) comment: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Taken {
    decision: Decision,
    credential: PublicKeyCredential,
    comment: Option<String>,
}

impl From<Taken> for Decided {
    fn from(Taken { decision, credential, comment }: Taken) -> Self {
        Self { decision, credential, comment }
    }
}

/// A touch, where nothing else is to be said.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Touch {
    pub(super) credential: PublicKeyCredential,
}
