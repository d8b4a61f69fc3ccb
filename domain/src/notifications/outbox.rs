//! The port that keeps what is to be told. Each call is one atomic operation.
//!
//! Events come in through the commit of a request's change ([`RequestStore`](crate::actions::RequestStore)), never here.

use async_trait::async_trait;

use super::{ClaimId, Delivery, DeliveryId, Event, Failure, NewDelivery, StuckDelivery};
use crate::{
    audit::{Entry, EntryDraft},
    names::DestinationName,
    page::{Page, PageRequest},
    store::StoreError,
    time::Timestamp,
};

/// Which deliveries somebody takes into their hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claiming {
    /// To this destination.
    pub destination: DestinationName,
    /// Due by this moment.
    pub now: Timestamp,
    /// Held until this one.
    pub until: Timestamp,
    /// By this hold.
    pub claim: ClaimId,
    /// So many at most.
    pub limit: usize,
}

/// A delivery that failed and is attempted again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Which.
    pub id: DeliveryId,
    /// Whose hold on it ends.
    pub claim: ClaimId,
    /// Why it failed.
    pub failure: Failure,
    /// When it is attempted again.
    pub next: Timestamp,
    /// Since when it is stuck, if it is; one that was stuck before stays so.
    pub stuck_at: Option<Timestamp>,
}

/// How much is not delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Deliveries that are being attempted.
    pub waiting: u64,
    /// Deliveries that are stuck, given up or not.
    pub stuck: u64,
    /// Those of them that were given up.
    pub given_up: u64,
}

/// Keeps what is to be told until it is.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Events that nobody routed yet, in the order in which they happened.
    async fn unrouted(&self, limit: usize) -> Result<Vec<Event>, StoreError>;

    /// Turns an event into deliveries, due now. Answers whether nobody did so before.
    async fn route(
        &self,
        event: &Event,
        deliveries: &[NewDelivery],
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// The destinations that something is due for.
    async fn due(&self, now: Timestamp) -> Result<Vec<DestinationName>, StoreError>;

    /// Takes due deliveries, which nobody else gets until the hold ends. Of one request only the first that is
    /// neither delivered nor given up is ever taken.
    async fn claim(&self, wanted: &Claiming) -> Result<Vec<Delivery>, StoreError>;

    /// Forgets what arrived; whoever holds it meanwhile.
    async fn delivered(&self, id: DeliveryId) -> Result<(), StoreError>;

    /// Puts a delivery off, unless its hold ended meanwhile. Answers whether it did.
    async fn put_off(&self, missed: &Missed) -> Result<bool, StoreError>;

    /// Gives a delivery up, with the entry that tells of it, unless its hold ended meanwhile.
    async fn give_up(
        &self,
        id: DeliveryId,
        claim: ClaimId,
        failure: Failure,
        entry: EntryDraft,
    ) -> Result<Option<Entry>, StoreError>;

    /// What is stuck, newest first.
    async fn stuck(&self, page: &PageRequest) -> Result<Page<StuckDelivery>, StoreError>;

    /// Has what is stuck attempted as if it were new, with the entry that tells of it. Nothing, where nothing of
    /// that name is stuck.
    async fn retry(&self, id: DeliveryId, entry: EntryDraft) -> Result<Option<Entry>, StoreError>;

    /// How much is not delivered.
    async fn backlog(&self) -> Result<Backlog, StoreError>;

    /// Forgets what was given up before this moment; how many.
    async fn forget_given_up(&self, before: Timestamp) -> Result<u64, StoreError>;
}
