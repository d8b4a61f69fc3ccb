//! Locking a person out, and letting them in again.

use super::PersonStatus;
use crate::{
    access::Actor,
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    names::Login,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// Locks a person: sessions end and open requests are withdrawn at once. Works for people whom the policy
    /// does not list, too. Nobody locks themself.
    pub async fn lock(&self, actor: &Actor, login: &Login) -> Result<(), Problem> {
        self.may_manage(actor)?;
        if login == actor.login() {
            return Err(Problem::from(ProblemCode::Refused)
                .with("act", "lock")
                .with("rule", "nobody-locks-themself"));
        }
        self.known(login).await?;
        let now = self.now();
        let entry = self.about(actor, login, EntryAction::Lock);
        self.ports.identity.lock(login, now, entry).await?;
        Ok(())
    }

    /// Lets a locked person in again.
    ///
    /// # Errors
    /// [`ProblemCode::WrongState`] when they are not locked.
    pub async fn unlock(&self, actor: &Actor, login: &Login) -> Result<(), Problem> {
        self.may_manage(actor)?;
        self.known(login).await?;
        if self.ports.identity.status(login).await? == PersonStatus::Open {
            return Err(Problem::from(ProblemCode::WrongState).with("state", "open"));
        }
        let entry = self.about(actor, login, EntryAction::Unlock);
        self.ports.identity.unlock(login, entry).await?;
        Ok(())
    }

    fn about(&self, actor: &Actor, login: &Login, action: EntryAction) -> EntryDraft {
        EntryDraft::new(self.now(), Some(actor.login().clone()), action, EntryOutcome::Succeeded)
            .with("login", login.as_str())
    }

    /// Refuses a login that neither the policy nor the console ever heard of.
    async fn known(&self, login: &Login) -> Result<(), Problem> {
        if self.policy().policy.people.contains_key(login)
            || self.ports.identity.known_people().await?.contains(login)
        {
            Ok(())
        } else {
            Err(ProblemCode::NotVisible.into())
        }
    }
}
