//! The life of a grant, through the public types alone.

#![expect(clippy::unwrap_used, reason = "a fixture that does not parse is a broken test")]

mod asking;
mod fixtures;
mod golden;
mod lifecycle;
