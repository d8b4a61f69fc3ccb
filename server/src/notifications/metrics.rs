//! Figures about notifications. Labels name kinds of destination and outcomes, never people, tenants or destinations.

use domain::notifications::{Backlog, DestinationKind};

const TOTAL: &str = "sekisho_notifications_total";
const WAITING: &str = "sekisho_notifications_waiting";
const STUCK: &str = "sekisho_notifications_stuck";

/// Says what they mean.
pub fn describe() {
    metrics::describe_counter!(TOTAL, "Attempts to notify, by kind of destination and outcome");
    metrics::describe_gauge!(WAITING, "Notifications that are not delivered and will be attempted");
    metrics::describe_gauge!(STUCK, "Notifications that are stuck, given up or not");
}

/// Counts an attempt.
pub(super) fn count_attempt<E>(kind: DestinationKind, result: &Result<(), E>) {
    let outcome = if result.is_ok() { "delivered" } else { "failed" };
    metrics::counter!(TOTAL, "kind" => kind.as_str(), "outcome" => outcome).increment(1);
}

/// Shows how much is not delivered.
#[expect(clippy::cast_precision_loss, reason = "figures for a graph")]
pub fn show_backlog(backlog: Backlog) {
    metrics::gauge!(WAITING).set(backlog.waiting as f64);
    metrics::gauge!(STUCK).set(backlog.stuck as f64);
}

#[cfg(test)]
mod tests {
    use metrics_exporter_prometheus::PrometheusBuilder;

    use super::*;

    #[test]
    fn attempts_and_what_is_stuck_are_counted() {
        let recorder = PrometheusBuilder::new().build_recorder();
        let _recording = metrics::set_default_local_recorder(&recorder);
        describe();
        count_attempt(DestinationKind::Slack, &Ok::<(), ()>(()));
        count_attempt(DestinationKind::Slack, &Err::<(), ()>(()));
        count_attempt(DestinationKind::Slack, &Err::<(), ()>(()));
        show_backlog(Backlog { waiting: 3, stuck: 2, given_up: 1 });
        let text = recorder.handle().render();
        for line in [
            "sekisho_notifications_total{kind=\"slack\",outcome=\"delivered\"} 1",
            "sekisho_notifications_total{kind=\"slack\",outcome=\"failed\"} 2",
            "sekisho_notifications_waiting 3",
            "sekisho_notifications_stuck 2",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
    }
}
