//! PagerDuty, by its Events API v2 (<https://developer.pagerduty.com/docs/send-alert-event>): somebody is paged while a
//! request waits for approval. The request's id is the key, so that what is sent twice opens nothing twice.

use domain::{notifications::Delivery, time::Timestamp};
use http::HeaderMap;
use serde_json::{Value, json};

use super::{
    call::{Call, Message},
    language::{OPEN, told},
    plain::plain,
    secrets::PagerDutySecret,
};

/// The longest summary that is taken, in characters.
const SUMMARY: usize = 1024;

/// The call that pages, or ends a page; nothing where nobody needs to be told any more.
pub(super) fn call(
    secret: &PagerDutySecret,
    message: &Message<'_>,
    now: Timestamp,
) -> Option<Call> {
    let body = match action(message.delivery, now)? {
        Action::Trigger => trigger(message),
        Action::Resolve => json!({ "event_action": "resolve" }),
    };
    Some(Call {
        url: secret.url.clone(),
        headers: HeaderMap::new(),
        body: addressed(body, secret, message.delivery).to_string(),
    })
}

enum Action {
    Trigger,
    Resolve,
}

fn action(delivery: &Delivery, now: Timestamp) -> Option<Action> {
    let event = &delivery.event;
    if event.kind.ends_waiting() {
        return Some(Action::Resolve);
    }
    // A page that was late, or is tried again by hand, must not open what nobody can decide any more.
    (event.begins_waiting() && now < event.expires_at).then_some(Action::Trigger)
}

fn addressed(mut body: Value, secret: &PagerDutySecret, delivery: &Delivery) -> Value {
    body["routing_key"] = secret.routing_key.reveal().into();
    body["dedup_key"] = delivery.event.about.id().to_string().into();
    body
}

fn trigger(message: &Message<'_>) -> Value {
    let event = &message.delivery.event;
    let summary: String = told(event, message.language).chars().take(SUMMARY).collect();
    json!({
        "event_action": "trigger",
        "client": "Sekisho",
        "client_url": message.origin.to_string(),
        "links": [{ "href": message.link(), "text": OPEN.in_language(message.language) }],
        "payload": {
            "summary": summary,
            "source": event.tenant.as_ref().map_or(event.target.name.clone(), ToString::to_string),
            "component": format!("{} {}", event.target.kind, event.target.name),
            "class": event.action,
            // Less would not wake anybody, and whoever asks is waiting.
            "severity": "critical",
            "timestamp": event.at.to_string(),
            "custom_details": {
                "requester": event.requester.to_string(),
                "reason": plain(&event.reason),
                "ticket": event.ticket.as_deref().map(plain),
                "approvals_needed": event.approvals_needed,
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::notifications::{EventKind, Language};

    use super::*;
    use crate::notifications::testkit::{delivery, message, pagerduty, shown};

    fn sent(kind: EventKind, later: Duration) -> Option<Value> {
        let delivery = delivery(kind);
        let now = delivery.event.at.plus(later);
        let call = call(&pagerduty(), &message(&delivery, Language::English), now)?;
        Some(serde_json::from_str(&call.body).unwrap())
    }

    #[test]
    fn a_request_pages_and_its_end_ends_the_page() {
        insta::assert_snapshot!(shown(&sent(EventKind::Requested, Duration::ZERO).unwrap()));
        for kind in EventKind::ALL.into_iter().filter(|kind| kind.ends_waiting()) {
            let sent = sent(kind, Duration::ZERO).unwrap();
            assert_eq!(sent["event_action"], "resolve");
            assert_eq!(sent["dedup_key"], "01900000-0000-7000-8000-000000000007");
        }
    }

    #[test]
    fn what_ends_no_wait_is_not_sent() {
        for kind in [EventKind::Intended, EventKind::Succeeded, EventKind::PartlyApproved] {
            assert_eq!(sent(kind, Duration::ZERO), None, "{kind}");
        }
    }

    #[test]
    fn nobody_is_paged_for_what_cannot_be_approved_any_more() {
        let hour = Duration::from_hours(1);
        assert!(sent(EventKind::Requested, Duration::from_secs(3599)).is_some());
        assert_eq!(sent(EventKind::Requested, hour), None);
        assert!(sent(EventKind::Expired, hour).is_some(), "a page is ended, however late");
    }
}
