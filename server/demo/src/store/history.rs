//! The changes that watches can still replay: bounded, as etcd's history is after compaction.
//!
//! Never forgets a change within its window, never invents one.

use std::{collections::VecDeque, sync::Arc};

use super::Key;
use crate::{object::Object, refusal::Refusal};

/// One committed change. A creation has no `before`, a removal no `after`.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) revision: u64,
    pub(crate) key: Key,
    pub(crate) before: Option<Arc<Object>>,
    pub(crate) after: Option<Arc<Object>>,
}

/// Consecutive changes up to the present revision.
pub(super) struct History {
    window: usize,
    changes: VecDeque<Change>,
    revision: u64,
}

impl History {
    pub(super) fn new(window: usize) -> Self {
        // Revision 0 means "any" to clients, so the first state is 1, as in etcd.
        Self { window, changes: VecDeque::new(), revision: 1 }
    }

    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    pub(super) fn push(&mut self, change: Change) {
        self.revision = change.revision;
        self.changes.push_back(change);
        if self.changes.len() > self.window {
            self.changes.pop_front();
        }
    }

    pub(super) fn compact(&mut self) {
        self.changes.clear();
    }

    pub(super) fn since(&self, revision: u64) -> Result<Vec<Change>, Refusal> {
        let oldest = self.revision - self.changes.len() as u64;
        if revision < oldest {
            return Err(Refusal::expired(format!(
                "too old resource version: {revision} ({oldest})"
            )));
        }
        let known = usize::try_from(revision - oldest).unwrap_or(usize::MAX);
        Ok(self.changes.iter().skip(known).cloned().collect())
    }
}
