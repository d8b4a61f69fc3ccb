//! The machine's clock: the one place that reads it.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use domain::time::{Clock, ClockJump, SteadyTime, Timestamp};

const OFF: &str = "sekisho_clock_off_seconds";

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the adapter behind the `Clock` port")]
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(jiff::Timestamp::now().as_microsecond())
    }
}

/// The machine's clock as a console follows it: held against a count of the time that went by, so that nothing lasts
/// longer because somebody set the clock back.
#[derive(Debug)]
pub struct SteadyClock {
    began: Instant,
    seen: Mutex<Seen>,
}

/// What was seen last.
#[derive(Debug)]
struct Seen {
    time: SteadyTime,
    jump: Option<ClockJump>,
}

/// Says what the figure means.
pub fn describe_clock() {
    metrics::describe_gauge!(
        OFF,
        "How far the machine's clock jumped ahead (positive) or back (negative), in seconds"
    );
}

impl SteadyClock {
    /// Begins to count.
    #[must_use]
    pub fn begin() -> Self {
        let (began, clock) = (Instant::now(), SystemClock.now());
        let time = SteadyTime::new(clock, began.elapsed());
        Self { began, seen: Mutex::new(Seen { time, jump: None }) }
    }
}

impl Clock for SteadyClock {
    fn now(&self) -> Timestamp {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (now, jump) = seen.time.at(SystemClock.now(), self.began.elapsed());
        if is_another(seen.jump, jump) {
            tell(jump);
        }
        seen.jump = jump;
        now
    }
}

/// Whether it jumped, or is back: how far it is off moves a little each time.
fn is_another(before: Option<ClockJump>, now: Option<ClockJump>) -> bool {
    use std::mem::discriminant;
    before.as_ref().map(discriminant) != now.as_ref().map(discriminant)
}

fn tell(jump: Option<ClockJump>) {
    let off = match jump {
        None => 0.0,
        Some(ClockJump::Ahead(by)) => by.as_secs_f64(),
        Some(ClockJump::Behind(by)) => -by.as_secs_f64(),
    };
    metrics::gauge!(OFF).set(off);
    match jump {
        None => tracing::info!("the machine's clock agrees with the time that went by"),
        Some(ClockJump::Ahead(by)) => {
            tracing::warn!(
                seconds = by.as_secs(),
                "the machine's clock jumped ahead: what is to end may end early"
            );
        }
        Some(ClockJump::Behind(by)) => {
            tracing::error!(
                seconds = by.as_secs(),
                "the machine's clock was set back: the time that went by is followed until the console begins again"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_with_the_machine_while_nobody_sets_that() {
        let steady = SteadyClock::begin();
        let before = SystemClock.now();
        let now = steady.now();
        assert!(before <= now && now <= SystemClock.now());
    }
}
