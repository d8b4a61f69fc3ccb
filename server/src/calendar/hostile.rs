//! Calendars whose author means ill: they are refused, with a line, and cost little.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{
    Calendar,
    testing::{calendar, event},
};

/// What is said of a calendar that is refused when it is read or when it is expanded.
fn refusal(read: Result<Calendar, super::CalendarTrouble>) -> String {
    let window = "2026-01-01T00:00:00Z".parse().unwrap()..("2026-02-01T00:00:00Z".parse().unwrap());
    let expanded = read.and_then(|calendar| calendar.occurrences(&window).map(drop));
    expanded.unwrap_err().to_string()
}

const SHIFT: &str = "DTSTART:20260105T090000Z\nDURATION:PT1H";

#[test]
fn rules_that_are_only_work_are_refused() {
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=99999999",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,1,2;BYSECOND=0,1,2",
        "FREQ=YEARLY;BYYEARDAY=1",
        "FREQ=YEARLY;BYWEEKNO=1",
        "FREQ=YEARLY;BYEASTER=1",
        "FREQ=FORTNIGHTLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;UNTIL=soon",
        "INTERVAL=1",
        "",
        "FREQ=DAILY\\nRRULE:FREQ=SECONDLY",
    ] {
        let refused = refusal(event(&format!("{SHIFT}\nRRULE:{rule}")));
        assert!(refused.starts_with("line 8: "), "{rule}: {refused}");
    }
}

#[test]
fn a_rule_that_never_comes_is_searched_for_once() {
    let mut events = String::new();
    for number in 0..200 {
        let rule = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30";
        writeln!(events, "BEGIN:VEVENT\nUID:{number}\n{SHIFT}\n{rule}\nEND:VEVENT").unwrap();
    }
    assert_eq!(
        refusal(calendar(events.trim_end())),
        "line 7: the rule comes never, or not for centuries"
    );
}

#[test]
fn an_event_that_does_not_begin_as_its_rule_says_is_refused() {
    let refused = refusal(event(&format!("{SHIFT}\nRRULE:FREQ=WEEKLY;BYDAY=TU")));
    assert_eq!(refused, "line 8: the event does not begin as its own rule says");
}

#[test]
fn what_comes_too_often_is_not_walked_to_its_end() {
    let mut events = String::new();
    for number in 0..20 {
        let ancient = "DTSTART:19700101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4000000";
        writeln!(events, "BEGIN:VEVENT\nUID:{number}\n{ancient}\nEND:VEVENT").unwrap();
    }
    let refused = refusal(calendar(events.trim_end()));
    assert!(refused.ends_with("the calendar comes again too often to be walked"), "{refused}");
}

#[test]
fn too_many_events_and_rules_are_refused() {
    let many = |event: &str, times| refusal(calendar(&vec![event; times].join("\n")));
    let event = "BEGIN:VEVENT\nUID:1\nDTSTART:20260105T090000Z\nEND:VEVENT";
    assert!(many(event, 5001).ends_with("there are more than 5000 events"));
    let rule = "BEGIN:VEVENT\nUID:1\nDTSTART:20260105T090000Z\nRRULE:FREQ=DAILY\nEND:VEVENT";
    assert!(many(rule, 201).ends_with("more than 200 events have an RRULE"));
}

#[test]
fn what_is_not_understood_is_not_passed_over() {
    for (lines, expected) in [
        ("DTSTART:20260105T090000Z\nDTEND:20260104T090000Z", "line 7: the event ends before"),
        ("DTSTART:20260105T090000Z\nDTEND;VALUE=DATE:20260106", "line 7: the event ends before"),
        ("DTSTART:20260105T090000Z\nDTEND:20280105T090000Z", "line 8: the event lasts longer"),
        ("DTSTART:20260105T090000Z\nDURATION:P99999999W", "line 7: \"P99999999W\" is no length"),
        ("DTSTART:20260105T090000Z\nDURATION:PT1H\nDTEND:20260106T090000Z", "line 7: an event has"),
        (
            "DTSTART:20260105T090000Z\nDTSTART:20260106T090000Z",
            "line 7: the event has DTSTART twice",
        ),
        ("DURATION:PT1H", "line 7: the event has no DTSTART"),
        ("DTSTART:20260105T090000Z\nEXRULE:FREQ=DAILY", "line 7: EXRULE is not understood"),
        ("DTSTART:20260105T090000Z\nEXDATE;VALUE=DATE:20260105", "line 7: is a day where"),
        ("DTSTART:20260105T090000Z\nRDATE;VALUE=PERIOD:20260105T090000Z/PT1H", "line 7: \"2026"),
        ("DTSTART:20260105T090000Z\nSTATUS:MAYBE", "line 7: an event is CONFIRMED"),
        (
            "DTSTART:20260105T090000Z\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260105T090000Z",
            "line 7: RANGE is not understood",
        ),
        (
            "DTSTART:20260105T090000Z\nRECURRENCE-ID:20260105T090000Z\nRRULE:FREQ=DAILY",
            "line 8: an event that stands for one occurrence",
        ),
    ] {
        let refused = refusal(event(lines));
        assert!(refused.starts_with(expected), "{refused} / {expected}");
    }
    assert!(refusal(calendar("BEGIN:VEVENT\nEND:VEVENT")).ends_with("the event has no UID"));
}

proptest! {
    /// Whatever is read is expanded or refused; nothing breaks down.
    #[test]
    fn no_calendar_breaks_the_reader(lines in proptest::collection::vec(line(), 0..12)) {
        let window = "2026-01-01T00:00:00Z".parse().unwrap()..("2026-02-01T00:00:00Z".parse().unwrap());
        let read = calendar(&format!("BEGIN:VEVENT\nUID:1\n{}\nEND:VEVENT", lines.join("\n")));
        let _ = read.and_then(|calendar| calendar.occurrences(&window).map(drop));
    }
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("DTSTART:20260105T090000Z".to_owned()),
        Just("DTSTART;VALUE=DATE:20240229".to_owned()),
        "DTEND(;TZID=(Europe/Berlin|Asia/Tokyo))?:2026010[0-9]T0[0-9]0000Z?",
        "RRULE:FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;INTERVAL=[0-9]{1,5})?(;BYDAY=-?[0-9]{0,2}(MO|SU))?",
        "RRULE:FREQ=(MONTHLY|YEARLY);BYMONTHDAY=-?[0-9]{1,2}(;BYSETPOS=-?[0-9]{1,3})?(;COUNT=[0-9]{1,12})?",
        "(EXDATE|RDATE|RECURRENCE-ID):[0-9]{8}(T[0-9]{6}Z?)?",
        "DURATION:[+-]?P[0-9]{0,12}[DWTHMS]",
        "[A-Z:;=,\"\\\\ ]{0,20}",
        "\\PC{0,20}",
    ]
}
