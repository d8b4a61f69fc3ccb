//! Deterministic ports for the tests of every crate: a clock that stands still until told, ids from a seed,
//! nobody to be notified.

mod clock;
mod ids;
mod settings;
mod silence;

pub use clock::ManualClock;
pub use ids::SeededIds;
pub use settings::approvals;
pub use silence::Silence;
