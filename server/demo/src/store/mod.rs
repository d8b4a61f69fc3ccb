//! Every object of the cluster, the one revision they share, and a bounded history of changes.
//!
//! Never judges who may change what: see `access`. Never touches the wire: see `api`.

mod defaults;
mod deletion;
mod history;
mod patch;
mod rules;
mod transaction;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use tokio::sync::watch;

use self::history::History;
pub(crate) use self::{
    deletion::{Deletion, FOREGROUND, ORPHAN, Propagation},
    history::Change,
    patch::Patch,
    rules::is_quantity,
    transaction::{Effect, Part, Transaction, seconds},
};
use crate::{ids::Ids, kinds::Kind, object::Object, refusal::Refusal};

/// Where an object stands. Cluster-scoped objects have an empty namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) kind: &'static Kind,
    pub(crate) namespace: String,
    pub(crate) name: String,
}

impl Key {
    pub(crate) fn new(kind: &'static Kind, namespace: &str, name: &str) -> Self {
        let namespace = if kind.is_namespaced() { namespace } else { "" };
        Self { kind, namespace: namespace.to_owned(), name: name.to_owned() }
    }

    pub(crate) fn of(kind: &'static Kind, object: &Object) -> Self {
        Self::new(kind, object.namespace(), object.name())
    }
}

/// The objects by key, shared and immutable.
pub(crate) type Objects = BTreeMap<Key, Arc<Object>>;

/// The cluster's memory.
pub(crate) struct Store {
    state: Mutex<State>,
    revision: watch::Sender<u64>,
    ids: Ids,
}

struct State {
    /// Copied on the first write after a snapshot was taken.
    objects: Arc<Objects>,
    history: History,
}

impl Store {
    /// `window` is how many changes can still be watched from the past.
    pub(crate) fn new(window: usize, ids: Ids) -> Self {
        let state = State { objects: Arc::default(), history: History::new(window) };
        Self { state: Mutex::new(state), revision: watch::Sender::new(0), ids }
    }

    pub(crate) fn ids(&self) -> &Ids {
        &self.ids
    }

    pub(crate) fn revision(&self) -> u64 {
        self.state().history.revision()
    }

    /// Wakes whenever the revision moves.
    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    pub(crate) fn get(&self, key: &Key) -> Option<Arc<Object>> {
        self.state().objects.get(key).cloned()
    }

    /// All objects now, with their revision.
    pub(crate) fn snapshot(&self) -> (Arc<Objects>, u64) {
        let state = self.state();
        (Arc::clone(&state.objects), state.history.revision())
    }

    /// All objects as they were at a revision that is still in the history.
    pub(crate) fn snapshot_at(&self, revision: u64) -> Result<Arc<Objects>, Refusal> {
        let state = self.state();
        let mut objects = Objects::clone(&state.objects);
        for change in state.history.since(revision)?.into_iter().rev() {
            match change.before {
                Some(before) => objects.insert(change.key, before),
                None => objects.remove(&change.key),
            };
        }
        Ok(Arc::new(objects))
    }

    /// The changes after a revision, oldest first.
    pub(crate) fn changes_since(&self, revision: u64) -> Result<Vec<Change>, Refusal> {
        self.state().history.since(revision)
    }

    /// Forgets the history: every revision before the present one is `Expired`.
    pub(crate) fn compact(&self) {
        self.state().history.compact();
    }

    /// Starts a transaction: nothing else reads or writes until it is dropped.
    pub(crate) fn begin(&self, now: Timestamp) -> Transaction<'_> {
        Transaction::new(self, self.state(), now)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
