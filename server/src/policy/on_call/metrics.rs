//! Figures about calendars. Labels name outcomes, never rotations, people or addresses.

use super::CalendarNotice;

const FETCHES: &str = "sekisho_calendar_fetches_total";
const UNKNOWN: &str = "sekisho_calendars_unknown";
const NAMELESS: &str = "sekisho_calendars_naming_nobody";

/// Says what they mean.
pub fn describe() {
    metrics::describe_counter!(FETCHES, "Attempts to fetch a calendar, by outcome");
    metrics::describe_gauge!(
        UNKNOWN,
        "Calendars by which nobody is on call: not fetched, stale, or not understood"
    );
    metrics::describe_gauge!(NAMELESS, "Calendars with events that name nobody who is known");
}

/// Counts an attempt.
pub(in crate::policy) fn count_fetch<T, E>(result: &Result<T, E>) {
    let outcome = if result.is_ok() { "taken" } else { "failed" };
    metrics::counter!(FETCHES, "outcome" => outcome).increment(1);
}

/// Shows how calendars stand.
#[expect(clippy::cast_precision_loss, reason = "figures for a graph")]
pub(in crate::policy) fn show(notices: &[CalendarNotice]) {
    let unknown = notices.iter().filter(|notice| notice.what.leaves_nobody()).count();
    metrics::gauge!(UNKNOWN).set(unknown as f64);
    metrics::gauge!(NAMELESS).set((notices.len() - unknown) as f64);
}

#[cfg(test)]
mod tests {
    use metrics_exporter_prometheus::PrometheusBuilder;

    use super::*;
    use crate::policy::Notice;

    #[test]
    fn fetches_and_what_is_not_known_are_counted() {
        let recorder = PrometheusBuilder::new().build_recorder();
        let _recording = metrics::set_default_local_recorder(&recorder);
        describe();
        count_fetch(&Ok::<(), ()>(()));
        count_fetch(&Err::<(), ()>(()));
        let unknown = Notice::Unknown { names: ["jane@kawase.example".to_owned()].into() };
        let notice = |what| CalendarNotice { rotation: "night".to_owned(), what };
        show(&[notice(Notice::NotFetched), notice(unknown)]);
        let text = recorder.handle().render();
        for line in [
            "sekisho_calendar_fetches_total{outcome=\"taken\"} 1",
            "sekisho_calendar_fetches_total{outcome=\"failed\"} 1",
            "sekisho_calendars_unknown 1",
            "sekisho_calendars_naming_nobody 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
        assert!(!text.contains("jane") && !text.contains("night"));
    }
}
