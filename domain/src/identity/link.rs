//! One-time enrolment links.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{canonical::Digest, names::Login, time::Timestamp};

/// How long a link is good for.
pub const LINK_TTL: Duration = Duration::from_mins(15);

/// The secret of a link, in the clear: shown once, never kept.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkSecret([u8; 32]);

impl LinkSecret {
    /// A link of fresh randomness.
    #[must_use]
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// Reads a secret, or a whole link that ends in `#<secret>` or `/<secret>`.
    #[must_use]
    pub fn parse(link: &str) -> Option<Self> {
        let secret = link.trim().rsplit(['#', '/', '=']).next()?;
        URL_SAFE_NO_PAD.decode(secret).ok()?.try_into().ok().map(Self)
    }

    /// The secret as it stands in a link.
    #[must_use]
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What is kept of it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }
}

impl std::fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkSecret(…)")
    }
}

/// What is kept of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentLink {
    /// The digest of its secret.
    pub digest: Digest,
    /// Whom it enrols.
    pub login: Login,
    /// Until when.
    pub expires_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_link_or_its_secret_are_read_alike() {
        let secret = LinkSecret::new([7; 32]);
        let text = secret.reveal();
        for link in
            [text.clone(), format!("http://localhost:3000/enrol#{text}"), format!(" {text}\n")]
        {
            assert_eq!(LinkSecret::parse(&link), Some(secret.clone()));
        }
        assert_eq!(LinkSecret::parse("http://localhost:3000/enrol#short"), None);
    }

    #[test]
    fn debug_output_hides_the_secret() {
        assert_eq!(format!("{:?}", LinkSecret::new([7; 32])), "LinkSecret(…)");
    }
}
