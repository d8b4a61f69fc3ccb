//! What the tests of this module share: a cluster on the wire, and permits to act on it.

mod permits;
mod wire;

pub(in crate::cluster) use permits::{preview_permit, target};
pub(in crate::cluster) use wire::{Call, Calls, Reply, cluster, cluster_of_text};
