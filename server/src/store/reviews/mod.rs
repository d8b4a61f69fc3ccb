//! Reviews of break-glass sessions in the database: each change and its entry in one transaction.

pub(super) mod commit;
pub(super) mod list;

use async_trait::async_trait;
use domain::{
    actions::CommitError,
    audit::Entry,
    break_glass::{Review, ReviewChange, ReviewFilter, ReviewStore},
    ids::GrantId,
    page::{Page, PageRequest},
    store::StoreError,
};

use super::Store;

#[async_trait]
impl ReviewStore for Store {
    async fn commit_review(&self, change: ReviewChange) -> Result<Entry, CommitError> {
        let mut recording = self.record().await?;
        let entry = commit::commit(&mut recording, change).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn review(&self, session: GrantId) -> Result<Option<Review>, StoreError> {
        list::review(&mut self.read().await?, session).await
    }

    async fn reviews(
        &self,
        filter: &ReviewFilter,
        page: &PageRequest,
    ) -> Result<Page<Review>, StoreError> {
        list::reviews(&mut self.read().await?, filter, page).await
    }
}
