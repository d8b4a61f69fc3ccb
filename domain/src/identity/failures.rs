//! Failed sign-ins, counted so that nobody can fill the log from outside.
//!
//! Keeps counts in memory only: a window that was open when the process ended is not told of.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use super::CredentialId;
use crate::{
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    names::Login,
    problem::Problem,
    time::Timestamp,
};

/// Failures are counted over windows of this length; each gives one entry at most.
pub const FAILURE_WINDOW: Duration = Duration::from_mins(10);
/// Failures of known credentials that get an entry of their own in one window; the rest is counted.
pub const KNOWN_FAILURES_PER_WINDOW: u32 = 20;

/// A window under way.
#[derive(Clone, Copy, Debug)]
struct Window {
    began_at: Timestamp,
    counted: u64,
    known: u32,
}

/// A window that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Closed {
    began_at: Timestamp,
    counted: u64,
}

/// Counts failed sign-ins.
#[derive(Debug, Default)]
pub(crate) struct FailureCounter(Mutex<Option<Window>>);

impl FailureCounter {
    /// The window before, if it is over and counted anything.
    fn close(&self, now: Timestamp) -> Option<Closed> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = slot.take_if(|window| now.since(window.began_at) >= FAILURE_WINDOW)?;
        (window.counted > 0)
            .then_some(Closed { began_at: window.began_at, counted: window.counted })
    }

    fn count(&self, now: Timestamp, failures: u64) {
        self.with_window(now, |window| window.counted += failures);
    }

    /// Whether one more known failure gets an entry of its own; counts it otherwise.
    fn admits_known(&self, now: Timestamp) -> bool {
        self.with_window(now, |window| {
            let admitted = window.known < KNOWN_FAILURES_PER_WINDOW;
            if admitted {
                window.known += 1;
            } else {
                window.counted += 1;
            }
            admitted
        })
    }

    fn with_window<T>(&self, now: Timestamp, change: impl FnOnce(&mut Window) -> T) -> T {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(slot.get_or_insert(Window { began_at: now, counted: 0, known: 0 }))
    }
}

impl Console {
    /// Writes down the failures of a window that is over, and says how many entries that took. Called now and
    /// then, and by each failure.
    pub async fn flush_failures(&self) -> Result<usize, Problem> {
        let Some(closed) = self.failures.close(self.now()) else {
            return Ok(0);
        };
        let entry =
            EntryDraft::new(self.now(), None, EntryAction::AnonymousFailures, EntryOutcome::Failed)
                .with("count", closed.counted)
                .with("since", closed.began_at.to_string());
        if let Err(error) = self.ports.entries.append(entry).await {
            self.failures.count(self.now(), closed.counted);
            return Err(error.into());
        }
        Ok(1)
    }

    /// Counts a failure of nobody known.
    pub(crate) async fn anonymous_failure(&self) -> Result<(), Problem> {
        self.flush_failures().await?;
        self.failures.count(self.now(), 1);
        Ok(())
    }

    /// Writes down that a known credential failed to sign in.
    pub(crate) async fn known_failure(
        &self,
        login: &Login,
        credential: &CredentialId,
        reason: &str,
    ) -> Result<(), Problem> {
        self.flush_failures().await?;
        if self.failures.admits_known(self.now()) {
            let entry = EntryDraft::new(
                self.now(),
                Some(login.clone()),
                EntryAction::SignIn,
                EntryOutcome::Failed,
            )
            .with("credential", credential.0.as_str())
            .with("reason", reason);
            self.ports.entries.append(entry).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_micros(1_767_225_600_000_000);

    #[test]
    fn a_window_is_told_of_once_when_it_is_over() {
        let counter = FailureCounter::default();
        for _ in 0..1000 {
            counter.count(START, 1);
        }
        assert_eq!(counter.close(START.plus(FAILURE_WINDOW / 2)), None);
        let closed = counter.close(START.plus(FAILURE_WINDOW));
        assert_eq!(closed.map(|closed| closed.counted), Some(1000));
        assert_eq!(counter.close(START.plus(FAILURE_WINDOW * 2)), None);
    }

    #[test]
    fn known_failures_beyond_the_bound_are_only_counted() {
        let counter = FailureCounter::default();
        let admitted = (0..100).filter(|_| counter.admits_known(START)).count();
        assert_eq!(admitted, KNOWN_FAILURES_PER_WINDOW as usize);
        let closed = counter.close(START.plus(FAILURE_WINDOW));
        assert_eq!(closed.map(|closed| closed.counted), Some(80));
    }

    #[test]
    fn a_window_without_a_count_says_nothing() {
        let counter = FailureCounter::default();
        assert!(counter.admits_known(START));
        assert_eq!(counter.close(START.plus(FAILURE_WINDOW)), None);
    }
}
