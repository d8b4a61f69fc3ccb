//! The port that keeps which policy is in force, the same for every replica.

use async_trait::async_trait;

use super::PolicyDigest;
use crate::{
    audit::{Entry, EntryDraft},
    store::StoreError,
};

/// Why a policy was not put in force.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PutInForceError {
    /// Another policy is in force than the one it was to follow.
    #[error("another policy came into force meanwhile")]
    Moved(Option<PolicyDigest>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps the digest of the one policy in force. Decisions taken under another are refused when they commit.
#[async_trait]
pub trait PolicyStore: Send + Sync {
    /// The policy in force; none before the first.
    async fn current(&self) -> Result<Option<PolicyDigest>, StoreError>;

    /// Puts a policy in force after `expected`, with the entry that tells of it.
    async fn put_in_force(
        &self,
        digest: PolicyDigest,
        expected: Option<PolicyDigest>,
        entry: EntryDraft,
    ) -> Result<Entry, PutInForceError>;
}
