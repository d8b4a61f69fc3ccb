//! Grants in the database: each change and its entry in one transaction.

pub(super) mod commit;
pub(super) mod list;

use async_trait::async_trait;
use domain::{
    actions::CommitError,
    audit::Entry,
    grants::{Grant, GrantChange, GrantFilter, GrantStore},
    ids::GrantId,
    page::{Page, PageRequest},
    store::StoreError,
};

use super::Store;

#[async_trait]
impl GrantStore for Store {
    async fn commit_grant(&self, change: GrantChange) -> Result<Entry, CommitError> {
        let mut recording = self.record().await?;
        let entry = commit::commit(&mut recording, change).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn grant(&self, id: GrantId) -> Result<Option<Grant>, StoreError> {
        list::grant(&mut self.read().await?, id).await
    }

    async fn grants(
        &self,
        filter: &GrantFilter,
        page: &PageRequest,
    ) -> Result<Page<Grant>, StoreError> {
        list::grants(&mut self.read().await?, filter, page).await
    }
}
