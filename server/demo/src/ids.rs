//! UIDs, name suffixes and tokens, all drawn from the entropy the caller hands in.
//!
//! Never reads ambient randomness: the same entropy gives the same cluster.

use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// Kubernetes' own alphabet for generated names: no vowels, no look-alikes.
const ALPHABET: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";

/// An endless supply of ids.
#[derive(Debug)]
pub(crate) struct Ids {
    entropy: [u8; 32],
    drawn: AtomicU64,
}

impl Ids {
    pub(crate) fn new(entropy: [u8; 32]) -> Self {
        Self { entropy, drawn: AtomicU64::new(0) }
    }

    pub(crate) fn uid(&self) -> Uuid {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.draw()[..16]);
        Builder::from_random_bytes(bytes).into_uuid()
    }

    /// Five characters, as the API server appends to `generateName`.
    pub(crate) fn suffix(&self) -> String {
        spell(&self.draw()[..5])
    }

    /// A bearer token like no other.
    pub(crate) fn secret(&self) -> String {
        spell(&self.draw())
    }

    /// The bearer token of a name: always the same for the same entropy.
    pub(crate) fn token(&self, name: &str) -> String {
        let digest = Sha256::new().chain_update(self.entropy).chain_update(name).finalize();
        spell(&digest)
    }

    fn draw(&self) -> [u8; 32] {
        let turn = self.drawn.fetch_add(1, Ordering::Relaxed);
        Sha256::new().chain_update(self.entropy).chain_update(turn.to_be_bytes()).finalize().into()
    }
}

/// Bytes in the alphabet of generated names, one character each.
pub(crate) fn spell(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()])).collect()
}

/// A short, stable name for a text, such as the hash of a pod template.
pub(crate) fn fingerprint(text: &str) -> String {
    spell(&digest(text)[..10])
}

/// The SHA-256 of a text.
pub(crate) fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// The SHA-256 of a text in hexadecimal, as images and containers are named.
pub(crate) fn hex_digest(text: &str) -> String {
    let digits = digest(text).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
