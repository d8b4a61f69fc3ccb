//! Moments as text (RFC 3339 §5.6). Knows no time zones beyond an offset, and no leap seconds.
//!
//! By hand because pages read and write moments too: a calendar library would be a twentieth of what a browser fetches.

use std::fmt;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
/// The Gregorian calendar repeats itself after so many days, which are 400 years.
const ERA: i64 = 146_097;
/// From 0000-03-01, where the count of eras begins, to 1970-01-01.
const DAYS_TO_EPOCH: i64 = 719_468;

/// Writes microseconds since 1970 in UTC, with six decimals.
pub(super) fn write(micros: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (days, time) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
    let (year, month, day) = date(days);
    if !(0..=9999).contains(&year) {
        return write!(f, "{micros}us");
    }
    let (seconds, fraction) = (time / SECOND, time % SECOND);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:06}Z")
}

/// Reads microseconds since 1970; finer decimals are cut off.
pub(super) fn read(text: &str) -> Option<i64> {
    let (moment, rest) = text.split_at_checked("YYYY-MM-DDThh:mm:ss".len())?;
    let (day, time) = moment.split_once(['T', 't'])?;
    let [year, month, day] = numbers(day, '-', [4, 2, 2])?;
    let days = days(year, month, day);
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    if date(days) != (year, month, day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?),
        None => ("0", rest),
    };
    // A leap second counts as the second before it.
    let seconds = hour * 3600 + minute * 60 + second.min(59) - offset(zone)?;
    Some(days * DAY + seconds * SECOND + micros(fraction)?)
}

/// Seconds east of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("Z") {
        return Some(0);
    }
    let (direction, zone) = match zone.split_at_checked(1)? {
        ("+", zone) => (1, zone),
        ("-", zone) => (-1, zone),
        _ => return None,
    };
    let [hours, minutes] = numbers(zone, ':', [2, 2])?;
    (hours <= 23 && minutes <= 59).then_some(direction * (hours * 3600 + minutes * 60))
}

/// The first six decimals, of which there must be one at least.
fn micros(fraction: &str) -> Option<i64> {
    let digits = &fraction[..fraction.len().min(6)];
    let scale = 10_i64.pow(6 - u32::try_from(digits.len()).ok()?);
    Some(number(digits)? * scale)
}

fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(separator);
    let mut found = [0; N];
    for (found, digits) in found.iter_mut().zip(digits) {
        *found = number(parts.next().filter(|part| part.len() == digits)?)?;
    }
    parts.next().is_none().then_some(found)
}

/// Unlike `parse`, takes no sign.
fn number(digits: &str) -> Option<i64> {
    digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar. Years are counted from March, so that the
/// leap day is the last; of 153 days are five months from there on.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA + year * 365 + year / 4 - year / 100 + day_of_year - DAYS_TO_EPOCH
}

/// The date of a day; the inverse of [`days`].
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_TO_EPOCH;
    let (era, days) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let year = (days - days / 1460 + days / 36_524 - days / 146_096) / 365;
    let day_of_year = days - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    (year + era * 400, month, day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::Timestamp, read};

    /// From the year 0 to the end of 9999.
    const MOMENTS: std::ops::Range<i64> = -62_167_219_200_000_000..253_402_207_200_000_000;

    proptest! {
        #[test]
        fn a_calendar_library_writes_and_reads_the_same(micros in MOMENTS) {
            let theirs = jiff::Timestamp::from_microsecond(micros).unwrap();
            let ours = Timestamp::from_micros(micros).to_string();
            prop_assert_eq!(&ours, &format!("{theirs:.6}"));
            prop_assert_eq!(read(&ours), Some(micros));
        }

        #[test]
        fn any_date_and_offset_is_read_as_a_calendar_library_reads_it(
            // Before 1970 the library cuts decimals finer than ours off upwards.
            year in 1970..9999, month in 0..14, day in 0..33, offset in -23..24, fraction in "[0-9]{1,9}",
        ) {
            let text = format!("{year:04}-{month:02}-{day:02}T12:34:56.{fraction}{offset:+03}:30");
            let theirs = text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_microsecond);
            prop_assert_eq!(read(&text), theirs, "{}", text);
        }

        #[test]
        fn no_text_is_too_odd(text in ".{0,40}") {
            let _ = read(&text);
        }
    }

    #[test]
    fn what_is_almost_a_moment_is_none() {
        for text in [
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-02-29T00:00:00Z",
            "2026-01-01T00:00:00+24:00",
            "2026-1-001T00:00:00Z",
            "+026-01-01T00:00:00Z",
            "2026-01-01T00:00:00Z ",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("2016-12-31T23:59:60Z"), read("2016-12-31T23:59:59Z"));
        assert_eq!(read("2026-01-01T09:00:00+09:00"), read("2026-01-01T00:00:00Z"));
    }
}
