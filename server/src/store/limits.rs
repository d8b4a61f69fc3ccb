//! How much a store may use and how long it may take.

use std::time::Duration;

/// How much a store may use and how long it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at most.
    pub connections: u32,
    /// How long one operation may take before the database counts as not available.
    pub wait: Duration,
    /// How many pages an SQLite file may have (4 KiB each); unbounded when absent.
    pub sqlite_pages: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 8, wait: Duration::from_secs(5), sqlite_pages: None }
    }
}
