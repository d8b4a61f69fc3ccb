//! What a person sends to decide about something: what they are to sign, then what they signed.

use domain::{
    approvals::{Decided, Decision},
    break_glass::{Judged, Verdict},
};
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Judging {
    pub(super) verdict: Verdict,
    pub(super) comment: Option<String>,
}

/// A verdict, signed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Found {
    verdict: Verdict,
    credential: PublicKeyCredential,
    comment: Option<String>,
}

impl From<Found> for Judged {
    fn from(Found { verdict, credential, comment }: Found) -> Self {
        Self { verdict, credential, comment }
    }
}
