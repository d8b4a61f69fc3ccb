//! One event: who is named, when it takes place (RFC 5545 §3.6.1).

use std::{collections::BTreeSet, time::Duration};

use domain::time::Timestamp;
use jiff::Span;

use super::{
    CalendarTrouble,
    content_line::ContentLine,
    moment::{Form, Moment, duration},
    recurrence::Recurrence,
    zones::Zones,
};

/// How long an event lasts at most: what is longer was not meant as a shift.
const LONGEST: Duration = Duration::from_hours(366 * 24);

/// An event of a calendar.
#[derive(Clone, Debug)]
pub struct Event {
    /// The line at which it ends.
    pub line: u32,
    /// Whom it names: the addresses of its attendees but those who declined; its title where it has no attendees.
    pub names: Vec<String>,
    pub(super) uid: String,
    /// The occurrence of the event of that UID in whose place it stands.
    pub(super) in_place_of: Option<Timestamp>,
    /// Nothing where it does not take place: cancelled, or tentative.
    pub(super) timing: Option<Timing>,
}

/// When an event takes place.
#[derive(Clone, Debug)]
pub(super) struct Timing {
    pub(super) start: Moment,
    lasts: Lasts,
    pub(super) recurrence: Option<Recurrence>,
    pub(super) further: Vec<Moment>,
    pub(super) excepted: BTreeSet<Timestamp>,
}

/// How long each occurrence lasts (§3.8.5.3).
#[derive(Clone, Copy, Debug)]
enum Lasts {
    /// As long as the first, told by DTEND.
    Exactly(Duration),
    /// As many days on the wall and hours on the clock, told by DURATION or by days.
    Nominally(Span),
}

impl Event {
    pub(super) fn read(
        line: u32,
        properties: &[ContentLine],
        zones: &mut Zones,
    ) -> Result<Self, CalendarTrouble> {
        let properties = Properties { line, all: properties };
        let uid = properties.one("UID")?;
        let uid = uid.ok_or_else(|| CalendarTrouble::new(line, "the event has no UID"))?;
        let in_place_of = properties.one("RECURRENCE-ID")?;
        let takes_place = properties.takes_place()?;
        Ok(Self {
            line,
            names: properties.names()?,
            uid: uid.value.clone(),
            in_place_of: in_place_of.map(|line| replaced(line, zones)).transpose()?,
            timing: takes_place.then(|| properties.timing(zones)).transpose()?,
        })
    }

    pub(super) fn has_rule(&self) -> bool {
        self.timing.as_ref().is_some_and(|timing| timing.recurrence.is_some())
    }
}

impl Timing {
    /// When occurrences begin that do so before a moment: what is listed, then what the rule says.
    pub(super) fn starts_before(
        &self,
        end: Timestamp,
    ) -> impl Iterator<Item = Result<Moment, CalendarTrouble>> {
        let first = self.recurrence.is_none().then_some(&self.start);
        let listed = first.into_iter().chain(&self.further).cloned().map(Ok);
        let ruled = self.recurrence.iter().flat_map(|rule| rule.starts(&self.start));
        let is_before = move |start: &Moment| start.at() < end;
        let listed = listed.filter(move |start| start.as_ref().is_ok_and(is_before));
        listed.chain(ruled.take_while(move |start| start.as_ref().map_or(true, is_before)))
    }

    /// When an occurrence that begins then is over.
    pub(super) fn end_of(&self, start: &Moment) -> Timestamp {
        match self.lasts {
            Lasts::Exactly(length) => start.at().plus(length),
            Lasts::Nominally(span) => start.plus(span),
        }
    }
}

fn replaced(line: &ContentLine, zones: &mut Zones) -> Result<Timestamp, CalendarTrouble> {
    if line.parameter("RANGE").is_some() {
        return Err(line.trouble("RANGE is not understood: an event stands for one occurrence"));
    }
    Ok(Moment::read(line, zones)?.at())
}

/// The properties of an event.
struct Properties<'a> {
    line: u32,
    all: &'a [ContentLine],
}

impl<'a> Properties<'a> {
    fn each(&self, name: &str) -> impl Iterator<Item = &'a ContentLine> {
        self.all.iter().filter(move |line| line.name == name)
    }

    fn one(&self, name: &str) -> Result<Option<&'a ContentLine>, CalendarTrouble> {
        let mut found = self.each(name);
        let first = found.next();
        match found.next() {
            None => Ok(first),
            Some(second) => Err(second.trouble(format!("the event has {name} twice"))),
        }
    }

    fn takes_place(&self) -> Result<bool, CalendarTrouble> {
        let Some(status) = self.one("STATUS")? else { return Ok(true) };
        match status.value.to_ascii_uppercase().as_str() {
            "CONFIRMED" => Ok(true),
            "TENTATIVE" | "CANCELLED" => Ok(false),
            _ => Err(status.trouble("an event is CONFIRMED, TENTATIVE or CANCELLED")),
        }
    }

    fn names(&self) -> Result<Vec<String>, CalendarTrouble> {
        let title = self.one("SUMMARY")?;
        if self.each("ATTENDEE").next().is_none() {
            return Ok(vec![title.map(ContentLine::text).unwrap_or_default()]);
        }
        let is = |line: &ContentLine, name, values: &[&str]| {
            line.parameter(name).is_some_and(|it| values.iter().any(|v| it.eq_ignore_ascii_case(v)))
        };
        let people = self.each("ATTENDEE").filter(|line| {
            !is(line, "PARTSTAT", &["DECLINED"]) && !is(line, "CUTYPE", &["ROOM", "RESOURCE"])
        });
        Ok(people.map(|line| address(&line.value).to_owned()).collect())
    }

    fn timing(&self, zones: &mut Zones) -> Result<Timing, CalendarTrouble> {
        if let Some(line) = self.each("EXRULE").next() {
            return Err(line.trouble("EXRULE is not understood: name what is excepted by EXDATE"));
        }
        let start = self.one("DTSTART")?;
        let start =
            start.ok_or_else(|| CalendarTrouble::new(self.line, "the event has no DTSTART"))?;
        let start = Moment::read(start, zones)?;
        let rule = self.one("RRULE")?;
        if let Some(rule) = rule.filter(|_| self.each("RECURRENCE-ID").next().is_some()) {
            return Err(rule.trouble("an event that stands for one occurrence has no rule"));
        }
        let excepted = self.moments("EXDATE", start.form, zones)?;
        Ok(Timing {
            lasts: self.lasts(&start, zones)?,
            recurrence: rule.map(|rule| Recurrence::read(rule, &start)).transpose()?,
            further: self.moments("RDATE", start.form, zones)?,
            excepted: excepted.iter().map(Moment::at).collect(),
            start,
        })
    }

    /// The moments that all properties of that name list, which have the form of the event's own.
    fn moments(
        &self,
        name: &str,
        form: Form,
        zones: &mut Zones,
    ) -> Result<Vec<Moment>, CalendarTrouble> {
        let mut moments = Vec::new();
        for line in self.each(name) {
            let listed = Moment::read_list(line, zones)?;
            if listed.iter().any(|moment| moment.form != form) {
                return Err(line.trouble(
                    "is a day where the event begins at a time, or a time where it is a day",
                ));
            }
            moments.extend(listed);
        }
        Ok(moments)
    }

    fn lasts(&self, start: &Moment, zones: &mut Zones) -> Result<Lasts, CalendarTrouble> {
        let (end, length) = (self.one("DTEND")?, self.one("DURATION")?);
        let lasts = match (end, length) {
            (Some(_), Some(length)) => {
                return Err(length.trouble("an event has DTEND or DURATION, not both"));
            }
            (None, Some(length)) => Lasts::Nominally(duration(length)?),
            (Some(end), None) => until(end, start, zones)?,
            (None, None) if start.form == Form::Day => Lasts::Nominally(Span::new().days(1)),
            (None, None) => Lasts::Exactly(Duration::ZERO),
        };
        let ends = match lasts {
            Lasts::Exactly(length) => start.at().plus(length),
            Lasts::Nominally(span) => start.plus(span),
        };
        if ends.since(start.at()) > LONGEST {
            return Err(CalendarTrouble::new(self.line, "the event lasts longer than a year"));
        }
        Ok(lasts)
    }
}

fn until(line: &ContentLine, start: &Moment, zones: &mut Zones) -> Result<Lasts, CalendarTrouble> {
    let end = Moment::read(line, zones)?;
    if end.form != start.form || end.at() < start.at() {
        return Err(line.trouble("the event ends before it begins, or in another form"));
    }
    Ok(match end.form {
        Form::Time => Lasts::Exactly(end.at().since(start.at())),
        Form::Day => {
            let days = (end.wall.date() - start.wall.date()).get_days();
            Lasts::Nominally(Span::new().days(days))
        }
    })
}

/// An address without what says that it is one.
fn address(value: &str) -> &str {
    match value.split_at_checked("mailto:".len()) {
        Some((scheme, address)) if scheme.eq_ignore_ascii_case("mailto:") => address,
        _ => value,
    }
}
