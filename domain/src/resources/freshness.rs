//! How old what is shown may be.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// The state of the watches behind a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freshness {
    /// Whether the watches run.
    pub watch: WatchState,
    /// When the slowest of the watches last heard from the cluster; absent before the first time.
    pub heard_at: Option<Timestamp>,
}

/// Whether the watches of a cluster run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchState {
    /// The first lists are not complete.
    Starting,
    /// All run.
    Live,
    /// At least one is broken and retried; what is shown is what was known.
    Stale,
}
