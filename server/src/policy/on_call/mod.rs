//! `oncall.toml`: who is on call when, and the role that goes with it. A folder may lack it.
//!
//! The role of a rotation and whom its calendar may name stand in the file. A calendar, wherever it comes from, only says
//! which of them is on call when.

mod copies;
mod expand;
mod fetch;
mod metrics;
mod names;
mod rotation;
mod weekly;

use std::collections::BTreeMap;

use domain::policy::{CalendarShifts, OnCall, PolicyTrouble, Shift};
use serde::Deserialize;
use toml::Spanned;

use self::{
    rotation::{CalendarEntry, CalendarRotation, CalendarSource, Place},
    weekly::{ShiftEntry, shift},
};
use super::{folder::Folder, people::People, source_text::SourceText, trouble::Troubles};

pub use copies::Copies;
pub use expand::{CalendarNotice, Notice};
pub use fetch::NotFetched;
pub use metrics::describe;
pub(super) use metrics::{count_fetch, show};
pub use rotation::CalendarAddress;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OnCallFile {
    rotations: BTreeMap<Spanned<String>, Rotation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotation {
    role: String,
    #[serde(default)]
    shifts: Vec<ShiftEntry>,
    calendar: Option<Spanned<String>>,
    #[serde(default)]
    people: BTreeMap<Spanned<String>, Spanned<String>>,
    time_zone: Option<Spanned<String>>,
    calendar_stale_after: Option<Spanned<String>>,
}

/// What the file says.
#[derive(Clone, Debug, Default)]
pub(super) struct Rotations {
    weekly: Vec<Shift>,
    calendars: Vec<CalendarRotation>,
}

impl Rotations {
    /// The shifts of every week, and calendars of which nothing is known yet.
    pub(super) fn without_calendars(&self) -> OnCall {
        let unknown = |rotation: &CalendarRotation| CalendarShifts::unknown(rotation.role.clone());
        OnCall {
            weekly: self.weekly.clone(),
            by_calendar: self.calendars.iter().map(unknown).collect(),
        }
    }

    /// Whether who is on call depends on calendars.
    pub(super) fn have_calendars(&self) -> bool {
        !self.calendars.is_empty()
    }

    /// The calendars that are fetched, each with the name of its rotation.
    pub(super) fn fetched(&self) -> impl Iterator<Item = (&str, &CalendarAddress)> {
        self.calendars.iter().filter_map(|rotation| match &rotation.source {
            CalendarSource::File(_) => None,
            CalendarSource::Fetched { address, .. } => Some((rotation.name.as_str(), address)),
        })
    }
}

/// Reads the file, and the calendars of the folder that it names.
pub(super) fn read(
    source: &SourceText<'_>,
    folder: &Folder,
    people: &People,
    troubles: &mut Troubles,
) -> Option<Rotations> {
    let file: OnCallFile = troubles.keep(source.parse_toml())?;
    let place = Place { source, folder, people };
    let (mut read, mut is_whole) = (Rotations::default(), true);
    for (name, rotation) in &file.rotations {
        for entry in &rotation.shifts {
            let shift = shift(source, &rotation.role, entry, people, troubles);
            is_whole &= shift.is_some();
            read.weekly.extend(shift);
        }
        if let Some(entry) = rotation.calendar(source, name, troubles) {
            let calendar = entry.read(name.get_ref(), &rotation.role, &place, troubles);
            is_whole &= calendar.is_some();
            read.calendars.extend(calendar);
        }
    }
    let named = file.rotations.values().filter_map(|rotation| rotation.calendar.as_ref());
    let named: Vec<_> = named.map(|calendar| calendar.get_ref().as_str()).collect();
    refuse_unnamed(folder, &named, troubles);
    is_whole.then_some(read)
}

/// What holds in a folder that lacks the file: there are no rotations, and so no calendars.
pub(super) fn without_file(folder: &Folder, troubles: &mut Troubles) -> Rotations {
    refuse_unnamed(folder, &[], troubles);
    Rotations::default()
}

/// A calendar that no rotation names is trouble: its author believes that it counts.
fn refuse_unnamed(folder: &Folder, named: &[&str], troubles: &mut Troubles) {
    for (file, _) in folder.calendars().filter(|(file, _)| !named.contains(file)) {
        let reason = "no rotation in oncall.toml names this calendar".to_owned();
        troubles.note(PolicyTrouble { file: file.to_owned(), line: None, reason });
    }
}

impl Rotation {
    fn calendar(
        &self,
        source: &SourceText<'_>,
        name: &Spanned<String>,
        troubles: &mut Troubles,
    ) -> Option<CalendarEntry<'_>> {
        let entry = self.calendar.as_ref().map(|calendar| CalendarEntry {
            calendar,
            people: &self.people,
            time_zone: self.time_zone.as_ref(),
            stale_after: self.calendar_stale_after.as_ref(),
        });
        let details = !self.people.is_empty()
            || self.time_zone.is_some()
            || self.calendar_stale_after.is_some();
        if entry.is_none() && (details || self.shifts.is_empty()) {
            let reason = "a rotation has shifts, or a calendar with people of its own, or both";
            troubles.note(source.trouble_with(name, reason));
        }
        entry
    }
}

#[cfg(test)]
mod tests;
