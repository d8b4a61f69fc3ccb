//! Shifts that a calendar tells: each with its own beginning and end, and known for a while only.

use std::ops::Range;

use super::RoleName;
use crate::{names::Login, time::Timestamp};

/// What the calendar of one rotation tells, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarShifts {
    /// What whoever is on call is trusted with.
    pub role: RoleName,
    /// When that is known; outside of it nobody is on call by this calendar, whatever its shifts say.
    pub known: Range<Timestamp>,
    /// Who, when.
    pub shifts: Vec<DatedShift>,
}

/// A shift that comes once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DatedShift {
    /// Whose.
    pub person: Login,
    /// When it begins.
    pub from: Timestamp,
    /// When it is over.
    pub until: Timestamp,
}

impl CalendarShifts {
    /// A calendar that is not known at all: nobody is on call by it.
    #[must_use]
    pub fn unknown(role: RoleName) -> Self {
        let never = Timestamp::from_micros(0);
        Self { role, known: never..never, shifts: Vec::new() }
    }

    /// Whether a person is on call by it at that moment.
    #[must_use]
    pub fn has_on_call(&self, person: &Login, at: Timestamp) -> bool {
        let covers = |shift: &DatedShift| shift.person == *person && shift.covers(at);
        self.known.contains(&at) && self.shifts.iter().any(covers)
    }
}

impl DatedShift {
    fn covers(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn calendar() -> CalendarShifts {
        CalendarShifts {
            role: "on-duty".to_owned(),
            known: at("2026-01-05T00:00:00Z")..at("2026-01-06T09:00:00Z"),
            shifts: vec![DatedShift {
                person: "first".parse().unwrap(),
                from: at("2026-01-05T09:00:00Z"),
                until: at("2026-01-07T09:00:00Z"),
            }],
        }
    }

    #[test]
    fn a_shift_holds_from_its_first_moment_up_to_its_last_while_it_is_known() {
        let first = "first".parse().unwrap();
        for (moment, on_call) in [
            ("2026-01-05T08:59:59.999999Z", false),
            ("2026-01-05T09:00:00Z", true),
            ("2026-01-06T08:59:59.999999Z", true),
            ("2026-01-06T09:00:00Z", false),
        ] {
            assert_eq!(calendar().has_on_call(&first, at(moment)), on_call, "{moment}");
        }
        let mut known_longer = calendar();
        known_longer.known.end = at("2026-02-01T00:00:00Z");
        assert!(known_longer.has_on_call(&first, at("2026-01-07T08:59:59Z")));
        assert!(!known_longer.has_on_call(&first, at("2026-01-07T09:00:00Z")));
    }

    #[test]
    fn nobody_is_on_call_by_what_is_not_known() {
        let unknown =
            CalendarShifts { shifts: calendar().shifts, ..CalendarShifts::unknown(String::new()) };
        assert!(!unknown.has_on_call(&"first".parse().unwrap(), at("2026-01-05T10:00:00Z")));
    }

    #[test]
    fn another_person_is_not_on_call() {
        assert!(!calendar().has_on_call(&"second".parse().unwrap(), at("2026-01-05T10:00:00Z")));
    }
}
