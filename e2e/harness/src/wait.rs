//! Waits for a condition, with a deadline. The one place in the harness that sleeps, and
//! only between two looks at the condition.

use std::{
    thread,
    time::{Duration, Instant},
};

/// How long to rest between two looks.
const PAUSE: Duration = Duration::from_millis(25);

/// The condition did not come true in time.
#[derive(Debug, thiserror::Error)]
#[error("waited {} s in vain for {what}", waited.as_secs())]
pub struct TimedOut {
    /// What was waited for.
    pub what: String,
    /// For how long.
    pub waited: Duration,
}

/// Looks until `look` finds something, at most for `limit`.
pub fn until<T>(
    what: &str,
    limit: Duration,
    mut look: impl FnMut() -> Option<T>,
) -> Result<T, TimedOut> {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return Ok(found);
        }
        if begun.elapsed() >= limit {
            return Err(TimedOut { what: what.to_owned(), waited: limit });
        }
        thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_appears_later() {
        let mut looks = 0;

        let found = until("the third look", Duration::from_secs(5), || {
            looks += 1;
            (looks == 3).then_some("here")
        });

        assert_eq!(found.expect("found"), "here");
    }

    #[test]
    fn gives_up_and_says_on_what() {
        let error = until("nothing", Duration::ZERO, || None::<()>).expect_err("never true");

        assert_eq!(error.to_string(), "waited 0 s in vain for nothing");
    }
}
