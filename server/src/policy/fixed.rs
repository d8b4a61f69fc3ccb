//! The policy in force where it is compiled in: the demo's.

use std::sync::Arc;

use domain::{
    policy::{PolicySnapshot, PolicySource, PolicyStatus},
    time::Timestamp,
};

use super::LoadedPolicy;

/// A policy that stays as it is.
pub struct FixedPolicy {
    snapshot: Arc<PolicySnapshot>,
    loaded_at: Timestamp,
}

impl FixedPolicy {
    /// This policy, in force since then.
    #[must_use]
    pub fn new(policy: &LoadedPolicy, loaded_at: Timestamp) -> Self {
        Self { snapshot: Arc::clone(&policy.snapshot), loaded_at }
    }
}

impl PolicySource for FixedPolicy {
    fn current(&self) -> Arc<PolicySnapshot> {
        Arc::clone(&self.snapshot)
    }

    fn status(&self) -> PolicyStatus {
        PolicyStatus {
            digest: self.snapshot.policy.digest,
            loaded_at: self.loaded_at,
            trouble: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Folder, load};

    #[test]
    fn it_stays_what_it_was() {
        let (loaded, since) = (load(&Folder::demo()).unwrap(), Timestamp::from_micros(7));
        let fixed = FixedPolicy::new(&loaded, since);
        let status =
            PolicyStatus { digest: Folder::demo().digest(), loaded_at: since, trouble: None };
        assert_eq!(fixed.status(), status);
        assert_eq!(fixed.current().policy.digest, loaded.digest());
    }
}
