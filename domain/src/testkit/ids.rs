//! Identifiers and secrets that are the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use uuid::Uuid;

use crate::{canonical::Digest, ids::Ids};

/// Identifiers counted from a seed, in order, and secrets digested from it.
#[derive(Debug, Default)]
pub struct SeededIds(AtomicU64);

impl SeededIds {
    /// Counts from `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::SeqCst)
    }
}

impl Ids for SeededIds {
    fn uuid(&self) -> Uuid {
        const VERSION_7_VARIANT_10: u128 = 0x7000_8000_0000_0000_0000;
        Uuid::from_u128((u128::from(self.next()) << 80) | VERSION_7_VARIANT_10)
    }

    fn secret(&self) -> [u8; 32] {
        *Digest::of(&self.next().to_be_bytes()).as_bytes()
    }
}
