//! A calendar as a list of events (RFC 5545 §3.4).

use domain::canonical::Digest;
use jiff::tz::TimeZone;

use super::{
    CalendarTrouble, Event,
    content_line::{ContentLine, content_lines},
    zones::Zones,
};

/// How many events a calendar has at most.
const MOST_EVENTS: usize = 5_000;
/// How many of them have a rule of their own.
const MOST_RULES: usize = 200;

/// The events of a calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub(super) events: Vec<Event>,
    digest: Digest,
}

impl Calendar {
    /// Reads a calendar. Days, and times that name no zone, are those of `floating`; without one they are refused.
    pub fn read(bytes: &[u8], floating: Option<&TimeZone>) -> Result<Self, CalendarTrouble> {
        let mut zones = Zones::new(floating.cloned());
        let mut reading = Reading::default();
        let mut last = 1;
        for line in content_lines(bytes)? {
            last = line.line;
            reading.take(line, &mut zones)?;
        }
        let events = reading.finish(last)?;
        Ok(Self { events, digest: Digest::of(bytes) })
    }

    /// What tells it from every other.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Its events, but those that do not take place.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.timing.is_some())
    }
}

/// A calendar while it is being read.
#[derive(Default)]
struct Reading {
    /// The components that have begun and are not over.
    open: Vec<String>,
    properties: Vec<ContentLine>,
    events: Vec<Event>,
    rules: usize,
    over: bool,
}

impl Reading {
    fn take(&mut self, line: ContentLine, zones: &mut Zones) -> Result<(), CalendarTrouble> {
        let component = line.value.to_ascii_uppercase();
        match line.name.as_str() {
            "BEGIN" => self.begin(&line, component),
            "END" => self.end(&line, &component, zones),
            _ => self.property(line),
        }
    }

    fn begin(&mut self, line: &ContentLine, component: String) -> Result<(), CalendarTrouble> {
        if self.open.is_empty() && (component != "VCALENDAR" || self.over) {
            return Err(line.trouble("a calendar is one BEGIN:VCALENDAR … END:VCALENDAR"));
        }
        if component == "VEVENT" && self.open != ["VCALENDAR"] {
            return Err(line.trouble("an event stands in the calendar itself"));
        }
        if self.open.len() == 4 {
            return Err(line.trouble("components stand within components too often"));
        }
        self.open.push(component);
        Ok(())
    }

    fn end(
        &mut self,
        line: &ContentLine,
        component: &str,
        zones: &mut Zones,
    ) -> Result<(), CalendarTrouble> {
        if self.open.pop().as_deref() != Some(component) {
            return Err(line.trouble(format!("END:{component} ends nothing that began")));
        }
        self.over = self.open.is_empty();
        if component != "VEVENT" {
            return Ok(());
        }
        if self.events.len() == MOST_EVENTS {
            return Err(line.trouble(format!("there are more than {MOST_EVENTS} events")));
        }
        let properties = std::mem::take(&mut self.properties);
        let event = Event::read(line.line, &properties, zones)?;
        self.rules += usize::from(event.has_rule());
        if self.rules > MOST_RULES {
            return Err(line.trouble(format!("more than {MOST_RULES} events have an RRULE")));
        }
        self.events.push(event);
        Ok(())
    }

    fn property(&mut self, line: ContentLine) -> Result<(), CalendarTrouble> {
        match self.open.as_slice() {
            [] => Err(line.trouble("a calendar begins with BEGIN:VCALENDAR")),
            [_] if line.name == "CALSCALE" && line.value != "GREGORIAN" => {
                Err(line.trouble("only the Gregorian calendar is understood"))
            }
            [_, component] if component == "VEVENT" => {
                self.properties.push(line);
                Ok(())
            }
            // What is said about the calendar, zones, alarms and tasks puts nobody on call.
            _ => Ok(()),
        }
    }

    fn finish(self, last: u32) -> Result<Vec<Event>, CalendarTrouble> {
        match self.open.last() {
            None if self.over => Ok(self.events),
            None => Err(CalendarTrouble::new(last, "a calendar begins with BEGIN:VCALENDAR")),
            Some(component) => {
                Err(CalendarTrouble::new(last, format!("END:{component} is missing: is this all?")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(text: &str) -> String {
        Calendar::read(text.as_bytes(), None).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_whole_calendar_is_refused() {
        for (text, expected) in [
            ("", "line 1: a calendar begins with"),
            ("<html>\n", "line 1: is no line of a calendar"),
            ("UID:1\n", "line 1: a calendar begins with"),
            ("BEGIN:VCALENDAR\nVERSION:2.0\n", "line 2: END:VCALENDAR is missing"),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
                "line 3: END:VCALENDAR ends nothing",
            ),
            ("BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\n", "line 3: a calendar is one"),
            ("BEGIN:VEVENT\n", "line 1: a calendar is one"),
            ("BEGIN:VCALENDAR\nCALSCALE:LUNAR\n", "line 2: only the Gregorian"),
            ("BEGIN:VCALENDAR\nBEGIN:VTODO\nBEGIN:VEVENT\n", "line 3: an event stands in"),
            ("BEGIN:VCALENDAR\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n", "line 5: components stand"),
        ] {
            let found = trouble(text);
            assert!(found.starts_with(expected), "{found} / {expected}");
        }
    }

    #[test]
    fn an_empty_calendar_is_one() {
        let calendar = Calendar::read(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", None).unwrap();
        assert_eq!(calendar.events().count(), 0);
    }
}
