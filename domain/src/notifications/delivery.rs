//! One event on its way to one destination.

use super::Event;
use crate::{ids::uuid_id, names::DestinationName, time::Timestamp};

uuid_id!(
    /// One event for one destination; the same for every attempt.
    DeliveryId
);
uuid_id!(
    /// One worker's hold on deliveries, until it settles them or its lease runs out.
    ClaimId
);

/// A delivery that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelivery {
    /// Its identifier.
    pub id: DeliveryId,
    /// To whom.
    pub destination: DestinationName,
}

/// A delivery in the hands of who makes it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its identifier.
    pub id: DeliveryId,
    /// To whom.
    pub destination: DestinationName,
    /// What is told.
    pub event: Event,
    /// The hold on it.
    pub claim: ClaimId,
    /// How often it was attempted, this time included.
    pub attempts: u32,
    /// Since when it was to be made.
    pub since: Timestamp,
}
