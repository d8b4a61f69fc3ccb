//! A person's passkeys.

use serde::{Deserialize, Serialize};

use crate::{names::Login, time::Timestamp};

/// The credential id an authenticator gave, base64url without padding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CredentialId(pub String);

/// What the relying party keeps of a credential; opaque to everyone else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyRecord(pub String);

/// What a person calls one of their passkeys: 1 to 60 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PasskeyLabel(String);

/// The label is empty or too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a passkey's label has 1 to 60 characters")]
pub struct InvalidLabel;

impl PasskeyLabel {
    /// The label as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PasskeyLabel {
    type Error = InvalidLabel;

    fn try_from(text: String) -> Result<Self, InvalidLabel> {
        let text = text.trim();
        if (1..=60).contains(&text.chars().count()) && !text.chars().any(char::is_control) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidLabel)
        }
    }
}

impl From<PasskeyLabel> for String {
    fn from(label: PasskeyLabel) -> Self {
        label.0
    }
}

/// One passkey of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Its credential id.
    pub id: CredentialId,
    /// Whose it is.
    pub login: Login,
    /// What they call it.
    pub label: PasskeyLabel,
    /// What the relying party keeps of it.
    pub record: PasskeyRecord,
    /// When it was enrolled.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}
