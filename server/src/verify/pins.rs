//! Key fingerprints pinned outside the console: whose key is whose, by somebody else's word.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{canonical::Digest, names::Login};

/// The SHA-256 fingerprints of each person's keys, over the COSE key's bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins(BTreeMap<Login, BTreeSet<Digest>>);

/// The pins cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the pins cannot be read: {0}")]
pub struct BadPins(#[from] toml::de::Error);

impl Pins {
    /// Reads TOML of the form `login = ["<sha-256 of the COSE key, in hexadecimal>", …]`.
    pub fn parse(text: &str) -> Result<Self, BadPins> {
        Ok(Self(toml::from_str(text)?))
    }

    /// Whether this key (a COSE key, base64url) is pinned for that person.
    #[must_use]
    pub fn hold(&self, login: &Login, public_key: &str) -> bool {
        let Ok(key) = URL_SAFE_NO_PAD.decode(public_key) else { return false };
        self.0.get(login).is_some_and(|pinned| pinned.contains(&Digest::of(&key)))
    }
}
