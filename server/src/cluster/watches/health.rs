//! How the watches of a cluster fare, and how old what they saw may be.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{
    names::ClusterName,
    resources::{Change, Freshness, WatchState},
    time::{Clock, Timestamp},
};

use super::changes::Changes;

/// The state of all watches of a cluster.
pub(super) struct Health {
    cluster: ClusterName,
    clock: Arc<dyn Clock>,
    changes: Arc<Changes>,
    watches: Mutex<Vec<WatchHealth>>,
}

struct WatchHealth {
    state: WatchState,
    heard_at: Option<Timestamp>,
}

impl Health {
    pub(super) fn new(
        cluster: ClusterName,
        clock: Arc<dyn Clock>,
        changes: Arc<Changes>,
    ) -> Arc<Self> {
        Arc::new(Self { cluster, clock, changes, watches: Mutex::default() })
    }

    /// Counts one more watch in, of that kind of object.
    pub(super) fn watch(self: &Arc<Self>, kind: &'static str) -> News {
        let mut watches = self.lock();
        watches.push(WatchHealth { state: WatchState::Starting, heard_at: None });
        News { health: Arc::clone(self), index: watches.len() - 1, kind }
    }

    /// The slowest watch's last news, and the worst state of any.
    pub(super) fn freshness(&self) -> Freshness {
        let watches = self.lock();
        let any = |state| watches.iter().any(|watch| watch.state == state);
        let watch = if any(WatchState::Stale) {
            WatchState::Stale
        } else if any(WatchState::Starting) {
            WatchState::Starting
        } else {
            WatchState::Live
        };
        Freshness {
            watch,
            // A watch that was refused from the beginning makes it stale, not ageless.
            heard_at: watches.iter().filter_map(|watch| watch.heard_at).min(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<WatchHealth>> {
        self.watches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How one watch tells of itself.
pub(super) struct News {
    health: Arc<Health>,
    index: usize,
    kind: &'static str,
}

impl News {
    /// The cluster was heard: a list, an event, a bookmark, or the answer that opens a watch.
    pub(super) fn heard(&self) {
        let now = self.health.clock.now();
        if self.enter(WatchState::Live, Some(now)) == WatchState::Stale {
            tracing::info!(cluster = %self.health.cluster, kind = self.kind, "the watch runs again");
        }
    }

    /// The watch is broken and will be tried again.
    pub(super) fn broken(&self, trouble: &dyn std::fmt::Display) {
        if self.enter(WatchState::Stale, None) != WatchState::Stale {
            tracing::warn!(cluster = %self.health.cluster, kind = self.kind, %trouble, "a watch is broken");
        }
    }

    /// Something of this watch's changed.
    pub(super) fn changed(&self, change: Change) {
        self.health.changes.note(change);
    }

    fn enter(&self, state: WatchState, heard_at: Option<Timestamp>) -> WatchState {
        let before = {
            let watch = &mut self.health.lock()[self.index];
            watch.heard_at = heard_at.or(watch.heard_at);
            std::mem::replace(&mut watch.state, state)
        };
        if before != state {
            self.changed(Change::Freshness);
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::testkit::ManualClock;

    use super::*;

    #[test]
    fn the_slowest_and_the_worst_speak_for_all() {
        let clock = Arc::new(ManualClock::default());
        let health = Health::new("main".parse().unwrap(), clock.clone(), Changes::new());
        let (pods, jobs) = (health.watch("pods"), health.watch("jobs"));
        assert_eq!(health.freshness().watch, WatchState::Starting);
        assert_eq!(health.freshness().heard_at, None);

        pods.heard();
        assert_eq!(health.freshness().watch, WatchState::Starting);
        let first = clock.now();
        clock.advance(Duration::from_secs(5));
        jobs.heard();
        assert_eq!(health.freshness().watch, WatchState::Live);
        assert_eq!(health.freshness().heard_at, Some(first));

        jobs.broken(&"403");
        assert_eq!(health.freshness().watch, WatchState::Stale);
        assert_eq!(health.freshness().heard_at, Some(first));
        jobs.heard();
        assert_eq!(health.freshness().watch, WatchState::Live);
    }

    #[test]
    fn a_watch_refused_from_the_beginning_does_not_hide_the_age_of_the_others() {
        let clock = Arc::new(ManualClock::default());
        let health = Health::new("main".parse().unwrap(), clock.clone(), Changes::new());
        let (pods, jobs) = (health.watch("pods"), health.watch("jobs"));
        jobs.broken(&"403");
        pods.heard();
        assert_eq!(health.freshness().watch, WatchState::Stale);
        assert_eq!(health.freshness().heard_at, Some(clock.now()));
    }
}
