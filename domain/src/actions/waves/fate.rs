//! What becomes of each pod that an action looks at: nothing is left out silently.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::resources::PodRow;

/// A pod, and what becomes of it.
#[derive(Clone, Debug)]
pub struct Fated {
    /// The pod.
    pub pod: Arc<PodRow>,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is evicted.
    Evicted,
    /// It is evicted, and what it holds in `emptyDir` volumes is lost; another one takes its place.
    DataLost,
    /// It is evicted, and nothing takes its place.
    Lost,
    /// It has ended already; what is left of it goes.
    Ended,
    /// It stays: the kubelet runs it by itself, and what the API server shows is its mirror.
    Mirror,
    /// It stays: a `DaemonSet` would put it there again at once.
    Daemon,
    /// It stays: what it holds in `emptyDir` volumes would be lost.
    LocalData,
    /// It stays: nothing would start it again.
    Unmanaged,
    /// It ends already.
    Ending,
    /// It stays: it came after the request was asked for.
    CameSince,
}

impl Fate {
    /// Whether it is taken away.
    #[must_use]
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::Evicted | Self::DataLost | Self::Lost | Self::Ended)
    }
}
