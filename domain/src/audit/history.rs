//! Reading the audit log: everybody's for the security role, one's own for everyone.

use super::{Entry, EntryAction, EntryFilter, EntryOutcome};
use crate::{
    access::{Act, Actor, Resource, authorise},
    actions::Follow,
    console::Console,
    page::{self, Page, PageRequest},
    problem::Problem,
};

/// Evidence that names what an action in waves reaches, whatever tenants that is of.
const REACHES_OTHERS: [&str; 3] = ["pinned", "pods", "outcome"];

impl Console {
    /// Every entry of a kind, newest first, however many pages they fill.
    pub(crate) async fn all_entries(&self, filter: &EntryFilter) -> Result<Vec<Entry>, Problem> {
        let read = |page| async move { self.ports.entries.entries(filter, &page).await };
        Ok(page::all(read).await?)
    }

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
        let found = self.ports.entries.entries(&filter, page).await?;
        Ok(Page { items: self.as_told(actor, found.items).await, ..found })
    }

    /// What a person is told of entries that are theirs to see.
    pub(crate) async fn as_told(&self, actor: &Actor, entries: Vec<Entry>) -> Vec<Entry> {
        if self.may_read_history(actor) {
            return entries;
        }
        let mut told = Vec::with_capacity(entries.len());
        for entry in entries {
            told.extend(self.as_told_to(actor, entry).await);
        }
        told
    }

    /// What a person is told of an entry. What was done may reach tenants that they may not see: the
    /// evidence of that is for whoever reads everybody's history.
    async fn as_told_to(&self, actor: &Actor, mut entry: Entry) -> Option<Entry> {
        let EntryAction::Action(action) = entry.action else { return Some(entry) };
        if !matches!(action.declaration().follow(), Follow::Waves(_)) {
            return Some(entry);
        }
        if let Some(tenant) = &entry.tenant
            && matches!(entry.outcome, EntryOutcome::WaveIntended | EntryOutcome::WaveAnswered)
        {
            self.visible_tenant(actor, tenant).await.ok()?;
        }
        entry.detail.retain(|name, _| !REACHES_OTHERS.contains(&name.as_str()));
        Some(entry)
    }
}
