//! What kills the process, and when: at one point, in the life of the first request that was made here.

use std::{
    io::{Write as _, stderr},
    sync::{Mutex, OnceLock, PoisonError},
    thread,
    time::Duration,
};

use domain::ids::RequestId;
use rustix::process::{Signal, getpid, kill_process};

use super::{Chance, CrashPoint};

/// The point at which this process dies, if at any.
#[derive(Debug)]
pub struct Trigger {
    point: Option<CrashPoint>,
    chance: Mutex<Chance>,
    aim: OnceLock<RequestId>,
}

impl Trigger {
    /// Dies at this point; where the point is a race, chance decides when.
    #[must_use]
    pub fn new(point: Option<CrashPoint>, chance: Chance) -> Self {
        Self { point, chance: Mutex::new(chance), aim: OnceLock::new() }
    }

    /// A request was made here. The first is the one to die over: older ones meet that as a surprise.
    pub(super) fn aim(&self, request: RequestId) {
        let _ = self.aim.set(request);
    }

    /// Dies, if this is the point.
    pub(super) fn pass(&self, point: CrashPoint, request: RequestId) {
        if self.is_due(point, request) {
            announce(point, request);
            die();
        }
    }

    /// Dies within `span` of `start`, if this is the point; the caller goes on until then.
    pub(super) fn race(
        &self,
        point: CrashPoint,
        request: RequestId,
        start: Duration,
        span: Duration,
    ) {
        if self.is_due(point, request) {
            let chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner).within(span);
            announce(point, request);
            thread::spawn(move || {
                thread::sleep(start + chance);
                die()
            });
        }
    }

    /// The race is over: dies if it was run.
    pub(super) fn end_race(&self, point: CrashPoint, request: RequestId) {
        if self.is_due(point, request) {
            die();
        }
    }

    fn is_due(&self, point: CrashPoint, request: RequestId) -> bool {
        self.point == Some(point) && self.aim.get() == Some(&request)
    }
}

/// Says where it dies, for whoever reads the log.
fn announce(point: CrashPoint, request: RequestId) {
    let _ = writeln!(stderr(), "crashing at {point} over {request}");
}

/// Ends this process at once: nothing is flushed, closed or told.
fn die() -> ! {
    let _ = kill_process(getpid(), Signal::KILL);
    loop {
        thread::park();
    }
}
