//! A delivery of each event, and secrets that lead nowhere.

use std::time::Duration;

use domain::{
    ids::RequestId,
    notifications::{About, ClaimId, Delivery, DeliveryId, Event, EventKind, Language, TargetName},
    testkit::ManualClock,
    time::Clock,
};
use url::Url;
use uuid::Uuid;

use super::{
    call::Message,
    secrets::{PagerDutySecret, SigningKey, WebhookSecret},
};
use crate::identity::Origin;

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | n)
}

pub(crate) fn delivery(kind: EventKind) -> Delivery {
    let at = ManualClock::default().now();
    Delivery {
        id: DeliveryId::new(uuid(1)),
        destination: "somewhere".parse().unwrap(),
        claim: ClaimId::new(uuid(2)),
        attempts: 1,
        since: at,
        event: Event {
            entry: 4711,
            kind,
            at,
            actor: Some("owner".parse().unwrap()),
            about: About::Request(RequestId::new(uuid(7))),
            action: "restart-pod".to_owned(),
            tenant: Some("prod/payments-api".parse().unwrap()),
            target: TargetName { kind: "Pod".to_owned(), name: "api-7d9f-abcde".to_owned() },
            requester: "on-call".parse().unwrap(),
            reviewer: None,
            reason: "it answers nobody".to_owned(),
            ticket: Some("INC-7".to_owned()),
            approvals: 0,
            approvals_needed: 1,
            expires_at: at.plus(Duration::from_hours(1)),
        },
    }
}

pub(super) fn message(delivery: &Delivery, language: Language) -> Message<'_> {
    // A message borrows its origin, and tests end with the process.
    let origin: Origin = "https://console.example.org".parse().unwrap();
    Message { delivery, language, origin: Box::leak(Box::new(origin)) }
}

pub(super) fn pagerduty() -> PagerDutySecret {
    PagerDutySecret {
        url: Url::parse("https://events.example/v2/enqueue").unwrap(),
        routing_key: "0123456789abcdef0123456789abcdef".to_owned().try_into().unwrap(),
    }
}

/// As a reviewer reads it.
pub(super) fn shown(body: &serde_json::Value) -> String {
    serde_json::to_string_pretty(body).unwrap()
}

/// With so many keys.
pub(super) fn webhook(keys: usize) -> WebhookSecret {
    let key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned();
    let key: SigningKey = key.try_into().unwrap();
    WebhookSecret { url: Url::parse("https://siem.example/").unwrap(), keys: vec![key; keys] }
}
