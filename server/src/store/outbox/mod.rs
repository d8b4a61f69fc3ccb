//! The outbox in the database: what is to be told outside is kept from the commit of what it tells of until it arrived.

pub(super) mod deliveries;
pub(super) mod events;
pub(super) mod settle;
pub(super) mod stuck;

use async_trait::async_trait;
use domain::{
    audit::{Entry, EntryDraft},
    names::DestinationName,
    notifications::{
        Backlog, ClaimId, Claiming, Delivery, DeliveryId, Event, Failure, Missed, NewDelivery,
        Outbox, StuckDelivery,
    },
    page::{Page, PageRequest},
    store::StoreError,
    time::Timestamp,
};

use super::Store;

#[async_trait]
impl Outbox for Store {
    async fn unrouted(&self, limit: usize) -> Result<Vec<Event>, StoreError> {
        events::unrouted(&mut self.read().await?, limit).await
    }

    async fn route(
        &self,
        event: &Event,
        deliveries: &[NewDelivery],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut writing = self.write().await?;
        let first = events::take(&mut writing, event).await?;
        if first {
            for delivery in deliveries {
                deliveries::add(&mut writing, event, delivery, now).await?;
            }
            writing.commit().await?;
        }
        Ok(first)
    }

    async fn due(&self, now: Timestamp) -> Result<Vec<DestinationName>, StoreError> {
        deliveries::due(&mut self.read().await?, now).await
    }

    async fn claim(&self, wanted: &Claiming) -> Result<Vec<Delivery>, StoreError> {
        let mut writing = self.write().await?;
        let claimed = deliveries::claim(&mut writing, wanted).await?;
        writing.commit().await?;
        Ok(claimed)
    }

    async fn delivered(&self, id: DeliveryId) -> Result<(), StoreError> {
        let mut writing = self.write().await?;
        settle::delivered(&mut writing, id).await?;
        writing.commit().await
    }

    async fn put_off(&self, missed: &Missed) -> Result<bool, StoreError> {
        let mut writing = self.write().await?;
        let held = settle::put_off(&mut writing, missed).await?;
        writing.commit().await?;
        Ok(held)
    }

    async fn give_up(
        &self,
        id: DeliveryId,
        claim: ClaimId,
        failure: Failure,
        entry: EntryDraft,
    ) -> Result<Option<Entry>, StoreError> {
        let mut recording = self.record().await?;
        if !settle::give_up(&mut recording, id, claim, failure, entry.at).await? {
            return Ok(None);
        }
        let entry = recording.append(entry).await?;
        recording.commit().await?;
        Ok(Some(entry))
    }

    async fn stuck(&self, page: &PageRequest) -> Result<Page<StuckDelivery>, StoreError> {
        stuck::stuck(&mut self.read().await?, page).await
    }

    async fn retry(&self, id: DeliveryId, entry: EntryDraft) -> Result<Option<Entry>, StoreError> {
        let mut recording = self.record().await?;
        if !settle::retry(&mut recording, id, entry.at).await? {
            return Ok(None);
        }
        let entry = recording.append(entry).await?;
        recording.commit().await?;
        Ok(Some(entry))
    }

    async fn backlog(&self) -> Result<Backlog, StoreError> {
        stuck::backlog(&mut self.read().await?).await
    }

    async fn forget_given_up(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut writing = self.write().await?;
        let gone = settle::forget_given_up(&mut writing, before).await?;
        writing.commit().await?;
        Ok(gone)
    }
}
