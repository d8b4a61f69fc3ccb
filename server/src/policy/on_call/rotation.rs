//! The calendar of a rotation, as `oncall.toml` writes it: where it is, whom it may name, and in which zone its days are.

use std::{collections::BTreeMap, ops::RangeInclusive, sync::Arc, time::Duration};

use domain::{
    names::Login,
    policy::{PolicyTrouble, RoleName},
};
use jiff::tz::TimeZone;
use toml::Spanned;
use url::Url;

use super::names::{Names, spelling};
use crate::{
    calendar::{Calendar, CalendarTrouble, time_zone},
    policy::{
        bounds::span,
        folder::Folder,
        people::{People, listed},
        source_text::SourceText,
        trouble::Troubles,
    },
};

/// How old the last good copy of a fetched calendar may become.
const STALE_AFTER: Duration = Duration::from_hours(24);
const STALE_AFTER_RANGE: RangeInclusive<Duration> =
    Duration::from_mins(10)..=Duration::from_hours(7 * 24);

/// What the file says of a calendar.
pub(super) struct CalendarEntry<'a> {
    pub(super) calendar: &'a Spanned<String>,
    pub(super) people: &'a BTreeMap<Spanned<String>, Spanned<String>>,
    pub(super) time_zone: Option<&'a Spanned<String>>,
    pub(super) stale_after: Option<&'a Spanned<String>>,
}

/// A rotation that has a calendar.
#[derive(Clone, Debug)]
pub(super) struct CalendarRotation {
    pub(super) name: String,
    pub(super) role: RoleName,
    pub(super) people: Names,
    pub(super) source: CalendarSource,
}

/// Where a calendar is.
#[derive(Clone, Debug)]
pub(super) enum CalendarSource {
    /// In the folder: reviewed, and part of the policy's digest.
    File(Arc<Calendar>),
    /// Elsewhere: fetched at intervals, and reviewed by nobody.
    Fetched { address: CalendarAddress, stale_after: Duration },
}

/// Where a calendar is fetched from, and the zone of its days.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarAddress {
    pub(super) url: Url,
    zone: Option<String>,
}

impl CalendarAddress {
    /// Reads what was fetched from there.
    pub(super) fn read(&self, bytes: &[u8]) -> Result<Calendar, CalendarTrouble> {
        Calendar::read(bytes, self.zone.as_deref().and_then(time_zone).as_ref())
    }
}

/// The address of a calendar may be all the secret that protects it.
impl std::fmt::Debug for CalendarAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CalendarAddress(…)")
    }
}

/// What belongs to every rotation, with or without a calendar.
pub(super) struct Place<'a> {
    pub(super) source: &'a SourceText<'a>,
    pub(super) folder: &'a Folder,
    pub(super) people: &'a People,
}

impl CalendarEntry<'_> {
    /// The file that it names, if it is one.
    pub(super) fn file(&self) -> Option<&str> {
        Some(self.calendar.get_ref().as_str()).filter(|name| !name.contains("://"))
    }

    pub(super) fn read(
        &self,
        name: &str,
        role: &str,
        place: &Place<'_>,
        troubles: &mut Troubles,
    ) -> Option<CalendarRotation> {
        let people = self.names(place, troubles);
        let zone = self.time_zone.map(|text| troubles.keep(zone(place.source, text)));
        let zone = match zone {
            Some(None) => return None,
            zone => zone.flatten(),
        };
        let source = match self.file() {
            Some(file) => self.in_folder(file, zone.as_ref(), &people, place, troubles),
            None => self.elsewhere(zone.as_ref(), place.source, troubles),
        };
        Some(CalendarRotation {
            name: name.to_owned(),
            role: role.to_owned(),
            people,
            source: source?,
        })
    }

    fn names(&self, place: &Place<'_>, troubles: &mut Troubles) -> Names {
        let mut names = BTreeMap::new();
        if self.people.is_empty() {
            let reason =
                "a calendar needs people = { \"mail@example.com\" = \"login\" }, whom it may name";
            troubles.note(place.source.trouble_with(self.calendar, reason));
        }
        for (text, login) in self.people {
            let login: Option<Login> = troubles.keep(listed(place.source, login, place.people));
            let Some(login) = login else { continue };
            if names.insert(spelling(text.get_ref()), login).is_some() {
                troubles
                    .note(place.source.trouble_with(text, "is written twice, but for capitals"));
            }
        }
        Names(names)
    }

    /// A calendar of the folder, in which every event must name somebody.
    fn in_folder(
        &self,
        file: &str,
        zone: Option<&TimeZone>,
        people: &Names,
        place: &Place<'_>,
        troubles: &mut Troubles,
    ) -> Option<CalendarSource> {
        if let Some(stale_after) = self.stale_after {
            let reason = "a calendar in the folder does not grow stale";
            troubles.note(place.source.trouble_with(stale_after, reason));
        }
        let Some((_, bytes)) = place.folder.calendars().find(|(name, _)| *name == file) else {
            let reason =
                format!("there is no calendar {file} in the folder, and it is no https://… either");
            troubles.note(place.source.trouble_with(self.calendar, reason));
            return None;
        };
        let at = |line, reason| PolicyTrouble { file: file.to_owned(), line: Some(line), reason };
        let calendar =
            Calendar::read(bytes, zone).map_err(|trouble| at(trouble.line, trouble.reason));
        let calendar = troubles.keep(calendar)?;
        for event in calendar.events() {
            if let Some(stranger) = people.strangers(event).first() {
                let reason = format!(
                    "the event names {stranger:?}, who is not among the people of the rotation"
                );
                troubles.note(at(event.line, reason));
            }
        }
        Some(CalendarSource::File(Arc::new(calendar)))
    }

    fn elsewhere(
        &self,
        zone: Option<&TimeZone>,
        source: &SourceText<'_>,
        troubles: &mut Troubles,
    ) -> Option<CalendarSource> {
        let stale_after =
            self.stale_after.map_or(Ok(STALE_AFTER), |text| span(source, text, &STALE_AFTER_RANGE));
        let (url, stale_after) =
            (troubles.keep(address(source, self.calendar)), troubles.keep(stale_after));
        let zone = zone.and_then(TimeZone::iana_name).map(str::to_owned);
        let address = CalendarAddress { url: url?, zone };
        Some(CalendarSource::Fetched { address, stale_after: stale_after? })
    }
}

fn zone(source: &SourceText<'_>, text: &Spanned<String>) -> Result<TimeZone, PolicyTrouble> {
    time_zone(text.get_ref()).ok_or_else(|| {
        source.trouble_with(text, "a time zone is written by its IANA name, such as Asia/Tokyo")
    })
}

fn address(source: &SourceText<'_>, text: &Spanned<String>) -> Result<Url, PolicyTrouble> {
    let url = text.get_ref().parse::<Url>().ok();
    let url = url.filter(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
    url.filter(|url| url.username().is_empty() && url.password().is_none()).ok_or_else(|| {
        source.trouble_with(text, "a calendar is a file of the folder, or fetched from https://…")
    })
}
