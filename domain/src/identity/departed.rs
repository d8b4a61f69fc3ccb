//! People who are no longer listed: what they had open ends.

use crate::{
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    policy::PolicySnapshot,
    problem::Problem,
};

impl Console {
    /// Ends sessions and withdraws open requests of everyone whom this policy does not list. To be called
    /// whenever a policy came into force; until then [`Console::authenticate`] refuses them already.
    pub async fn drop_departed(&self, policy: &PolicySnapshot) -> Result<(), Problem> {
        for login in self.ports.identity.known_people().await? {
            if policy.policy.people.contains_key(&login) {
                continue;
            }
            let now = self.now();
            let entry =
                EntryDraft::new(now, None, EntryAction::RevokeSession, EntryOutcome::Succeeded)
                    .with("login", login.as_str())
                    .with("reason", "not-listed");
            self.ports.identity.depart(&login, now, entry).await?;
        }
        Ok(())
    }
}
