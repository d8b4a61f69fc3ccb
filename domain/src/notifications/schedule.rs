//! When a delivery that failed is attempted again, and when it is given up.

use std::time::Duration;

use super::Delivery;
use crate::time::Timestamp;

/// How long a worker holds a delivery; if it did not settle it by then, others take it for fallen.
pub const LEASE: Duration = Duration::from_mins(1);
/// How many deliveries to one destination are under way at once, per replica.
pub const AT_ONCE: usize = 4;
/// After how many attempts in vain a delivery is stuck.
pub const STUCK_AFTER: u32 = 5;
/// How long a delivery is attempted.
pub const GIVE_UP_AFTER: Duration = Duration::from_hours(24);
/// How long a delivery that was given up can still be looked at and attempted again.
pub const KEEP_GIVEN_UP: Duration = Duration::from_hours(30 * 24);

/// The wait after the first attempt; each further one is twice as long …
const SHORTEST: Duration = Duration::from_secs(10);
/// … up to this.
const LONGEST: Duration = Duration::from_hours(1);

impl Delivery {
    /// When it is attempted again, having failed now; never, when its time is over. `chance` spreads attempts
    /// that failed together by up to a fifth.
    pub(super) fn next_attempt(
        &self,
        now: Timestamp,
        retry_after: Option<Duration>,
        chance: u16,
    ) -> Option<Timestamp> {
        let end = self.since.plus(GIVE_UP_AFTER);
        let asked = retry_after.unwrap_or_default().min(LONGEST);
        let wait = spread(doubled(self.attempts), chance).max(asked);
        (now < end).then(|| now.plus(wait).min(end))
    }
}

fn doubled(attempts: u32) -> Duration {
    let factor = 1_u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
    SHORTEST.saturating_mul(factor).min(LONGEST)
}

/// Between 800 and 1200 thousandths of it.
fn spread(wait: Duration, chance: u16) -> Duration {
    wait * (800 + ((u32::from(chance) * 401) >> 16)) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        let waits: Vec<_> = (1..=11).map(|attempts| doubled(attempts).as_secs()).collect();
        assert_eq!(waits, [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
        assert_eq!(doubled(u32::MAX), LONGEST);
        assert_eq!(doubled(0), SHORTEST);
    }

    #[test]
    fn chance_moves_a_wait_by_a_fifth_at_most() {
        let spread = |chance| spread(Duration::from_secs(10), chance).as_millis();
        assert_eq!((spread(0), spread(0x8000), spread(u16::MAX)), (8_000, 10_000, 12_000));
    }
}
