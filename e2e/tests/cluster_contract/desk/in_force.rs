//! The policy in force, which nobody puts another in the place of.

use async_trait::async_trait;
use domain::{
    audit::{Entry, EntryDraft},
    policy::{PolicyDigest, PolicyStore, PutInForceError},
    store::StoreError,
};

use crate::policy;

/// The contract's policy.
pub(crate) struct InForce;

#[async_trait]
impl PolicyStore for InForce {
    async fn current(&self) -> Result<Option<PolicyDigest>, StoreError> {
        Ok(Some(policy::digest()))
    }

    async fn put_in_force(
        &self,
        _digest: PolicyDigest,
        _expected: Option<PolicyDigest>,
        entry: EntryDraft,
    ) -> Result<Entry, PutInForceError> {
        Ok(entry.at_sequence(0))
    }
}
