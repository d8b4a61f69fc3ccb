//! Moments and lengths of time as calendars write them (RFC 5545 §3.3.4 to §3.3.6).

use domain::time::Timestamp;
use jiff::{Span, civil::DateTime, tz::TimeZone};

use super::{CalendarTrouble, content_line::ContentLine, zones::Zones};

/// No event begins earlier or ends later; it bounds how far rules are walked.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2199;

/// A day, or a time on the wall of its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) wall: DateTime,
    pub(super) zone: TimeZone,
    pub(super) form: Form,
}

/// How a moment was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As a day, which begins at midnight.
    Day,
    /// As a time.
    Time,
}

impl Moment {
    /// The one moment that a property holds.
    pub(super) fn read(line: &ContentLine, zones: &mut Zones) -> Result<Self, CalendarTrouble> {
        Self::read_value(line, &line.value, zones)
    }

    /// The moments that a property lists.
    pub(super) fn read_list(
        line: &ContentLine,
        zones: &mut Zones,
    ) -> Result<Vec<Self>, CalendarTrouble> {
        line.value.split(',').map(|value| Self::read_value(line, value, zones)).collect()
    }

    /// A moment that is a part of a property's value.
    pub(super) fn read_value(
        line: &ContentLine,
        value: &str,
        zones: &mut Zones,
    ) -> Result<Self, CalendarTrouble> {
        let (wall, form, utc) = written(value).ok_or_else(|| {
            line.trouble(format!("{value:?} is no moment, such as 20260105T090000Z or 20260105"))
        })?;
        let zone = match line.parameter("TZID") {
            _ if utc => TimeZone::UTC,
            Some(name) if form == Form::Time => zones.named(name).ok_or_else(|| {
                line.trouble(format!(
                    "{name:?} is no time zone by its IANA name, such as Asia/Tokyo"
                ))
            })?,
            _ => zones.floating().ok_or_else(|| {
                line.trouble("a day or a time without a zone needs the rotation's time_zone")
            })?,
        };
        Ok(Self { wall, zone, form })
    }

    /// The same form and zone, at another time on the wall.
    pub(super) fn on_wall(&self, wall: DateTime) -> Self {
        Self { wall, ..self.clone() }
    }

    /// When that is. A time that the clocks skip counts as if they had not; one that comes twice is the first (§3.3.5).
    pub(super) fn at(&self) -> Timestamp {
        micros(self.zone.to_timestamp(self.wall).ok())
    }

    /// So much later: days by the wall, hours by the clock.
    pub(super) fn plus(&self, span: Span) -> Timestamp {
        let zoned = self.zone.to_zoned(self.wall);
        micros(zoned.and_then(|zoned| zoned.checked_add(span)).ok().map(|zoned| zoned.timestamp()))
    }
}

/// A moment of ours; what lies outside of time is at its end.
fn micros(moment: Option<jiff::Timestamp>) -> Timestamp {
    Timestamp::from_micros(moment.map_or(i64::MAX, jiff::Timestamp::as_microsecond))
}

/// The wall, the form, and whether it is in UTC.
fn written(value: &str) -> Option<(DateTime, Form, bool)> {
    let (text, utc) = value.strip_suffix('Z').map_or((value, false), |text| (text, true));
    let (day, time) = text.split_once('T').map_or((text, None), |(day, time)| (day, Some(time)));
    let number = |text: &str, digits: std::ops::Range<usize>| text.get(digits)?.parse::<i8>().ok();
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(day, 8) || (utc && time.is_none()) {
        return None;
    }
    let year = day[..4].parse().ok().filter(|year| YEARS.contains(year))?;
    let (month, day) = (number(day, 4..6)?, number(day, 6..8)?);
    let [hour, minute, second] = match time {
        None => [0; 3],
        Some(time) if digits(time, 6) => {
            [number(time, 0..2)?, number(time, 2..4)?, number(time, 4..6)?]
        }
        Some(_) => return None,
    };
    let wall = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    Some((wall, if time.is_some() { Form::Time } else { Form::Day }, utc))
}

/// A length of time, which is none below zero.
pub(super) fn duration(line: &ContentLine) -> Result<Span, CalendarTrouble> {
    let text = line.value.strip_prefix('+').unwrap_or(&line.value);
    let span: Option<Span> = text.starts_with('P').then(|| text.parse().ok()).flatten();
    span.filter(|span| span.get_years() == 0 && span.get_months() == 0).ok_or_else(|| {
        line.trouble(format!("{:?} is no length of time, such as P7D or PT12H", line.value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{content_line::content_lines, time_zone};

    fn read(text: &str, floating: Option<&str>) -> Result<String, String> {
        let line = content_lines(text.as_bytes()).unwrap().remove(0);
        let mut zones = Zones::new(floating.and_then(time_zone));
        Moment::read(&line, &mut zones).map(|moment| moment.at().to_string()).map_err(|e| e.reason)
    }

    #[test]
    fn moments_are_read_in_their_zones() {
        let tokyo = Some("Asia/Tokyo");
        for (text, floating, expected) in [
            ("X:20260105T090000Z", None, "2026-01-05T09:00:00.000000Z"),
            ("X;VALUE=DATE-TIME:20260105T090000Z", tokyo, "2026-01-05T09:00:00.000000Z"),
            ("X;TZID=Europe/Berlin:20260105T090000", None, "2026-01-05T08:00:00.000000Z"),
            ("X;TZID=Europe/Berlin:20260705T090000", tokyo, "2026-07-05T07:00:00.000000Z"),
            ("X:20260105T090000", tokyo, "2026-01-05T00:00:00.000000Z"),
            ("X;VALUE=DATE:20260105", tokyo, "2026-01-04T15:00:00.000000Z"),
        ] {
            assert_eq!(read(text, floating).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_time_that_the_clocks_skip_or_show_twice_is_one_moment() {
        // Berlin: 2026-03-29 02:00 is followed by 03:00; 2026-10-25 03:00 by 02:00.
        for (text, expected) in [
            ("X;TZID=Europe/Berlin:20260329T023000", "2026-03-29T01:30:00.000000Z"),
            ("X;TZID=Europe/Berlin:20261025T023000", "2026-10-25T00:30:00.000000Z"),
        ] {
            assert_eq!(read(text, None).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for odd in [
            "X:",
            "X:soon",
            "X:20260105T0900",
            "X:20261305",
            "X:20260230T090000Z",
            "X:20260105T240000Z",
            "X:20260105Z",
            "X:00010101T000000Z",
            "X:99991231T000000Z",
            "X:2026-01-05T09:00:00Z",
            "X:+2260105T090000Z",
            "X:20260105T0900+1Z",
            "X;TZID=Nowhere/Town:20260105T090000",
            "X:20260105T090000",
            "X:20260105",
        ] {
            assert!(read(odd, None).is_err(), "{odd}");
        }
    }

    #[test]
    fn lengths_of_time_are_days_and_hours() {
        let span = |text: &str| duration(&content_lines(text.as_bytes()).unwrap()[0]);
        for good in ["DURATION:P7D", "DURATION:P1W", "DURATION:PT12H", "DURATION:+P1DT2H3M4S"] {
            assert!(span(good).is_ok(), "{good}");
        }
        for bad in
            ["DURATION:7 days", "DURATION:-PT1H", "DURATION:P1M", "DURATION:P1Y", "DURATION:P"]
        {
            assert!(span(bad).is_err(), "{bad}");
        }
    }
}
