//! Reading the audit log: everybody's for the security role, one's own for everyone.

use super::{Entry, EntryFilter};
use crate::{
    access::{Act, Actor, Resource, authorise},
    console::Console,
    page::{Page, PageRequest},
    problem::Problem,
};

impl Console {
    /// Whether the person may read everybody's history.
    #[must_use]
    pub fn may_read_history(&self, actor: &Actor) -> bool {
        authorise(&self.policy(), actor, Act::ReadHistory, &Resource::Console).is_ok()
    }

    /// Entries, newest first. Without the security role a person reads their own; asking for
    /// somebody else's is refused.
    pub async fn history(
        &self,
        actor: &Actor,
        filter: &EntryFilter,
        page: &PageRequest,
    ) -> Result<Page<Entry>, Problem> {
        let mut filter = filter.clone();
        let others = filter.actor.as_ref().is_some_and(|wanted| wanted != actor.login());
        if others {
            authorise(&self.policy(), actor, Act::ReadHistory, &Resource::Console)?;
        } else if !self.may_read_history(actor) {
            filter.actor = Some(actor.login().clone());
        }
        Ok(self.ports.entries.entries(&filter, page).await?)
    }
}
