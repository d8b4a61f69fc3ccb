//! A webhook of one's own, signed as Standard Webhooks says (<https://www.standardwebhooks.com>), so that a receiver can
//! tell who sent it, that it is whole, and that it is no replay.

use std::fmt::Write as _;

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{notifications::About, time::Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{
    call::{Call, Message},
    language::told,
    plain::plain,
    secrets::WebhookSecret,
};

/// The call that tells a program.
pub(super) fn call(secret: &WebhookSecret, message: &Message<'_>, now: Timestamp) -> Call {
    let body = body(message).to_string();
    let id = message.delivery.id.to_string();
    let timestamp = now.as_micros().div_euclid(1_000_000).to_string();
    let mut signatures = String::new();
    for key in &secret.keys {
        let space = if signatures.is_empty() { "" } else { " " };
        let signature = signature(key.bytes(), &id, &timestamp, &body);
        let _ = write!(signatures, "{space}v1,{signature}");
    }
    let mut headers = HeaderMap::new();
    for (name, value) in
        [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signatures)]
    {
        // Identifiers, digits and base64 are visible ASCII.
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    }
    Call { url: secret.url.clone(), headers, body }
}

/// HMAC-SHA256 over `id.timestamp.body`.
fn signature(key: &[u8], id: &str, timestamp: &str, body: &str) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length (RFC 2104)");
    for part in [id, ".", timestamp, ".", body] {
        mac.update(part.as_bytes());
    }
    STANDARD.encode(mac.finalize().into_bytes())
}

fn body(message: &Message<'_>) -> Value {
    let event = &message.delivery.event;
    let mut body = json!({
        "type": "sekisho/notification/v1",
        "id": message.delivery.id,
        "event": event.kind,
        "at": event.at,
        "entry": event.entry,
        "request": null,
        "url": message.link(),
        "action": event.action,
        "tenant": event.tenant,
        "target": event.target,
        "requester": event.requester,
        "actor": event.actor,
        "reason": plain(&event.reason),
        "ticket": event.ticket.as_deref().map(plain),
        "approvals": { "given": event.approvals, "needed": event.approvals_needed },
        "text": told(event, message.language),
    });
    let (field, id) = match event.about {
        About::Request(request) => ("request", json!(request)),
        About::Grant(grant) => ("grant", json!(grant)),
        About::Session(session) => ("session", json!(session)),
        About::Recovery(recovery) => ("recovery", json!(recovery)),
    };
    body[field] = id;
    if matches!(event.about, About::Session(_) | About::Recovery(_)) {
        body["reviewer"] = json!(event.reviewer);
    }
    body
}

#[cfg(test)]
mod tests {
    use domain::{
        ids::RecoveryId,
        notifications::{EventKind, Language, TargetName},
    };

    use super::*;
    use crate::notifications::testkit::{delivery, message, shown, webhook};

    /// The example of the specification: what its libraries test themselves against.
    #[test]
    fn signs_as_the_standard_does() {
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature = signature(
            &key,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signature, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_recovery_is_of_a_person_and_of_no_tenant() {
        let mut delivery = delivery(EventKind::RecoveryAsked);
        let id = RecoveryId::new(delivery.event.about.id());
        delivery.event.about = About::Recovery(id);
        delivery.event.tenant = None;
        delivery.event.target =
            TargetName { kind: "Person".to_owned(), name: "engineer".to_owned() };
        let body = body(&message(&delivery, Language::English));
        assert_eq!((&body["recovery"], &body["request"]), (&json!(id), &Value::Null));
        assert_eq!((&body["tenant"], &body["target"]["name"]), (&Value::Null, &json!("engineer")));
        assert_eq!(body["url"], format!("https://console.example.org/recoveries/{id}"));
        assert!(body["text"].as_str().unwrap().contains("engineer, who lost every passkey"));
    }

    #[test]
    fn tells_everything_and_signs_with_every_key() {
        let delivery = delivery(EventKind::Requested);
        let message = message(&delivery, Language::English);
        let call = call(&webhook(2), &message, delivery.event.at);
        insta::assert_snapshot!(shown(&serde_json::from_str(&call.body).unwrap()));
        assert_eq!(call.headers["webhook-id"], delivery.id.to_string());
        assert_eq!(call.headers["webhook-timestamp"], "1767225600");
        let signatures = call.headers["webhook-signature"].to_str().unwrap();
        let secret = webhook(2);
        let expected = secret.keys.iter().map(|key| {
            let id = delivery.id.to_string();
            format!("v1,{}", signature(key.bytes(), &id, "1767225600", &call.body))
        });
        assert_eq!(signatures.split(' ').collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}
