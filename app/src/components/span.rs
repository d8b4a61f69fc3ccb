//! Spans and moments as text.

use std::time::Duration;

use domain::time::Timestamp;

use crate::messages::{Phrases, times};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A span in its largest unit, rounded down: `12 s`, `5 min`, `3 h`, `40 d`.
pub(crate) fn span(t: Phrases, span: Duration) -> String {
    let seconds = span.as_secs();
    let (message, n) = match seconds {
        ..MINUTE => (times::SECONDS, seconds),
        MINUTE..HOUR => (times::MINUTES, seconds / MINUTE),
        HOUR..DAY => (times::HOURS, seconds / HOUR),
        DAY.. => (times::DAYS, seconds / DAY),
    };
    t.fill(message, &[("n", &n)])
}

/// How long ago a moment was.
pub(crate) fn ago(t: Phrases, now: Timestamp, at: Timestamp) -> String {
    let passed = now.since(at);
    if passed < Duration::from_secs(5) {
        return t.say(times::JUST_NOW).to_owned();
    }
    t.fill(times::AGO, &[("span", &span(t, passed))])
}

/// How far ahead a moment is.
pub(crate) fn ahead(t: Phrases, now: Timestamp, at: Timestamp) -> String {
    t.fill(times::AHEAD, &[("span", &span(t, at.since(now)))])
}

/// A moment to the second, in UTC: `2026-01-01 00:00:00 UTC`.
pub(crate) fn exact(at: Timestamp) -> String {
    let text = at.to_string();
    match (text.get(..10), text.get(11..19)) {
        (Some(date), Some(time)) => format!("{date} {time} UTC"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Language;

    const NOW: Timestamp = Timestamp::from_micros(1_767_225_600_000_000);

    #[test]
    fn a_span_is_told_in_its_largest_unit() {
        let t = Phrases(Language::English);
        for (seconds, expected) in
            [(0, "0 s"), (59, "59 s"), (60, "1 min"), (7199, "1 h"), (90_000, "1 d")]
        {
            assert_eq!(span(t, Duration::from_secs(seconds)), expected);
        }
        assert_eq!(span(Phrases(Language::Japanese), Duration::from_mins(5)), "5分");
    }

    #[test]
    fn moments_are_told_from_now() {
        let t = Phrases(Language::English);
        let minute = Duration::from_mins(1);
        assert_eq!(ago(t, NOW, NOW.minus(minute)), "1 min ago");
        assert_eq!(ago(t, NOW, NOW.plus(minute)), "just now");
        assert_eq!(ahead(t, NOW, NOW.plus(minute)), "in 1 min");
        assert_eq!(exact(NOW), "2026-01-01 00:00:00 UTC");
    }
}
