//! Deterministic ports for the tests of every crate: a clock that stands still until told, ids from a seed.

mod clock;
mod ids;

pub use clock::ManualClock;
pub use ids::SeededIds;
