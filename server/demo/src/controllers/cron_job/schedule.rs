//! Schedules of five fields, as `cron` reads them, in UTC.
//!
//! Never knows what runs.

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};

/// How far back a missed run is looked for.
const DAYS: i64 = 366;

/// When something runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    minutes: Vec<i8>,
    hours: Vec<i8>,
    days: Vec<i8>,
    months: Vec<i8>,
    weekdays: Vec<i8>,
    /// A day must match both fields, unless both say something: then one is enough.
    either_day: bool,
}

impl Schedule {
    /// Reads `30 */4 * * *`; `None` for what is no schedule.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = match text {
            "@hourly" => "0 * * * *",
            "@daily" | "@midnight" => "0 0 * * *",
            "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *",
            "@yearly" | "@annually" => "0 0 1 1 *",
            text => text,
        };
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minutes, hours, days, months, weekdays] = fields.as_slice() else {
            return None;
        };
        Some(Self {
            minutes: field(minutes, 0, 59)?,
            hours: field(hours, 0, 23)?,
            days: field(days, 1, 31)?,
            months: field(months, 1, 12)?,
            weekdays: field(weekdays, 0, 7)?.into_iter().map(|day| day % 7).collect(),
            either_day: !days.starts_with('*') && !weekdays.starts_with('*'),
        })
    }

    /// The last time at or before `until`, and after `since`, at which it was due.
    pub(crate) fn last(&self, since: Timestamp, until: Timestamp) -> Option<Timestamp> {
        let end = until.to_zoned(TimeZone::UTC).datetime();
        (0..=DAYS)
            .filter_map(|back| end.checked_sub(SignedDuration::from_hours(24 * back)).ok())
            .filter(|day| self.is_day(*day))
            .flat_map(|day| self.times(day))
            .find(|time| *time <= until)
            .filter(|time| *time > since)
    }

    /// The last few times between two others, the earliest first.
    pub(crate) fn latest(&self, since: Timestamp, until: Timestamp, most: usize) -> Vec<Timestamp> {
        let before = |time: &Timestamp| {
            let earlier = time.checked_sub(SignedDuration::from_secs(1)).ok()?;
            self.last(since, earlier)
        };
        let times = std::iter::successors(self.last(since, until), before);
        let mut times: Vec<_> = times.take(most).collect();
        times.reverse();
        times
    }

    fn is_day(&self, day: DateTime) -> bool {
        let date = self.days.contains(&day.day());
        let weekday = self.weekdays.contains(&day.weekday().to_sunday_zero_offset());
        let matches = if self.either_day { date || weekday } else { date && weekday };
        matches && self.months.contains(&day.month())
    }

    /// The times of a day, the latest first.
    fn times(&self, day: DateTime) -> impl Iterator<Item = Timestamp> {
        let hours = self.hours.iter().rev();
        let times =
            hours.flat_map(|hour| self.minutes.iter().rev().map(move |minute| (*hour, *minute)));
        times.filter_map(move |(hour, minute)| {
            let time = day.date().at(hour, minute, 0, 0);
            time.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp())
        })
    }
}

/// One field: `*`, `*/4`, `1-5`, `1-10/2`, `1,15`.
fn field(text: &str, least: i8, most: i8) -> Option<Vec<i8>> {
    let mut values = Vec::new();
    for part in text.split(',') {
        let (range, step) = part.split_once('/').unwrap_or((part, "1"));
        let step: usize = step.parse().ok().filter(|step| *step > 0)?;
        let (from, to) = match range.split_once('-') {
            Some((from, to)) => (from.parse().ok()?, to.parse().ok()?),
            None if matches!(range, "*" | "?") => (least, most),
            None if part.contains('/') => (range.parse().ok()?, most),
            None => (range.parse().ok()?, range.parse().ok()?),
        };
        if from < least || to > most || from > to {
            return None;
        }
        values.extend((from..=to).step_by(step));
    }
    values.sort_unstable();
    values.dedup();
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(schedule: &str, since: &str, until: &str) -> Option<String> {
        let (since, until) = (since.parse().unwrap(), until.parse().unwrap());
        Schedule::read(schedule).unwrap().last(since, until).map(|time| time.to_string())
    }

    #[test]
    fn the_last_due_time_is_found() {
        let since = "2026-01-01T00:00:00Z";
        let now = "2026-11-22T09:10:00Z";
        for (schedule, due) in [
            ("30 */4 * * *", "2026-11-22T08:30:00Z"),
            ("10 9 * * *", "2026-11-22T09:10:00Z"),
            ("11 9 * * *", "2026-11-21T09:11:00Z"),
            ("0 6 1 * *", "2026-11-01T06:00:00Z"),
            ("0 6 * * 1-5", "2026-11-20T06:00:00Z"),
            ("0 6 1 * 5", "2026-11-20T06:00:00Z"),
            ("@daily", "2026-11-22T00:00:00Z"),
            ("*/15 * * * *", "2026-11-22T09:00:00Z"),
        ] {
            assert_eq!(last(schedule, since, now).as_deref(), Some(due), "{schedule}");
        }
        assert_eq!(last("0 2 * * *", "2026-11-22T02:00:00Z", now), None, "it has run already");
    }

    #[test]
    fn the_latest_times_come_in_order() {
        let schedule = Schedule::read("0 */4 * * *").unwrap();
        let (since, now) =
            ("2026-11-22T00:00:00Z".parse().unwrap(), "2026-11-22T13:00:00Z".parse().unwrap());
        let times = schedule.latest(since, now, 2).into_iter().map(|time| time.to_string());
        assert_eq!(times.collect::<Vec<_>>(), ["2026-11-22T08:00:00Z", "2026-11-22T12:00:00Z"]);
    }

    #[test]
    fn what_is_no_schedule_is_not_read() {
        for bad in ["", "* * * *", "61 * * * *", "*/0 * * * *", "5-1 * * * *", "daily"] {
            assert_eq!(Schedule::read(bad), None, "{bad}");
        }
    }
}
