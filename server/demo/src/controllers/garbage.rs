//! Garbage collection: what is owned goes with its last owner.
//!
//! Never orphans: every deletion here is a background deletion.

use std::collections::HashSet;

use super::{Step, scope::Scope};
use crate::store::Deletion;

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let alive: HashSet<&str> = scope.everything().map(|(_, object)| object.uid()).collect();
    scope
        .everything()
        .filter(|(_, object)| !object.is_terminating())
        .filter(|(_, object)| {
            let owners = object.items("/metadata/ownerReferences");
            let is_gone = |owner: &serde_json::Value| {
                !alive.contains(owner["uid"].as_str().unwrap_or_default())
            };
            !owners.is_empty() && owners.iter().all(is_gone)
        })
        .map(|(key, _)| Step::Delete(key.clone(), Deletion::default()))
        .collect()
}
