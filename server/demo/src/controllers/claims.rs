//! Whose is what: an owner keeps what it selects, lets go of what it selects no longer, and takes in orphans.
//!
//! Never takes from another owner, and does nothing for an owner that is being deleted.

use std::sync::Arc;

use serde_json::Value;

use super::{Step, scope::Scope};
use crate::{kinds::Kind, object::Object, selector::Selector, store::Key};

/// An owner of a kind, with its own selector.
#[derive(Clone, Copy)]
pub(super) struct Owner<'o> {
    pub(super) kind: &'static Kind,
    pub(super) object: &'o Object,
}

/// What an owner has, and the changes that make it so.
pub(super) struct Claimed<'a> {
    pub(super) objects: Vec<&'a Arc<Object>>,
    pub(super) steps: Vec<Step>,
}

/// Claims objects of a kind, as far as they are considered at all.
pub(super) fn claim<'a>(
    scope: &Scope<'a>,
    kind: &'static Kind,
    owner: Owner<'_>,
    considered: impl Fn(&Object) -> bool,
) -> Claimed<'a> {
    let selector = Selector::of_object(owner.object.at("/spec/selector"));
    let mut claimed = Claimed { objects: Vec::new(), steps: Vec::new() };
    for object in scope.all(kind) {
        let controller = object.controller();
        let is_own = controller == owner.object.uid();
        // Most objects belong to somebody else: they are not looked at any further.
        if (!is_own && !controller.is_empty()) || !considered(object) {
            continue;
        }
        let matches = !selector.is_empty() && selector.matches(object);
        let change = match (is_own, matches) {
            (true, true) => None,
            (true, false) => Some(released(object, owner)),
            (false, true) if !object.is_terminating() => Some(adopted(object, owner)),
            (false, _) => continue,
        };
        if matches {
            claimed.objects.push(object);
        }
        if let Some(change) = change.filter(|_| !owner.object.is_terminating()) {
            claimed.steps.push(Step::Replace(Key::of(kind, object), change));
        }
    }
    claimed
}

fn released(object: &Object, owner: Owner<'_>) -> Object {
    without_owner(object, owner.object.uid())
}

/// An object without one of its owners.
pub(super) fn without_owner(object: &Object, uid: &str) -> Object {
    let owners = object.items("/metadata/ownerReferences").iter();
    let others: Vec<Value> = owners.filter(|owner| owner["uid"] != uid).cloned().collect();
    let mut released = object.clone();
    if others.is_empty() {
        released.remove("/metadata", "ownerReferences");
    } else {
        released.set("/metadata/ownerReferences", others);
    }
    released
}

fn adopted(object: &Object, owner: Owner<'_>) -> Object {
    let mut owners = object.items("/metadata/ownerReferences").to_vec();
    owners.push(owner.object.as_owner(owner.kind));
    object.clone().with("/metadata/ownerReferences", owners)
}
