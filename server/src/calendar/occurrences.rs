//! Expanding a calendar over a window: every occurrence that lies in it, at least in part.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use domain::time::Timestamp;

use super::{Calendar, CalendarTrouble, Event};

/// How many beginnings are looked at altogether: two centuries of days, and some more.
const MOST_STARTS: usize = 100_000;

/// One time at which an event takes place.
#[derive(Clone, Debug)]
pub struct Occurrence<'a> {
    /// The event.
    pub event: &'a Event,
    /// From when to when.
    pub during: Range<Timestamp>,
}

/// The occurrences, by the UID of their event, in whose place another stands.
type Replaced<'a> = HashMap<&'a str, BTreeSet<Timestamp>>;

impl Calendar {
    /// What takes place in a window, in the order of events.
    pub fn occurrences(
        &self,
        window: &Range<Timestamp>,
    ) -> Result<Vec<Occurrence<'_>>, CalendarTrouble> {
        let replaced = self.replaced();
        let mut found = Vec::new();
        let mut looked_at = 0;
        for event in &self.events {
            let Some(timing) = &event.timing else { continue };
            let replaced = replaced.get(event.uid.as_str()).filter(|_| event.in_place_of.is_none());
            for start in timing.starts_before(window.end) {
                let start = start?;
                let from = start.at();
                looked_at += 1;
                if looked_at > MOST_STARTS {
                    let reason = "the calendar comes again too often to be walked";
                    return Err(CalendarTrouble::new(event.line, reason));
                }
                let during = from..timing.end_of(&start);
                let excepted = timing.excepted.contains(&from)
                    || replaced.is_some_and(|replaced| replaced.contains(&from));
                if !excepted && during.end > window.start && !during.is_empty() {
                    found.push(Occurrence { event, during });
                }
            }
        }
        Ok(found)
    }

    fn replaced(&self) -> Replaced<'_> {
        let mut replaced = Replaced::new();
        for event in &self.events {
            if let Some(start) = event.in_place_of {
                replaced.entry(&event.uid).or_default().insert(start);
            }
        }
        replaced
    }
}

#[cfg(test)]
mod tests {
    use crate::calendar::testing::{calendar, event, told};

    #[test]
    fn an_end_says_how_long_and_a_duration_how_many_days() {
        // In Berlin the clocks go back on Sunday, 2026-10-25: the second week has an hour more.
        let weekly = "DTSTART;TZID=Europe/Berlin:20261012T090000\nRRULE:FREQ=WEEKLY;COUNT=2";
        let october = |length: &str| {
            let calendar = event(&format!("{weekly}\n{length}")).unwrap();
            told(&calendar, "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z")
        };
        insta::assert_snapshot!(october("DURATION:P7D"), @r"
        2026-10-12T07:00 – 2026-10-19T07:00 one
        2026-10-19T07:00 – 2026-10-26T08:00 one
        ");
        let by_end = october("DTEND;TZID=Europe/Berlin:20261019T090000");
        insta::assert_snapshot!(by_end, @r"
        2026-10-12T07:00 – 2026-10-19T07:00 one
        2026-10-19T07:00 – 2026-10-26T07:00 one
        ");
        assert_eq!(october("DURATION:PT168H"), by_end);
    }

    #[test]
    fn a_shift_across_the_change_of_the_clocks_is_an_hour_shorter_or_longer() {
        let nights =
            event("DTSTART;TZID=Europe/Berlin:20260101T220000\nDURATION:P1D\nRRULE:FREQ=DAILY")
                .unwrap();
        insta::assert_snapshot!(told(&nights, "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z"), @r"
        2026-03-28T21:00 – 2026-03-29T20:00 one
        2026-03-29T20:00 – 2026-03-30T20:00 one
        ");
        insta::assert_snapshot!(told(&nights, "2026-10-24T22:00:00Z", "2026-10-25T22:00:00Z"), @r"
        2026-10-24T20:00 – 2026-10-25T21:00 one
        2026-10-25T21:00 – 2026-10-26T21:00 one
        ");
    }

    #[test]
    fn days_last_from_midnight_to_midnight_where_the_rotation_is() {
        let days = event("DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;UNTIL=20260106").unwrap();
        insta::assert_snapshot!(told(&days, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"), @r"
        2026-01-04T15:00 – 2026-01-05T15:00 one
        2026-01-05T15:00 – 2026-01-06T15:00 one
        ");
    }

    #[test]
    fn a_window_holds_what_reaches_into_it() {
        let one = event("DTSTART:20260105T090000Z\nDTEND:20260105T100000Z").unwrap();
        for (from, until, holds) in [
            ("2026-01-05T08:00:00Z", "2026-01-05T09:00:00Z", false),
            ("2026-01-05T08:00:00Z", "2026-01-05T09:00:01Z", true),
            ("2026-01-05T09:59:59Z", "2026-01-05T11:00:00Z", true),
            ("2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z", false),
        ] {
            assert_eq!(!told(&one, from, until).is_empty(), holds, "{from} {until}");
        }
    }

    #[test]
    fn further_dates_are_told_beside_a_rule_and_excepted_ones_are_not() {
        let both = event(
            "DTSTART:20260105T090000Z\nDTEND:20260105T100000Z\nRRULE:FREQ=DAILY;COUNT=3\n\
             RDATE:20260120T090000Z,20260121T090000Z\nEXDATE:20260106T090000Z,20260121T090000Z",
        )
        .unwrap();
        insta::assert_snapshot!(told(&both, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"), @r"
        2026-01-05T09:00 – 2026-01-05T10:00 one
        2026-01-07T09:00 – 2026-01-07T10:00 one
        2026-01-20T09:00 – 2026-01-20T10:00 one
        ");
    }

    #[test]
    fn what_is_cancelled_or_tentative_does_not_take_place() {
        for status in ["CANCELLED", "TENTATIVE", "cancelled"] {
            let event = event(&format!("DTSTART:20260105T090000Z\nDURATION:PT1H\nSTATUS:{status}"));
            assert_eq!(told(&event.unwrap(), "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"), "");
        }
    }

    #[test]
    fn an_event_stands_in_the_place_of_one_occurrence_wherever_it_moved() {
        let moved = calendar(
            "BEGIN:VEVENT\nUID:a\nDTSTART:20260105T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\n\
             SUMMARY:first\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20260105T090000Z\n\
             DTSTART:20260301T090000Z\nDURATION:PT1H\nSUMMARY:second\nEND:VEVENT",
        )
        .unwrap();
        insta::assert_snapshot!(told(&moved, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"), @"2026-01-06T09:00 – 2026-01-06T10:00 first");
        insta::assert_snapshot!(told(&moved, "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"), @"2026-03-01T09:00 – 2026-03-01T10:00 second");
    }

    #[test]
    fn rules_come_as_the_standard_says() {
        for (rule, expected) in [
            ("FREQ=DAILY;INTERVAL=3;COUNT=3", "05 08 11"),
            ("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260114T090000Z", "05 07 12 14"),
            ("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260114T085959Z", "05 07 12"),
            ("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260114", "05 07 12 14"),
            ("FREQ=MONTHLY;BYDAY=1MO;COUNT=1", "05"),
            ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,-1;COUNT=2", "05 27"),
            ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=5,20", "05 20"),
        ] {
            let lines = format!("DTSTART:20260105T090000Z\nDURATION:PT1H\nRRULE:{rule}");
            let text =
                told(&event(&lines).unwrap(), "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
            let days: Vec<_> = text.lines().map(|line| &line[8..10]).collect();
            assert_eq!(days.join(" "), expected, "{rule}");
        }
    }
}
