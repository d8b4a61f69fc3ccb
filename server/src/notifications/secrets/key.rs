//! Keys as they are written, and as they are used.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;

/// A value does not have the form demanded; what it was is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(in crate::notifications) struct InvalidKey(&'static str);

/// The bytes that sign a webhook, written `whsec_` and base64.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::notifications) struct SigningKey(Vec<u8>);

impl SigningKey {
    pub(in crate::notifications) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<String> for SigningKey {
    type Error = InvalidKey;

    fn try_from(text: String) -> Result<Self, InvalidKey> {
        let invalid = InvalidKey("a key is written whsec_ and the base64 of 24 to 64 random bytes");
        let encoded = text.strip_prefix("whsec_").ok_or(invalid)?;
        let bytes = STANDARD.decode(encoded).map_err(|_| invalid)?;
        if (24..=64).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(invalid) }
    }
}

/// By what PagerDuty knows which service to page.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::notifications) struct RoutingKey(String);

impl RoutingKey {
    pub(in crate::notifications) fn reveal(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for RoutingKey {
    type Error = InvalidKey;

    fn try_from(text: String) -> Result<Self, InvalidKey> {
        if text.len() == 32 && text.chars().all(|c| c.is_ascii_alphanumeric()) {
            Ok(Self(text))
        } else {
            Err(InvalidKey("a routing key has 32 letters and digits"))
        }
    }
}

macro_rules! shown_nowhere {
    ($($name:ident)*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })*
    };
}

shown_nowhere! { SigningKey RoutingKey }
