//! The audit log in the database. Its entries are appended and read; there is no statement for anything else.

pub(super) mod append;
pub(super) mod list;

use async_trait::async_trait;
use domain::{
    audit::{Entry, EntryDraft, EntryFilter, EntryStore},
    page::{Page, PageRequest},
    store::StoreError,
};

use super::Store;

#[async_trait]
impl EntryStore for Store {
    async fn append(&self, draft: EntryDraft) -> Result<Entry, StoreError> {
        let mut recording = self.record().await?;
        let entry = recording.append(draft).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn entries(
        &self,
        filter: &EntryFilter,
        page: &PageRequest,
    ) -> Result<Page<Entry>, StoreError> {
        list::entries(&mut self.read().await?, filter, page).await
    }
}
