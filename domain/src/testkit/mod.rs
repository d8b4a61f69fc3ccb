//! Deterministic ports for the tests of every crate: a clock that stands still until told, ids from a seed,
//! nobody to be notified.

mod clock;
mod grants;
mod ids;
mod settings;
mod shelf;
mod signature;
mod silence;

pub use clock::ManualClock;
pub use grants::{GrantAnswer, KeptGrants};
pub use ids::SeededIds;
pub use settings::approvals;
pub use shelf::Shelf;
pub use signature::signed;
pub use silence::Silence;
