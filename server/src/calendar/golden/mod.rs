//! Calendars as PagerDuty, Opsgenie and Google write them.

use super::{Calendar, testing::told, time_zone};

fn read(text: &str) -> Calendar {
    let zone = time_zone("Asia/Tokyo");
    let calendar = Calendar::read(text.as_bytes(), zone.as_ref()).unwrap();
    let crlf = text.replace('\n', "\r\n");
    let as_sent = Calendar::read(crlf.as_bytes(), zone.as_ref()).unwrap();
    let january = |calendar| told(calendar, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
    assert_eq!(january(&calendar), january(&as_sent));
    calendar
}

#[test]
fn pagerduty_names_people_as_attendees() {
    let calendar = read(include_str!("pagerduty.ics"));
    insta::assert_snapshot!(told(&calendar, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"), @r"
    2026-01-05T09:00 – 2026-01-12T09:00 second-on-call@kawase.example
    2026-01-12T09:00 – 2026-01-19T09:00 On-Call@kawase.example
    ");
}

#[test]
fn opsgenie_names_people_in_titles() {
    let calendar = read(include_str!("opsgenie.ics"));
    insta::assert_snapshot!(told(&calendar, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"), @r"
    2026-01-05T00:00 – 2026-01-05T12:00 on-call@kawase.example
    2026-01-05T12:00 – 2026-01-06T00:00 second-on-call@kawase.example
    ");
}

#[test]
fn google_repeats_excepts_replaces_and_cancels() {
    let calendar = read(include_str!("google.ics"));
    insta::assert_snapshot!(told(&calendar, "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"), @r"
    2026-01-05T09:00 – 2026-01-06T00:00 on-call@kawase.example
    2026-01-06T09:00 – 2026-01-07T00:00 on-call@kawase.example
    2026-01-09T15:00 – 2026-01-11T15:00 second-on-call
    2026-01-12T09:00 – 2026-01-13T00:00 on-call@kawase.example
    2026-01-19T11:00 – 2026-01-20T00:00 second-on-call@kawase.example
    2026-01-26T09:00 – 2026-01-27T00:00 on-call@kawase.example
    2026-01-27T09:00 – 2026-01-28T00:00 on-call@kawase.example
    ");
}
