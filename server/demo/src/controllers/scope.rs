//! What a controller sees: one namespace at one time, and the nodes.
//!
//! Never changes anything.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    kinds,
    kinds::Kind,
    object::Object,
    store::{Key, Objects},
};

/// One namespace of a snapshot.
pub(crate) struct Scope<'a> {
    objects: &'a Objects,
    namespace: &'a str,
    pub(crate) now: Timestamp,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(objects: &'a Objects, namespace: &'a str, now: Timestamp) -> Self {
        Self { objects, namespace, now }
    }

    /// The objects of a kind in this namespace.
    pub(crate) fn all(&self, kind: &'static Kind) -> impl Iterator<Item = &'a Arc<Object>> {
        self.keyed(kind).map(|(_, object)| object)
    }

    fn keyed(&self, kind: &'static Kind) -> impl Iterator<Item = (&'a Key, &'a Arc<Object>)> {
        let namespace = self.namespace;
        let from = Key::new(kind, namespace, "");
        let own = move |(key, _): &(&Key, _)| {
            *key.kind == *kind && (!kind.is_namespaced() || key.namespace == namespace)
        };
        self.objects.range(from..).take_while(own)
    }

    pub(crate) fn nodes(&self) -> impl Iterator<Item = &'a Arc<Object>> {
        self.all(&kinds::NODE)
    }

    /// The objects of a kind that an object controls.
    pub(crate) fn owned(&self, kind: &'static Kind, owner: &Object) -> Vec<&'a Arc<Object>> {
        self.all(kind).filter(|object| object.controller() == owner.uid()).collect()
    }

    /// Every object of the cluster that runs on a node or could: for the scheduler's count.
    pub(crate) fn pods_everywhere(&self) -> impl Iterator<Item = &'a Arc<Object>> {
        of_kind(self.objects, &kinds::POD).map(|(_, pod)| pod)
    }

    /// Every object of this namespace, with its key.
    pub(crate) fn everything(&self) -> impl Iterator<Item = (&'a Key, &'a Arc<Object>)> {
        let kinds = kinds::ALL.iter().copied().filter(|kind| kind.is_namespaced());
        kinds.flat_map(|kind| self.keyed(kind))
    }
}

/// The objects of a kind in all namespaces.
pub(crate) fn of_kind<'a>(
    objects: &'a Objects,
    kind: &'static Kind,
) -> impl Iterator<Item = (&'a Key, &'a Arc<Object>)> {
    objects.range(Key::new(kind, "", "")..).take_while(|(key, _)| *key.kind == *kind)
}
