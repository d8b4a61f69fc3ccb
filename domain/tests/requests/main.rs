//! The life of a request, through the public types alone.

#![expect(clippy::unwrap_used, reason = "a fixture that does not parse is a broken test")]

mod asking;
mod fixtures;
mod golden;
mod lifecycle;
mod observing;
mod rollouts;
mod states;
mod telling;
mod waves;
