//! Events as rows.

use domain::{
    resources::{EventKind, EventRow},
    time::Timestamp,
};
use k8s_openapi::api::core::v1::Event;

use super::metadata::{count, created_at, moment};

/// The longest message kept, in bytes; the API's own limit is about the same.
const MESSAGE_MAX: usize = 1024;

/// The row of an event.
pub(in crate::cluster) fn event_row(event: Event) -> Option<EventRow> {
    let (count, last_at) = (occurrences(&event), last_at(&event));
    let about = event.involved_object;
    let namespace = about.namespace.or(event.metadata.namespace)?;
    Some(EventRow {
        namespace: namespace.parse().ok()?,
        about_kind: about.kind.unwrap_or_default(),
        about_name: about.name.unwrap_or_default(),
        about_uid: about.uid,
        kind: match event.type_.as_deref() {
            Some("Warning") => EventKind::Warning,
            _ => EventKind::Normal,
        },
        reason: event.reason.unwrap_or_default(),
        message: shortened(event.message.as_deref().unwrap_or_default()),
        count,
        last_at,
    })
}

/// Reporters of the events.k8s.io kind count in the series, older ones in the event itself.
fn occurrences(event: &Event) -> u32 {
    let in_series = event.series.as_ref().and_then(|series| series.count);
    count(in_series.or(event.count)).max(1)
}

fn last_at(event: &Event) -> Timestamp {
    let micro = event
        .series
        .as_ref()
        .and_then(|series| series.last_observed_time.as_ref())
        .or(event.event_time.as_ref())
        .map(|time| Timestamp::from_micros(time.0.as_microsecond()));
    let seconds = event.last_timestamp.as_ref().map(moment);
    micro
        .max(seconds)
        .or(event.first_timestamp.as_ref().map(moment))
        .unwrap_or_else(|| created_at(&event.metadata))
}

fn shortened(message: &str) -> String {
    let mut end = message.len().min(MESSAGE_MAX);
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    message[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn row(fields: Value) -> EventRow {
        let mut event = json!({
            "metadata": {"namespace": "payouts", "name": "api-1.17", "creationTimestamp": "2026-01-01T00:00:00Z"},
            "involvedObject": {"kind": "Pod", "namespace": "payouts", "name": "api-1", "uid": "p"},
            "type": "Warning", "reason": "BackOff", "message": "restarting failed container",
        });
        let Value::Object(fields) = fields else { panic!("fields are an object") };
        event.as_object_mut().unwrap().extend(fields);
        event_row(serde_json::from_value(event).unwrap()).unwrap()
    }

    #[test]
    fn an_old_reporter_counts_in_the_event() {
        let row = row(json!({"count": 7, "lastTimestamp": "2026-01-01T00:10:00Z"}));
        assert_eq!((row.kind, row.count), (EventKind::Warning, 7));
        assert_eq!(row.last_at.to_string(), "2026-01-01T00:10:00.000000Z");
    }

    #[test]
    fn a_new_reporter_counts_in_the_series() {
        let row = row(json!({
            "eventTime": "2026-01-01T00:00:01.500000Z",
            "series": {"count": 3, "lastObservedTime": "2026-01-01T00:20:00.250000Z"},
        }));
        assert_eq!(row.count, 3);
        assert_eq!(row.last_at.to_string(), "2026-01-01T00:20:00.250000Z");
    }

    #[test]
    fn an_event_without_times_is_as_old_as_its_object() {
        let row = row(json!({}));
        assert_eq!((row.count, row.about_uid.as_deref()), (1, Some("p")));
        assert_eq!(row.last_at.to_string(), "2026-01-01T00:00:00.000000Z");
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        let row = row(json!({"message": "é".repeat(2000)}));
        assert_eq!(row.message.len(), 1024);
    }
}
