//! From calendars to shifts: what they tell around a moment, and what is to be told about them.

use std::{collections::BTreeSet, fmt, ops::Range, time::Duration};

use domain::{
    policy::{CalendarShifts, DatedShift, OnCall},
    time::Timestamp,
};

use super::{
    Copies, Rotations,
    rotation::{CalendarRotation, CalendarSource},
};
use crate::calendar::{Calendar, CalendarTrouble};

/// How far back shifts are known: whoever asks about the present needs no more.
const BEHIND: Duration = Duration::from_hours(24);
/// How far ahead a calendar of the folder is expanded, and no copy of another counts as long. It is expanded anew long
/// before that is over.
const AHEAD: Duration = Duration::from_hours(8 * 24);
/// How many shifts one calendar tells at most within what is known.
const MOST_SHIFTS: usize = 20_000;
/// How many names that nobody is known by are told.
const MOST_NAMES: usize = 5;

/// Something about a rotation's calendar that people should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarNotice {
    /// The rotation.
    pub rotation: String,
    /// What it is.
    pub what: Notice,
}

/// What there is to know about a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It is fetched, and was not yet.
    NotFetched,
    /// The last good copy is too old.
    Stale {
        /// Until when it counted.
        since: Timestamp,
    },
    /// It cannot be expanded.
    Broken(CalendarTrouble),
    /// Some of its events name nobody whom the rotation knows.
    Unknown {
        /// Whom they name instead, or some of them.
        names: BTreeSet<String>,
    },
}

/// What is known around a moment at most.
pub(super) fn around(now: Timestamp) -> Range<Timestamp> {
    now.minus(BEHIND)..now.plus(AHEAD)
}

impl Notice {
    /// Whether nobody is on call by the calendar because of it.
    #[must_use]
    pub fn leaves_nobody(&self) -> bool {
        !matches!(self, Self::Unknown { .. })
    }
}

impl Rotations {
    /// Who is on call by what is known at that moment, and what is to be told about it.
    pub(in crate::policy) fn on_call(
        &self,
        copies: &Copies,
        now: Timestamp,
    ) -> (OnCall, Vec<CalendarNotice>) {
        let mut on_call = self.without_calendars();
        let mut notices = Vec::new();
        for (rotation, shifts) in self.calendars.iter().zip(&mut on_call.by_calendar) {
            match rotation.around(copies, now) {
                Ok((told, unknown)) => {
                    *shifts = told;
                    let names = unknown;
                    notices.extend(
                        (!names.is_empty()).then(|| rotation.notice(Notice::Unknown { names })),
                    );
                }
                Err(what) => notices.push(rotation.notice(what)),
            }
        }
        (on_call, notices)
    }
}

impl CalendarRotation {
    fn notice(&self, what: Notice) -> CalendarNotice {
        CalendarNotice { rotation: self.name.clone(), what }
    }

    /// The shifts that are known around a moment, and names that nobody is known by.
    fn around(
        &self,
        copies: &Copies,
        now: Timestamp,
    ) -> Result<(CalendarShifts, BTreeSet<String>), Notice> {
        let (calendar, known) = match &self.source {
            CalendarSource::File(calendar) => (calendar, around(now)),
            CalendarSource::Fetched { address, stale_after } => {
                let copy = copies.of(address).ok_or(Notice::NotFetched)?;
                let known = copy.fetched_at.minus(BEHIND)..copy.fetched_at.plus(*stale_after);
                if known.end <= now {
                    return Err(Notice::Stale { since: known.end });
                }
                (&copy.calendar, known)
            }
        };
        self.expanded(calendar, known).map_err(Notice::Broken)
    }

    fn expanded(
        &self,
        calendar: &Calendar,
        known: Range<Timestamp>,
    ) -> Result<(CalendarShifts, BTreeSet<String>), CalendarTrouble> {
        let mut shifts = BTreeSet::new();
        let mut unknown = BTreeSet::new();
        for occurrence in calendar.occurrences(&known)? {
            let (event, Range { start, end }) = (occurrence.event, occurrence.during);
            for person in self.people.people(event) {
                shifts.insert(DatedShift { person: person.clone(), from: start, until: end });
            }
            let room = MOST_NAMES.saturating_sub(unknown.len());
            unknown.extend(self.people.strangers(event).iter().take(room).cloned());
            if shifts.len() > MOST_SHIFTS {
                let reason = format!("there are more than {MOST_SHIFTS} shifts in a few days");
                return Err(CalendarTrouble { line: event.line, reason });
            }
        }
        let shifts = shifts.into_iter().collect();
        Ok((CalendarShifts { role: self.role.clone(), known, shifts }, unknown))
    }
}

impl fmt::Display for CalendarNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rotation {}: ", self.rotation)?;
        match &self.what {
            Notice::NotFetched => {
                write!(f, "nobody is on call by its calendar, which was not fetched")
            }
            Notice::Stale { since } => {
                write!(
                    f,
                    "nobody is on call by its calendar, whose last good copy is stale since {since}"
                )
            }
            Notice::Broken(trouble) => {
                write!(f, "nobody is on call by its calendar, which is not understood: {trouble}")
            }
            Notice::Unknown { names } => {
                let names: Vec<_> = names.iter().map(|name| format!("{name:?}")).collect();
                write!(f, "events in its calendar name nobody it knows: {}", names.join(", "))
            }
        }
    }
}
