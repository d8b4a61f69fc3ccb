//! A console that nobody hears of: nothing is to be told, and nobody carries anything.

use async_trait::async_trait;

use crate::{
    audit::{Entry, EntryDraft},
    names::DestinationName,
    notifications::{
        Backlog, ClaimId, Claiming, Courier, Delivery, DeliveryId, Destination, Event, Failure,
        Missed, NewDelivery, Outbox, StuckDelivery, Undelivered,
    },
    page::{Page, PageRequest},
    store::StoreError,
    time::Timestamp,
};

/// An empty outbox, and a courier who reaches nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silence;

#[async_trait]
impl Outbox for Silence {
    async fn unrouted(&self, _: usize) -> Result<Vec<Event>, StoreError> {
        Ok(Vec::new())
    }

    async fn route(&self, _: &Event, _: &[NewDelivery], _: Timestamp) -> Result<bool, StoreError> {
        Ok(false)
    }

    async fn due(&self, _: Timestamp) -> Result<Vec<DestinationName>, StoreError> {
        Ok(Vec::new())
    }

    async fn claim(&self, _: &Claiming) -> Result<Vec<Delivery>, StoreError> {
        Ok(Vec::new())
    }

    async fn delivered(&self, _: DeliveryId) -> Result<(), StoreError> {
        Ok(())
    }

    async fn put_off(&self, _: &Missed) -> Result<bool, StoreError> {
        Ok(false)
    }

    async fn give_up(
        &self,
        _: DeliveryId,
        _: ClaimId,
        _: Failure,
        _: EntryDraft,
    ) -> Result<Option<Entry>, StoreError> {
        Ok(None)
    }

    async fn stuck(&self, _: &PageRequest) -> Result<Page<StuckDelivery>, StoreError> {
        Ok(Page { items: Vec::new(), next: None })
    }

    async fn retry(&self, _: DeliveryId, _: EntryDraft) -> Result<Option<Entry>, StoreError> {
        Ok(None)
    }

    async fn backlog(&self) -> Result<Backlog, StoreError> {
        Ok(Backlog::default())
    }

    async fn forget_given_up(&self, _: Timestamp) -> Result<u64, StoreError> {
        Ok(0)
    }
}

#[async_trait]
impl Courier for Silence {
    async fn carry(&self, _: &Destination, _: &Delivery) -> Result<(), Undelivered> {
        Err(Failure::Unreachable.into())
    }
}
