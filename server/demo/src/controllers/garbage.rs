//! Garbage collection: what is owned goes with its last owner, before it, or stays without it.
//!
//! Never decides which of these: the deletion does, by a finalizer.

use std::{collections::HashSet, sync::Arc};

use serde_json::Value;

use super::{Step, claims::without_owner, scope::Scope};
use crate::{
    object::Object,
    store::{Deletion, FOREGROUND, Key, ORPHAN, Propagation},
};

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let everything: Vec<_> = scope.everything().collect();
    // A node may own what is in a namespace: the mirrors of its static pods.
    let owners = everything.iter().map(|(_, object)| *object).chain(scope.nodes());
    let alive: HashSet<&str> = owners.map(|object| object.uid()).collect();
    let mut steps = Vec::new();
    for (key, object) in everything {
        let owners = object.items("/metadata/ownerReferences");
        let is_gone = |owner: &Value| !alive.contains(owner["uid"].as_str().unwrap_or_default());
        if object.is_terminating() {
            steps.extend(finalize(scope, key, object));
        } else if !owners.is_empty() && owners.iter().all(is_gone) {
            steps.push(Step::Delete(key.clone(), Deletion::background()));
        }
    }
    steps
}

/// What an object still owes its dependents before it may go.
fn finalize(scope: &Scope<'_>, key: &Key, object: &Arc<Object>) -> Vec<Step> {
    let waits_for = |name: &str| object.items("/metadata/finalizers").iter().any(|own| own == name);
    let finalizer = match (waits_for(ORPHAN), waits_for(FOREGROUND)) {
        (true, _) => ORPHAN,
        (false, true) => FOREGROUND,
        (false, false) => return Vec::new(),
    };
    let dependents = dependents(scope, object);
    if dependents.is_empty() {
        let own = object.items("/metadata/finalizers").iter();
        let others: Vec<Value> = own.filter(|own| *own != finalizer).cloned().collect();
        let freed = Object::clone(object).with("/metadata/finalizers", others);
        return vec![Step::Replace(key.clone(), freed)];
    }
    let dependents = dependents.into_iter();
    if finalizer == ORPHAN {
        let freed = |(key, dependent): (&Key, &Arc<Object>)| {
            Step::Replace(key.clone(), without_owner(dependent, object.uid()))
        };
        return dependents.map(freed).collect();
    }
    dependents
        .filter(|(_, dependent)| !dependent.is_terminating())
        .map(|(key, dependent)| {
            let has_own = !self::dependents(scope, dependent).is_empty();
            let propagation =
                if has_own { Propagation::Foreground } else { Propagation::Background };
            let how = Deletion { propagation: Some(propagation), ..Deletion::default() };
            Step::Delete(key.clone(), how)
        })
        .collect()
}

fn dependents<'a>(scope: &Scope<'a>, owner: &Object) -> Vec<(&'a Key, &'a Arc<Object>)> {
    let is_owned = |object: &Object| {
        object.items("/metadata/ownerReferences").iter().any(|other| other["uid"] == owner.uid())
    };
    scope.everything().filter(|(_, object)| is_owned(object)).collect()
}
