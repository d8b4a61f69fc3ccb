//! Telling listeners what changed: few notes however much happens.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::{names::Namespace, resources::Change};
use futures::{StreamExt, stream::BoxStream};
use tokio::sync::{Notify, broadcast};
use tokio_stream::wrappers::BroadcastStream;

/// What happens within this time is one note per namespace.
const GATHER: Duration = Duration::from_millis(100);
/// More namespaces than this at once are told as [`Change::Everything`].
const MANY: usize = 256;
/// Notes a slow listener may lag behind before it misses some.
const BACKLOG: usize = 1024;

/// Gathers changes and tells of them.
pub(super) struct Changes {
    notes: broadcast::Sender<Change>,
    pending: Mutex<Pending>,
    wake: Notify,
}

#[derive(Default)]
struct Pending {
    everything: bool,
    freshness: bool,
    namespaces: BTreeSet<Namespace>,
}

impl Pending {
    fn add(&mut self, change: Change) {
        match change {
            Change::Everything => self.everything = true,
            Change::Freshness => self.freshness = true,
            Change::Namespace(namespace) => {
                self.namespaces.insert(namespace);
            }
        }
    }

    fn into_notes(self) -> Vec<Change> {
        let mut notes = Vec::new();
        if self.everything || self.namespaces.len() > MANY {
            notes.push(Change::Everything);
        } else {
            notes.extend(self.namespaces.into_iter().map(Change::Namespace));
        }
        if self.freshness {
            notes.push(Change::Freshness);
        }
        notes
    }
}

impl Changes {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            notes: broadcast::channel(BACKLOG).0,
            pending: Mutex::default(),
            wake: Notify::new(),
        })
    }

    /// Tells of a change soon.
    pub(super) fn note(&self, change: Change) {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner).add(change);
        self.wake.notify_one();
    }

    /// Delivers the notes; runs as long as the watches do.
    pub(super) async fn deliver(self: Arc<Self>) {
        loop {
            self.wake.notified().await;
            tokio::time::sleep(GATHER).await;
            let pending =
                std::mem::take(&mut *self.pending.lock().unwrap_or_else(PoisonError::into_inner));
            for note in pending.into_notes() {
                // Nobody listening is no trouble.
                let _ = self.notes.send(note);
            }
        }
    }

    /// The notes from now on.
    pub(super) fn listen(&self) -> BoxStream<'static, Change> {
        BroadcastStream::new(self.notes.subscribe())
            .map(|note| note.unwrap_or(Change::Everything))
            .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn namespace(name: &str) -> Change {
        Change::Namespace(name.parse().unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_is_one_note_for_each_namespace() {
        let changes = Changes::new();
        let mut heard = changes.listen();
        for _ in 0..100 {
            changes.note(namespace("ledger"));
            changes.note(namespace("checkout"));
        }
        changes.note(Change::Freshness);
        let delivery = tokio::spawn(Arc::clone(&changes).deliver());
        let notes =
            [heard.next().await.unwrap(), heard.next().await.unwrap(), heard.next().await.unwrap()];
        assert_eq!(notes, [namespace("checkout"), namespace("ledger"), Change::Freshness]);
        changes.note(namespace("payouts"));
        assert_eq!(heard.next().await.unwrap(), namespace("payouts"));
        delivery.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn a_listener_that_lags_hears_everything() {
        let changes = Changes::new();
        let mut heard = changes.listen();
        let delivery = tokio::spawn(Arc::clone(&changes).deliver());
        for round in 0..=BACKLOG {
            changes.note(namespace(&format!("n{round}")));
            tokio::time::sleep(GATHER * 2).await;
        }
        assert_eq!(heard.next().await.unwrap(), Change::Everything);
        delivery.abort();
    }

    #[test]
    fn many_namespaces_at_once_are_everything() {
        let mut pending = Pending::default();
        for n in 0..=MANY {
            pending.add(namespace(&format!("n{n}")));
        }
        assert_eq!(pending.into_notes(), [Change::Everything]);
    }
}
