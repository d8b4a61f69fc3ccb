//! Signing out.

use crate::{
    access::Actor,
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    problem::Problem,
};

impl Console {
    /// Ends the session that the person speaks through.
    pub async fn sign_out(&self, actor: &Actor) -> Result<(), Problem> {
        let entry = EntryDraft::new(
            self.now(),
            Some(actor.login().clone()),
            EntryAction::SignOut,
            EntryOutcome::Succeeded,
        )
        .with("session", actor.session().to_string());
        self.ports.identity.end_session(actor.login(), actor.session(), entry).await?;
        Ok(())
    }
}
