//! What the log says.

use domain::{
    audit::{Entry, EntryFilter, EntryStore},
    page::PageRequest,
};

use crate::world::World;

impl World {
    /// All entries, newest first.
    pub(crate) async fn entries(&self) -> Vec<Entry> {
        let page = PageRequest { cursor: None, limit: Some(200) };
        self.store.entries(&EntryFilter::default(), &page).await.unwrap().items
    }

    /// How many entries tell of this.
    pub(crate) async fn told(&self, action: &str, outcome: &str) -> usize {
        let entries = self.entries().await;
        let tells =
            |entry: &&Entry| (entry.action.as_str(), entry.outcome.as_str()) == (action, outcome);
        entries.iter().filter(tells).count()
    }
}
