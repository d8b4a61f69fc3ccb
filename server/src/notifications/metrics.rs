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
