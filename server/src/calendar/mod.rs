//! Calendars as iCalendar files (RFC 5545): read as strictly as anything that gives power, and expanded over a window.
//!
//! A calendar is taken whole or not at all. Knows nothing of people, roles and where the bytes come from. Work is bounded
//! whoever wrote the calendar: by its size, its events, its rules, and how far those are walked.

mod content_line;
mod event;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod hostile;
mod list;
mod moment;
mod occurrences;
mod recurrence;
#[cfg(test)]
mod testing;
mod trouble;
mod zones;

pub use event::Event;
pub use list::Calendar;
pub use occurrences::Occurrence;
pub use trouble::CalendarTrouble;
pub use zones::time_zone;
