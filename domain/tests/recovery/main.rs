//! The life of a recovery, through the public types alone.

#![expect(clippy::unwrap_used, reason = "a fixture that does not parse is a broken test")]

mod fixtures;
mod golden;
mod lifecycle;
mod moves;
