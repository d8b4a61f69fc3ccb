//! Recoveries in the database: each change and its entry in one transaction, and so is coming in again.

mod come_back;
pub(super) mod commit;
pub(super) mod lately;
pub(super) mod list;

use async_trait::async_trait;
use domain::{
    actions::CommitError,
    audit::Entry,
    canonical::Digest,
    identity::EnrolError,
    ids::RecoveryId,
    names::Login,
    page::{Page, PageRequest},
    recovery::{ComingBack, Recovery, RecoveryChange, RecoveryFilter, RecoveryStore},
    store::StoreError,
    time::Timestamp,
};

use super::Store;

#[async_trait]
impl RecoveryStore for Store {
    async fn commit_recovery(&self, change: RecoveryChange) -> Result<Entry, CommitError> {
        let mut recording = self.record().await?;
        let entry = commit::commit(&mut recording, change).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn come_back(&self, back: ComingBack) -> Result<Entry, EnrolError> {
        let mut recording = self.record().await?;
        let entry = come_back::come_back(&mut recording, back).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn recovery(&self, id: RecoveryId) -> Result<Option<Recovery>, StoreError> {
        list::recovery(&mut self.read().await?, id).await
    }

    async fn recovery_by_link(
        &self,
        digest: Digest,
        now: Timestamp,
    ) -> Result<Option<Recovery>, StoreError> {
        list::by_link(&mut self.read().await?, digest, now).await
    }

    async fn recovered_at(&self, login: &Login) -> Result<Option<Timestamp>, StoreError> {
        lately::recovered_at(&mut self.read().await?, login).await
    }

    async fn recoveries(
        &self,
        filter: &RecoveryFilter,
        page: &PageRequest,
    ) -> Result<Page<Recovery>, StoreError> {
        list::recoveries(&mut self.read().await?, filter, page).await
    }
}
