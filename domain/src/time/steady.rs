//! The time of a machine whose clock may jump: what is to end does not last longer for that.

use std::time::Duration;

use super::Timestamp;

/// How far clock and count may drift apart between two looks: a clock that is set gently is followed.
const DRIFT: Duration = Duration::from_secs(5);
/// How long a clock must stay ahead until it is believed: a machine that slept is ahead for good.
const BELIEVED_AFTER: Duration = Duration::from_hours(1);

/// A clock held against a count of the time that went by, which nobody can set.
#[derive(Clone, Copy, Debug)]
pub struct SteadyTime {
    /// When the count began, as far as the clock is believed.
    anchor: Timestamp,
    /// At which count the clock was first seen ahead.
    ahead_since: Option<Duration>,
}

/// How a clock stands to what the count says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockJump {
    /// It is so far ahead: what is to end ends early.
    Ahead(Duration),
    /// It is so far behind: the count is followed, and nothing lasts longer.
    Behind(Duration),
}

impl SteadyTime {
    /// Begins with what the clock says at that count.
    #[must_use]
    pub fn new(clock: Timestamp, count: Duration) -> Self {
        Self { anchor: clock.minus(count), ahead_since: None }
    }

    /// The present moment: the later of both, which are one while the clock is set gently. A clock that was set back is
    /// not followed until the console begins again; one that was set ahead is followed at once, and believed after an hour.
    pub fn at(&mut self, clock: Timestamp, count: Duration) -> (Timestamp, Option<ClockJump>) {
        let counted = self.anchor.plus(count);
        let (ahead, behind) = (clock.since(counted), counted.since(clock));
        if ahead > DRIFT {
            let since = *self.ahead_since.get_or_insert(count);
            if count.saturating_sub(since) < BELIEVED_AFTER {
                return (clock, Some(ClockJump::Ahead(ahead)));
            }
        } else if behind > DRIFT {
            self.ahead_since = None;
            return (counted, Some(ClockJump::Behind(behind)));
        }
        *self = Self::new(clock, count);
        (clock, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_micros(1_767_225_600_000_000);
    const MINUTE: Duration = Duration::from_mins(1);

    fn begun() -> SteadyTime {
        SteadyTime::new(START, Duration::ZERO)
    }

    #[test]
    fn a_clock_that_is_set_gently_is_followed() {
        let mut time = begun();
        for minute in 1..1000_u32 {
            // Four seconds slower in every minute.
            let clock = START.plus(Duration::from_secs(56) * minute);
            assert_eq!(time.at(clock, MINUTE * minute), (clock, None));
        }
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nothing_last_longer() {
        let mut time = begun();
        let hour = Duration::from_hours(1);
        for minutes in [1_u32, 2, 600] {
            let (count, clock) = (MINUTE * minutes, START.plus(MINUTE * minutes).minus(hour));
            let told = time.at(clock, count);
            assert_eq!(told, (START.plus(count), Some(ClockJump::Behind(hour))));
        }
        let count = MINUTE * 601;
        assert_eq!(time.at(START.plus(count), count), (START.plus(count), None), "it was mended");
    }

    #[test]
    fn a_clock_that_is_set_ahead_is_followed_and_left_when_it_is_mended() {
        let mut time = begun();
        let year = Duration::from_hours(24 * 365);
        let ahead = START.plus(year + MINUTE);
        assert_eq!(time.at(ahead, MINUTE), (ahead, Some(ClockJump::Ahead(year))));
        let mended = START.plus(MINUTE * 2);
        assert_eq!(time.at(mended, MINUTE * 2), (mended, None));
    }

    #[test]
    fn a_machine_that_slept_is_believed_after_an_hour() {
        let mut time = begun();
        let slept = Duration::from_hours(8);
        let at = |minutes: u32| (START.plus(slept + MINUTE * minutes), MINUTE * minutes);
        for minutes in [1, 60] {
            let (clock, count) = at(minutes);
            assert_eq!(time.at(clock, count), (clock, Some(ClockJump::Ahead(slept))));
        }
        let (clock, count) = at(61);
        assert_eq!(time.at(clock, count), (clock, None));
    }

    #[test]
    fn a_mended_clock_is_not_believed_for_an_earlier_jump() {
        let mut time = begun();
        let hour = Duration::from_hours(1);
        time.at(START.plus(hour + MINUTE), MINUTE);
        time.at(START.plus(MINUTE * 2), MINUTE * 2);
        let (clock, count) = (START.plus(hour + MINUTE * 70), MINUTE * 70);
        assert_eq!(
            time.at(clock, count),
            (clock, Some(ClockJump::Ahead(hour))),
            "a jump of its own"
        );
    }
}
