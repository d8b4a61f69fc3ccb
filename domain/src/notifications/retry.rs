//! Having a stuck delivery attempted again.

use super::DeliveryId;
use crate::{
    access::Actor,
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// Has a stuck delivery attempted now, and for as long as a new one; an entry says who wanted it.
    ///
    /// # Errors
    /// [`ProblemCode::NotVisible`] when nothing of that name is stuck.
    pub async fn retry_notification(&self, actor: &Actor, id: DeliveryId) -> Result<(), Problem> {
        self.may_mend_notifications(actor)?;
        let entry = EntryDraft::new(
            self.now(),
            Some(actor.login().clone()),
            EntryAction::Notify,
            EntryOutcome::Requested,
        )
        .with("delivery", id.to_string());
        let retried = self.ports.outbox.retry(id, entry).await?;
        retried.map(|_| ()).ok_or_else(|| ProblemCode::NotVisible.into())
    }
}
