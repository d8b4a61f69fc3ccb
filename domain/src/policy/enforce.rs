//! Putting the loaded policy in force for every replica.

use super::PolicyDigest;
use crate::{
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    problem::Problem,
};

impl Console {
    /// Whether this replica holds the policy that is in force for all.
    pub(crate) async fn holds_policy_in_force(&self) -> Result<bool, Problem> {
        let held = self.policy().policy.digest;
        Ok(self.ports.policy_store.current().await? == Some(held))
    }

    /// Makes the policy that is loaded here the one in force everywhere, and drops whom it no longer lists.
    ///
    /// Replicas that hold another one refuse decisions until they loaded this one too.
    pub async fn enforce_policy(&self) -> Result<(), Problem> {
        let policy = self.policy();
        let digest = policy.policy.digest;
        let before = self.ports.policy_store.current().await?;
        if before != Some(digest) {
            let now = self.now();
            let entry = EntryDraft::new(now, None, EntryAction::Policy, EntryOutcome::Succeeded)
                .with("digest", digest.to_string())
                .with("previous", before.map(|before| before.to_string()));
            self.ports.policy_store.put_in_force(digest, before, entry).await?;
        }
        self.drop_departed(&policy).await
    }
}

impl std::fmt::Display for PolicyDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
