//! Reading calendars in tests, and telling what takes place in words.

use domain::time::Timestamp;

use super::{Calendar, CalendarTrouble, time_zone};

/// A calendar of these lines, within which days are Tokyo's.
pub(super) fn calendar(lines: &str) -> Result<Calendar, CalendarTrouble> {
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{lines}\nEND:VCALENDAR\n");
    Calendar::read(text.as_bytes(), time_zone("Asia/Tokyo").as_ref())
}

/// A calendar of one event of these lines.
pub(super) fn event(lines: &str) -> Result<Calendar, CalendarTrouble> {
    calendar(&format!("BEGIN:VEVENT\nUID:1\nSUMMARY:one\n{lines}\nEND:VEVENT"))
}

/// What takes place between two moments, one a line, by when it begins.
pub(super) fn told(calendar: &Calendar, from: &str, until: &str) -> String {
    let window = from.parse().unwrap()..until.parse().unwrap();
    let occurrences = calendar.occurrences(&window).unwrap().into_iter();
    let mut lines: Vec<_> = occurrences
        .map(|it| {
            let [start, end] = [it.during.start, it.during.end].map(minute);
            format!("{start} – {end} {}\n", it.event.names.join(", "))
        })
        .collect();
    lines.sort();
    lines.concat()
}

fn minute(at: Timestamp) -> String {
    let text = at.to_string();
    text.strip_suffix(":00.000000Z").unwrap_or(&text).to_owned()
}
