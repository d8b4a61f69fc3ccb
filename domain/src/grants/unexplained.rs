//! What was told of already: something that stays is seen again and again, and is one entry.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use crate::audit::Entry;

/// The most that is remembered; beyond, it is told of again.
const MOST: usize = 10_000;

/// What this console told of, by what tells each from every other.
#[derive(Debug, Default)]
pub(crate) struct ToldOf(Mutex<BTreeMap<String, Entry>>);

impl ToldOf {
    /// The entry that tells of it, if this console wrote one.
    pub(super) fn told(&self, uid: &str) -> Option<Entry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(uid).cloned()
    }

    /// Notes that this entry tells of it.
    pub(super) fn note(&self, uid: &str, entry: &Entry) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= MOST {
            told.clear();
        }
        told.insert(uid.to_owned(), entry.clone());
    }
}
