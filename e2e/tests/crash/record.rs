//! What is left to judge by when every run is over.

use domain::{
    actions::RequestView,
    audit::{Entry, EntryOutcome},
};
use sekisho::identity::Origin;

use crate::{desk::Step, writes::Seen};

/// What the console kept, what it had acknowledged, and what the API server saw.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) origin: Origin,
    /// Oldest first.
    pub(crate) entries: Vec<Entry>,
    pub(crate) requests: Vec<RequestView>,
    pub(crate) seen: Seen,
    pub(crate) acknowledged: Vec<(String, Step)>,
}

impl Record {
    /// The entry of a request with that outcome.
    pub(crate) fn entry(&self, request: &str, outcome: EntryOutcome) -> Option<&Entry> {
        let is_it = |entry: &&Entry| {
            entry.outcome == outcome && entry.request.is_some_and(|id| id.to_string() == request)
        };
        self.entries.iter().find(is_it)
    }

    pub(crate) fn request(&self, id: &str) -> Option<&RequestView> {
        self.requests.iter().find(|request| request.id.to_string() == id)
    }

    /// How often a write of this request was done.
    pub(crate) fn effects(&self, request: &str) -> usize {
        let writes = self.seen.writes.iter().filter(|write| write.request == request);
        writes.filter(|write| self.seen.took_effect(write)).count()
    }
}
