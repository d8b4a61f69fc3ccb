//! Notifications: what is told about requests, sessions and recoveries, to whom, and what becomes of it.
//!
//! An event is kept in the transaction that commits what it tells of; it is routed to destinations and delivered
//! afterwards, at least once. Never stands in the way of an action, and never decides anything about a request.

mod courier;
mod deliver;
mod delivery;
mod destination;
mod event;
mod kind;
mod outbox;
mod pattern;
mod retry;
mod route;
mod schedule;
mod stuck;

pub use courier::{Courier, Failure, Undelivered};
pub use deliver::Round;
pub use delivery::{ClaimId, Delivery, DeliveryId, NewDelivery};
pub use destination::{Destination, DestinationKind, Language};
pub use event::{About, Event, TargetName};
pub use kind::{EventKind, UnknownEvent};
pub use outbox::{Backlog, Claiming, Missed, Outbox};
pub use pattern::{InvalidPattern, TenantPattern};
pub use schedule::{AT_ONCE, GIVE_UP_AFTER, KEEP_GIVEN_UP, LEASE, STUCK_AFTER};
pub use stuck::StuckDelivery;
