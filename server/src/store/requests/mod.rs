//! Requests in the database: each change and its entry in one transaction.

pub(super) mod around;
pub(super) mod commit;
pub(super) mod list;

use async_trait::async_trait;
use domain::{
    actions::{
        Around, CommitError, Neighbours, Request, RequestChange, RequestFilter, RequestStore,
    },
    audit::Entry,
    ids::RequestId,
    page::{Page, PageRequest},
    store::StoreError,
};

use super::Store;

#[async_trait]
impl RequestStore for Store {
    async fn commit(&self, change: RequestChange) -> Result<Entry, CommitError> {
        let mut recording = self.record().await?;
        let entry = commit::commit(&mut recording, change).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn around(&self, around: Around<'_>) -> Result<Neighbours, StoreError> {
        around::around(&mut self.read().await?, around).await
    }

    async fn request(&self, id: RequestId) -> Result<Option<Request>, StoreError> {
        list::request(&mut self.read().await?, id).await
    }

    async fn requests(
        &self,
        filter: &RequestFilter,
        page: &PageRequest,
    ) -> Result<Page<Request>, StoreError> {
        list::requests(&mut self.read().await?, filter, page).await
    }
}
