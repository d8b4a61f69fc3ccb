//! Who is on call when, as `oncall.toml` says: by shifts of every week and by calendars, each with the role that goes
//! with it.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{CalendarShifts, RoleName};
use crate::{names::Login, time::Timestamp};

/// Everybody's shifts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnCall {
    /// Those that come every week.
    pub weekly: Vec<Shift>,
    /// Those that calendars tell, one for each rotation that has a calendar.
    pub by_calendar: Vec<CalendarShifts>,
}

/// A shift that comes every week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Whose.
    pub person: Login,
    /// What they are trusted with while it lasts.
    pub role: RoleName,
    /// When it begins.
    pub from: WeekTime,
    /// When it is over; before or at its beginning, that is in the next week.
    pub until: WeekTime,
}

/// A minute of the week in UTC, counted from Monday, 00:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WeekTime(u32);

const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl OnCall {
    /// The roles that a person has because they are on call at that moment.
    #[must_use]
    pub fn roles_of(&self, person: &Login, at: Timestamp) -> BTreeSet<&RoleName> {
        let now = WeekTime::of(at);
        let theirs = self.weekly.iter().filter(|shift| shift.person == *person);
        let weekly = theirs.filter(|shift| shift.covers(now)).map(|shift| &shift.role);
        let calendars = self.by_calendar.iter();
        let dated = calendars.filter(|calendar| calendar.has_on_call(person, at));
        weekly.chain(dated.map(|calendar| &calendar.role)).collect()
    }

    /// Every role that goes with a shift, now or at any time.
    #[must_use]
    pub fn roles(&self) -> BTreeSet<&RoleName> {
        let calendars = self.by_calendar.iter().map(|calendar| &calendar.role);
        self.weekly.iter().map(|shift| &shift.role).chain(calendars).collect()
    }
}

impl Shift {
    fn covers(&self, now: WeekTime) -> bool {
        if self.from < self.until {
            return self.from <= now && now < self.until;
        }
        // It goes on past the end of the week; the same minute twice is the whole of it.
        self.from <= now || now < self.until
    }
}

impl WeekTime {
    /// The minute of the week that a moment falls in.
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        /// 1970-01-01 was a Thursday.
        const FIRST_DAY: i64 = 3 * DAY as i64;
        let minutes = at.as_micros().div_euclid(60_000_000) + FIRST_DAY;
        Self(u32::try_from(minutes.rem_euclid(i64::from(WEEK))).unwrap_or(0))
    }
}

/// The text is no minute of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a minute of the week is written such as \"Mon 09:00\", in UTC")]
pub struct NotAWeekTime;

impl FromStr for WeekTime {
    type Err = NotAWeekTime;

    fn from_str(text: &str) -> Result<Self, NotAWeekTime> {
        let (day, clock) = text.split_once(' ').ok_or(NotAWeekTime)?;
        let (hour, minute) = clock.split_once(':').ok_or(NotAWeekTime)?;
        let day = (0_u32..).zip(DAYS).find(|(_, name)| *name == day).ok_or(NotAWeekTime)?.0;
        let number = |text: &str, below: u32| {
            let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            let number = text.parse::<u32>().ok();
            number.filter(|number| digits && *number < below).ok_or(NotAWeekTime)
        };
        Ok(Self(day * DAY + number(hour, 24)? * 60 + number(minute, 60)?))
    }
}

impl fmt::Display for WeekTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, minute) = (self.0 / DAY, self.0 % DAY);
        let name = DAYS.get(day as usize).copied().unwrap_or_default();
        write!(f, "{name} {:02}:{:02}", minute / 60, minute % 60)
    }
}

impl TryFrom<String> for WeekTime {
    type Error = NotAWeekTime;

    fn try_from(text: String) -> Result<Self, NotAWeekTime> {
        text.parse()
    }
}

impl From<WeekTime> for String {
    fn from(time: WeekTime) -> Self {
        time.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::DatedShift;

    fn shift(person: &str, from: &str, until: &str) -> Shift {
        Shift {
            person: person.parse().unwrap(),
            role: "on-duty".to_owned(),
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
        }
    }

    fn on_duty(shifts: &[Shift], at: &str) -> Vec<String> {
        let on_call = OnCall { weekly: shifts.to_vec(), by_calendar: Vec::new() };
        let at = at.parse().unwrap();
        let people = shifts.iter().map(|shift| shift.person.clone()).collect::<BTreeSet<_>>();
        let on_duty = people.into_iter().filter(|it| !on_call.roles_of(it, at).is_empty());
        on_duty.map(|login| login.to_string()).collect()
    }

    #[test]
    fn a_shift_begins_with_its_first_minute_and_is_over_with_its_last() {
        let shifts =
            [shift("first", "Mon 09:00", "Thu 09:00"), shift("second", "Thu 09:00", "Mon 09:00")];
        // 2026-01-05 is a Monday.
        for (at, who) in [
            ("2026-01-05T08:59:59Z", "second"),
            ("2026-01-05T09:00:00Z", "first"),
            ("2026-01-08T08:59:59Z", "first"),
            ("2026-01-08T09:00:00Z", "second"),
            ("2026-01-11T23:59:59Z", "second"),
            ("2026-01-12T00:00:00Z", "second"),
        ] {
            assert_eq!(on_duty(&shifts, at), [who], "{at}");
        }
    }

    #[test]
    fn the_same_minute_twice_is_the_whole_week() {
        let always = [shift("first", "Mon 00:00", "Mon 00:00")];
        assert_eq!(on_duty(&always, "1969-12-31T23:59:59Z"), ["first"]);
    }

    #[test]
    fn weekly_shifts_and_calendars_stand_side_by_side() {
        let from = "2026-01-05T09:00:00Z".parse().unwrap();
        let until = "2026-01-05T10:00:00Z".parse().unwrap();
        let person: Login = "first".parse().unwrap();
        let calendar = CalendarShifts {
            role: "by-calendar".to_owned(),
            known: from..until,
            shifts: vec![DatedShift { person: person.clone(), from, until }],
        };
        let weekly = vec![shift("first", "Mon 00:00", "Mon 00:00")];
        let on_call = OnCall { weekly, by_calendar: vec![calendar] };
        let (both, one) =
            (["by-calendar".to_owned(), "on-duty".to_owned()], ["on-duty".to_owned()]);
        assert_eq!(on_call.roles_of(&person, from), both.iter().collect());
        assert_eq!(on_call.roles_of(&person, until), one.iter().collect());
        assert_eq!(on_call.roles(), both.iter().collect(), "rules may name either at any time");
    }

    #[test]
    fn minutes_are_read_as_they_are_written_and_nothing_else_is() {
        for text in ["Mon 00:00", "Sun 23:59"] {
            assert_eq!(text.parse::<WeekTime>().unwrap().to_string(), text);
        }
        for odd in [
            "",
            "Mon",
            "mon 09:00",
            "Mon 9:00",
            "Mon 24:00",
            "Mon 09:60",
            "Mon 09:00:00",
            "Mon +9:00",
        ] {
            assert_eq!(odd.parse::<WeekTime>(), Err(NotAWeekTime), "{odd}");
        }
    }
}
