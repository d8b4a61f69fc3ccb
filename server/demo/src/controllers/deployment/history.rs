//! How many old templates a deployment remembers.
//!
//! Never forgets a set that still has pods or wants some.

use std::sync::Arc;

use super::{super::pods::count, Step, revision::Numbered};
use crate::{
    kinds,
    object::Object,
    store::{Deletion, Key},
};

/// The deletions of the oldest sets beyond `revisionHistoryLimit`.
pub(super) fn forgotten(deployment: &Object, old: &[&Arc<Object>]) -> Vec<Step> {
    let limit = count(deployment.number("/spec/revisionHistoryLimit"));
    let is_idle = |set: &&Arc<Object>| {
        set.number("/spec/replicas") == 0
            && set.number("/status/replicas") == 0
            && set.number("/status/observedGeneration") >= set.number("/metadata/generation")
            && !set.is_terminating()
    };
    let surplus = old.len().saturating_sub(limit);
    let mut oldest = old.to_vec();
    oldest.sort_by_key(|set| set.revision());
    let forgotten = oldest.into_iter().take(surplus).filter(is_idle);
    forgotten
        .map(|set| Step::Delete(Key::of(&kinds::REPLICA_SET, set), Deletion::background()))
        .collect()
}
