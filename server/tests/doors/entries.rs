//! What the log says.

use domain::{
    audit::{Entry, EntryFilter, EntryStore},
    page::PageRequest,
};

use crate::world::World;

impl World {
    /// All entries, newest first.
    pub(crate) async fn entries(&self) -> Vec<Entry> {
        self.entries_of(&EntryFilter::default()).await
    }

    /// How many entries tell of this.
    pub(crate) async fn told(&self, action: &str, outcome: &str) -> usize {
        let (action, outcome) = (Some(action.parse().unwrap()), Some(outcome.parse().unwrap()));
        self.entries_of(&EntryFilter { action, outcome, ..EntryFilter::default() }).await.len()
    }

    pub(crate) async fn entries_of(&self, filter: &EntryFilter) -> Vec<Entry> {
        let page = PageRequest { cursor: None, limit: Some(200) };
        self.store.entries(filter, &page).await.unwrap().items
    }
}
