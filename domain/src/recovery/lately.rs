//! What whoever was recovered lately may not do: agree to anything, or open a session alone.

use std::time::Duration;

use crate::{
    access::Actor,
    console::Console,
    identity::PersonStatus,
    names::Login,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};

/// For how long after they were recovered somebody's word counts for little.
pub const RECOVERED_LATELY: Duration = Duration::from_hours(24);

impl Console {
    /// Until when a person may agree to nothing, if they were recovered lately.
    pub async fn recovered_until(&self, login: &Login) -> Result<Option<Timestamp>, Problem> {
        let recovered_at = self.ports.recoveries.recovered_at(login).await?;
        let until = recovered_at.map(|at| at.plus(RECOVERED_LATELY));
        Ok(until.filter(|until| self.now() < *until))
    }

    /// Whether a verdict of somebody would count: they may come in, have a passkey to sign it with, and were not recovered
    /// lately.
    pub(crate) async fn can_sign_a_verdict(&self, login: &Login) -> Result<bool, Problem> {
        Ok(self.ports.identity.status(login).await? == PersonStatus::Open
            && !self.ports.identity.passkeys(login).await?.is_empty()
            && self.recovered_until(login).await?.is_none())
    }

    /// Refuses the agreement of somebody who was recovered lately, before they are asked for a touch. The store asks once
    /// more, where nothing can come between.
    pub(crate) async fn check_may_agree(&self, actor: &Actor) -> Result<(), Problem> {
        match self.recovered_until(actor.login()).await? {
            None => Ok(()),
            Some(until) => Err(Problem::from(ProblemCode::RecoveredLately).with("until", until)),
        }
    }
}
