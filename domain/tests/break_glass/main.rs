//! Break-glass: what a review goes through, and when opening alone is closed to somebody.

#![expect(clippy::unwrap_used, reason = "a fixture that does not parse is a broken test")]

mod alone;
mod fixtures;
mod golden;
mod reviews;
mod summary;
