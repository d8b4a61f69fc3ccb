//! Sekisho server.

pub mod store;
