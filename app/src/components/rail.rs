//! A guard rail that stands against something, in words.

use std::time::Duration;

use domain::{actions::Tripped, policy::GuardRail, time::Timestamp};

use super::span::{exact, span};
use crate::messages::{Phrases, rails};

/// What a guard rail is called.
pub(crate) fn rail_name(t: Phrases, rail: GuardRail) -> &'static str {
    t.say(rails::told(rail).0)
}

/// What a guard rail allows, and what was found.
pub(crate) fn rail_told(t: Phrases, Tripped { rail, limit, found, .. }: &Tripped) -> String {
    let moment = || found.parse::<Timestamp>().map_or_else(|_| found.clone(), exact);
    let (limit, within, found) = match rail {
        GuardRail::LargestChange | GuardRail::ReadyFloor => {
            (limit.clone(), String::new(), found.clone())
        }
        GuardRail::CoolDown => (spelt(t, limit), String::new(), moment()),
        GuardRail::Freeze => (limit.clone(), String::new(), moment()),
        GuardRail::Rate => {
            let (most, within) = limit.split_once(" / ").unwrap_or((limit, ""));
            (most.to_owned(), spelt(t, within), found.clone())
        }
    };
    let values = [("limit", &limit as _), ("span", &within as _), ("found", &found as _)];
    t.fill(rails::told(*rail).1, &values)
}

/// A span that was written in seconds (`600s`), as people write one.
fn spelt(t: Phrases, seconds: &str) -> String {
    let whole = seconds.strip_suffix('s').and_then(|seconds| seconds.parse().ok());
    whole.map_or_else(|| seconds.to_owned(), |seconds| span(t, Duration::from_secs(seconds)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Language;

    fn tripped(rail: GuardRail, limit: &str, found: &str) -> Tripped {
        Tripped { rail, limit: limit.into(), found: found.into(), lifted_by: None }
    }

    #[test]
    fn a_guard_rail_tells_its_limit_and_what_was_found() {
        let t = Phrases(Language::English);
        let cool_down = tripped(GuardRail::CoolDown, "600s", "2026-01-01T00:00:00.000000Z");
        assert_eq!(
            rail_told(t, &cool_down),
            "A target is left alone for 10 min after it was acted on; the last time was 2026-01-01 00:00:00 UTC."
        );
        let rate = tripped(GuardRail::Rate, "5 / 3600s", "5");
        assert_eq!(
            rail_told(t, &rate),
            "A tenant may be acted on 5 times within 1 h; it was acted on 5 times."
        );
        let largest = tripped(GuardRail::LargestChange, "50 %", "100 % (3 → 6)");
        assert!(rail_told(t, &largest).contains("100 % (3 → 6)"));
    }
}
