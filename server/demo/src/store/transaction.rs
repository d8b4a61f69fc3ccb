//! Writes: each keeps the promises an API server makes about metadata, generations and conflicts.
//!
//! Never waits: a transaction holds the store, so everything in it happens at once or not at all.

use std::sync::{Arc, MutexGuard};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{Change, Deletion, Key, Objects, State, Store, defaults, rules};
use crate::{
    kinds,
    kinds::{Kind, Shape},
    object::Object,
    refusal::Refusal,
};

const FINALIZERS: &str = "/metadata/finalizers";

/// Whether a write is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Effect {
    Commit,
    DryRun,
}

/// Which part of an object a write replaces; the other stays as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    Main,
    Status,
}

/// Exclusive access to the store; those who wait for changes wake when it is dropped.
pub(crate) struct Transaction<'a> {
    store: &'a Store,
    state: MutexGuard<'a, State>,
    now: Timestamp,
}

impl<'a> Transaction<'a> {
    pub(super) fn new(store: &'a Store, state: MutexGuard<'a, State>, now: Timestamp) -> Self {
        Self { store, state, now }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    pub(crate) fn objects(&self) -> &Objects {
        &self.state.objects
    }

    pub(crate) fn get(&self, key: &Key) -> Result<Arc<Object>, Refusal> {
        let found = self.state.objects.get(key).cloned();
        found.ok_or_else(|| Refusal::not_found(key.kind, &key.name))
    }

    /// Whether something new may come to its namespace: that must be there, and stay.
    pub(crate) fn admit(&self, kind: &Kind, object: &Object) -> Result<(), Refusal> {
        if !kind.is_namespaced() {
            return Ok(());
        }
        let namespace = self.get(&Key::new(&kinds::NAMESPACE, "", object.namespace()))?;
        if namespace.is_terminating() {
            let given = [object.name(), object.text("/metadata/generateName")];
            let name = given.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
            return Err(Refusal::terminating(kind, name, namespace.name()));
        }
        Ok(())
    }

    pub(crate) fn create(
        &mut self,
        kind: &'static Kind,
        mut object: Object,
        effect: Effect,
    ) -> Result<Arc<Object>, Refusal> {
        self.admit(kind, &object)?;
        if !kind.is_namespaced() {
            object.remove("/metadata", "namespace");
        }
        if object.name().is_empty() && object.has("/metadata/generateName") {
            let name =
                format!("{}{}", object.text("/metadata/generateName"), self.store.ids.suffix());
            object.set("/metadata/name", name);
        }
        rules::check_name(kind, object.name())?;
        let key = Key::of(kind, &object);
        if self.state.objects.contains_key(&key) {
            return Err(Refusal::already_exists(kind, &key.name));
        }
        object
            .set("/kind", kind.name)
            .set("/apiVersion", kind.api_version())
            .set("/metadata/uid", self.store.ids.uid().to_string())
            .set("/metadata/creationTimestamp", seconds(self.now));
        if kind.shape == Shape::Generation {
            object.set("/metadata/generation", 1);
        }
        defaults::fill(kind, &mut object);
        defaults::begin(kind, &mut object);
        rules::on_create(kind, &object)?;
        Ok(self.put(key, object, effect))
    }

    /// Replaces one part of an object. The same content again changes nothing, not even the revision.
    pub(crate) fn replace(
        &mut self,
        key: &Key,
        object: Object,
        part: Part,
        effect: Effect,
    ) -> Result<Arc<Object>, Refusal> {
        let current = self.get(key)?;
        let version = "/metadata/resourceVersion";
        let based_on = object.text(version);
        if !based_on.is_empty() && based_on != current.text(version) {
            return Err(Refusal::modified(key.kind, &key.name));
        }
        let mut next = match part {
            Part::Status => Object::clone(&current).with("/status", object.at("/status").clone()),
            Part::Main => successor(key.kind, object, &current)?,
        };
        if next == *current {
            return Ok(current);
        }
        if key.kind.shape == Shape::Generation && is_new_generation(key.kind, &next, &current) {
            next.set("/metadata/generation", current.number("/metadata/generation") + 1);
        }
        let was_held = current.is_terminating() && !current.items(FINALIZERS).is_empty();
        if was_held && next.items(FINALIZERS).is_empty() {
            if effect == Effect::Commit {
                self.remove(key);
            }
            return Ok(Arc::new(next));
        }
        Ok(self.put(key.clone(), next, effect))
    }

    /// Deletes, or begins to: a scheduled pod first gets its grace period, which the kubelet ends;
    /// what has finalizers waits for them.
    pub(crate) fn delete(
        &mut self,
        key: &Key,
        how: &Deletion,
        effect: Effect,
    ) -> Result<Arc<Object>, Refusal> {
        let current = self.get(key)?;
        how.check(key, &current)?;
        let grace = how.grace(key.kind, &current);
        let already = current.at("/metadata/deletionGracePeriodSeconds").as_i64();
        if grace > 0 && already.is_some_and(|already| already <= grace) {
            return Ok(current);
        }
        let until = self.now.saturating_add(SignedDuration::from_secs(grace)).unwrap_or(self.now);
        let mut marked = Object::clone(&current)
            .with("/metadata/deletionTimestamp", seconds(until))
            .with("/metadata/deletionGracePeriodSeconds", grace);
        let finalizers = how.finalizers(key.kind, &current);
        if !finalizers.is_empty() {
            marked.set(FINALIZERS, finalizers);
            return Ok(self.hold(key, marked, effect));
        }
        if grace > 0 {
            return Ok(self.put(key.clone(), marked, effect));
        }
        if effect == Effect::Commit {
            self.remove(key);
        }
        Ok(if *key.kind == kinds::POD { Arc::new(marked) } else { current })
    }

    /// Replaces the status of an object that a controller has just read; what is gone meanwhile stays gone.
    pub(crate) fn set_status(&mut self, key: &Key, status: &Value) {
        let object = Object::new(json!({ "status": status }));
        let _gone = self.replace(key, object, Part::Status, Effect::Commit);
    }

    /// Keeps what waits for its finalizers. Of a namespace, only the name waits: what is in it goes.
    fn hold(&mut self, key: &Key, mut marked: Object, effect: Effect) -> Arc<Object> {
        if *key.kind != kinds::NAMESPACE {
            return self.put(key.clone(), marked, effect);
        }
        marked.set("/status/phase", "Terminating");
        let held = self.put(key.clone(), marked, effect);
        if effect == Effect::Commit {
            self.empty(&key.name);
        }
        held
    }

    fn empty(&mut self, namespace: &str) {
        let inside = |key: &&Key| key.namespace == namespace;
        for content in self.state.objects.keys().filter(inside).cloned().collect::<Vec<_>>() {
            self.remove(&content);
        }
    }

    fn remove(&mut self, key: &Key) {
        if *key.kind == kinds::NAMESPACE {
            self.empty(&key.name);
        }
        if let Some(before) = Arc::make_mut(&mut self.state.objects).remove(key) {
            let revision = self.state.history.revision() + 1;
            self.state.history.push(Change {
                revision,
                key: key.clone(),
                before: Some(before),
                after: None,
            });
        }
    }

    fn put(&mut self, key: Key, mut object: Object, effect: Effect) -> Arc<Object> {
        if effect == Effect::DryRun {
            return Arc::new(object);
        }
        let revision = self.state.history.revision() + 1;
        object.set("/metadata/resourceVersion", revision.to_string());
        let after = Arc::new(object);
        let before = Arc::make_mut(&mut self.state.objects).insert(key.clone(), Arc::clone(&after));
        self.state.history.push(Change { revision, key, before, after: Some(Arc::clone(&after)) });
        after
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        self.store.revision.send_replace(self.state.history.revision());
    }
}

/// A time as object metadata writes it: RFC 3339 in whole seconds.
pub(crate) fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The object that takes the place of another: what the server owns stays as it was.
fn successor(kind: &'static Kind, mut object: Object, current: &Object) -> Result<Object, Refusal> {
    defaults::fill(kind, &mut object);
    for field in [
        "creationTimestamp",
        "resourceVersion",
        "generation",
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
    ] {
        keep(&mut object, current, "/metadata", field);
    }
    if object.uid().is_empty() {
        keep(&mut object, current, "/metadata", "uid");
    }
    if kind.has_status() {
        keep(&mut object, current, "", "status");
    }
    let object = object.with("/kind", kind.name).with("/apiVersion", kind.api_version());
    rules::on_update(kind, &object, current)?;
    Ok(object)
}

/// Whether a controller should look again: at a new spec, and for deployments at new annotations,
/// other than the one their controller writes.
fn is_new_generation(kind: &Kind, next: &Object, current: &Object) -> bool {
    let told = |object: &Object| {
        let mut annotations = object.at("/metadata/annotations").clone();
        if let Value::Object(annotations) = &mut annotations {
            annotations.remove("deployment.kubernetes.io/revision");
        }
        Some(annotations)
            .filter(|annotations| annotations.as_object().is_some_and(|a| !a.is_empty()))
    };
    next.at("/spec") != current.at("/spec")
        || (*kind == kinds::DEPLOYMENT && told(next) != told(current))
}

fn keep(object: &mut Object, current: &Object, parent: &str, field: &str) {
    let pointer = format!("{parent}/{field}");
    if current.has(&pointer) {
        object.set(&pointer, current.at(&pointer).clone());
    } else {
        object.remove(parent, field);
    }
}
