//! The event streams that are open: so many for each session, and all of them over once the console ends.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::ids::SessionId;
use tokio_util::sync::CancellationToken;

/// Streams of one session at once. One more ends the oldest, which most likely nobody reads any more.
const PER_SESSION: usize = 8;

/// The streams that are open.
#[derive(Clone, Debug, Default)]
pub struct Streams {
    ending: CancellationToken,
    open: Arc<Mutex<Open>>,
}

#[derive(Debug, Default)]
struct Open {
    /// How many there ever were: each has a number, and the oldest the smallest.
    count: u64,
    sessions: HashMap<SessionId, BTreeMap<u64, CancellationToken>>,
}

impl Streams {
    /// Ends every stream, and every one that is opened from now on. Their readers are told nothing, so that
    /// they try again, elsewhere or later.
    pub fn end(&self) {
        self.ending.cancel();
    }

    pub(super) fn open(&self, session: SessionId) -> OpenStream {
        let ending = self.ending.child_token();
        let mut open = self.lock();
        open.count += 1;
        let number = open.count;
        let streams = open.sessions.entry(session).or_default();
        streams.insert(number, ending.clone());
        if streams.len() > PER_SESSION
            && let Some((_, oldest)) = streams.pop_first()
        {
            oldest.cancel();
        }
        drop(open);
        OpenStream { streams: self.clone(), session, number, ending }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One stream's place among the others, until it is dropped.
#[derive(Debug)]
pub(super) struct OpenStream {
    streams: Streams,
    session: SessionId,
    number: u64,
    ending: CancellationToken,
}

impl OpenStream {
    pub(super) fn session(&self) -> SessionId {
        self.session
    }

    /// Comes once the stream is to end.
    pub(super) fn ending(&self) -> impl Future<Output = ()> + Send + use<> {
        self.ending.clone().cancelled_owned()
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let mut open = self.streams.lock();
        if let Some(streams) = open.sessions.get_mut(&self.session) {
            streams.remove(&self.number);
            if streams.is_empty() {
                open.sessions.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{ids::Ids, testkit::SeededIds};

    use super::*;

    fn sessions() -> [SessionId; 2] {
        let ids = SeededIds::default();
        [ids.uuid(), ids.uuid()].map(SessionId::new)
    }

    #[test]
    fn one_too_many_ends_the_oldest_of_its_session() {
        let (streams, [one, other]) = (Streams::default(), sessions());
        let elsewhere = streams.open(other);
        let mut open: Vec<_> = (0..=PER_SESSION).map(|_| streams.open(one)).collect();
        let ended: Vec<_> = open.iter().map(|stream| stream.ending.is_cancelled()).collect();
        assert_eq!(ended.iter().position(|ended| *ended), Some(0));
        assert_eq!(ended.iter().filter(|ended| **ended).count(), 1);
        open.pop();
        open.push(streams.open(one));
        assert!(!open[1].ending.is_cancelled(), "a place was free");
        assert!(!elsewhere.ending.is_cancelled());
    }

    #[test]
    fn what_is_closed_is_forgotten() {
        let (streams, [one, _]) = (Streams::default(), sessions());
        drop([streams.open(one), streams.open(one)]);
        assert!(streams.lock().sessions.is_empty());
    }

    #[test]
    fn all_end_together_and_none_begins_after() {
        let (streams, [one, other]) = (Streams::default(), sessions());
        let open = [streams.open(one), streams.open(other)];
        streams.end();
        assert!(open.iter().all(|stream| stream.ending.is_cancelled()));
        assert!(streams.open(one).ending.is_cancelled());
    }
}
