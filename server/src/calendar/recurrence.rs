//! When an event comes again (RFC 5545 §3.3.10), walked by the `rrule` crate on the wall of the event's zone.
//!
//! COUNT and UNTIL are judged here. The rule that is walked has no end, so a walk that ends has given up: a rule that
//! never comes costs one bounded search, and its calendar is not taken.

use std::time::Duration;

use domain::time::Timestamp;
use jiff::{Span, civil::DateTime, tz::TimeZone};
use rrule::RRuleSet;

use super::{
    CalendarTrouble,
    content_line::ContentLine,
    moment::{Form, Moment},
    zones::Zones,
};

/// What a rule may say. Shifts come by days: what comes by hours and less would only be work.
const FREQUENCIES: [&str; 4] = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
const PARTS: [&str; 6] = ["BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "INTERVAL", "WKST"];

/// A rule.
#[derive(Clone, Debug)]
pub(super) struct Recurrence {
    line: u32,
    endless: RRuleSet,
    /// How often it comes, the first time included.
    count: Option<usize>,
    /// The last moment at which an occurrence may begin.
    until: Option<Timestamp>,
}

impl Recurrence {
    pub(super) fn read(line: &ContentLine, start: &Moment) -> Result<Self, CalendarTrouble> {
        let mut walked = Vec::new();
        let (mut count, mut until) = (None, None);
        for part in line.value.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match name {
                "COUNT" => count = Some(number(line, value)?),
                "UNTIL" => until = Some(last(line, value, start)?),
                "FREQ" if FREQUENCIES.contains(&value) => walked.push(part),
                _ if PARTS.contains(&name) => walked.push(part),
                _ => return Err(line.trouble(format!("{part} is not understood in a rule"))),
            }
        }
        let wall = start.wall.strftime("%Y%m%dT%H%M%S");
        let text = format!("DTSTART:{wall}Z\nRRULE:{}", walked.join(";"));
        let endless: RRuleSet = text.parse().map_err(|error| line.trouble(format!("{error}")))?;
        let rule = Self { line: line.line, endless: endless.limit(), count, until };
        let first = rule.walls().next();
        match first {
            Some(Ok(first)) if first == start.wall => Ok(rule),
            Some(Err(trouble)) => Err(trouble),
            _ => Err(line.trouble("the event does not begin as its own rule says")),
        }
    }

    /// When occurrences begin, in their order, each walked when it is asked for. A rule without an end comes for ever.
    pub(super) fn starts(
        &self,
        first: &Moment,
    ) -> impl Iterator<Item = Result<Moment, CalendarTrouble>> {
        let starts = self.walls().map(|wall| Ok(first.on_wall(wall?)));
        let (count, until) = (self.count.unwrap_or(usize::MAX), self.until);
        starts.take(count).take_while(move |start| {
            until.is_none_or(|until| start.as_ref().map_or(true, |start| start.at() <= until))
        })
    }

    fn walls(&self) -> impl Iterator<Item = Result<DateTime, CalendarTrouble>> {
        let gave_up = CalendarTrouble::new(self.line, "the rule comes never, or not for centuries");
        let walls = (&self.endless).into_iter().filter_map(|start| wall(start.timestamp()));
        walls.map(Ok).chain(std::iter::once(Err(gave_up)))
    }
}

/// What the clock on the wall shows at a moment of the walk, which knows no zones.
fn wall(seconds: i64) -> Option<DateTime> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(TimeZone::UTC.to_datetime(moment))
}

fn number(line: &ContentLine, text: &str) -> Result<usize, CalendarTrouble> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| line.trouble(format!("COUNT={text} is no count")))
}

/// The last moment of UNTIL, in the event's zone where it names none; a day counts to its end.
fn last(line: &ContentLine, value: &str, start: &Moment) -> Result<Timestamp, CalendarTrouble> {
    let until = Moment::read_value(line, value, &mut Zones::new(Some(start.zone.clone())))?;
    Ok(match until.form {
        Form::Time => until.at(),
        Form::Day => until.plus(Span::new().days(1)).minus(Duration::from_micros(1)),
    })
}
