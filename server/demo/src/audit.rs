//! The cluster's own record of who asked for what, in the shape of `audit.k8s.io/v1` events.
//!
//! Metadata level only: never holds a body. Health probes leave no trace, as in the usual policy.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::{
    access::{Attributes, Decision, Target, User},
    cluster::Cluster,
    refusal::Refusal,
};

/// The newest audit events, oldest first, within a bound.
#[derive(Debug)]
pub struct AuditLog {
    events: Mutex<VecDeque<Value>>,
    capacity: usize,
    written: watch::Sender<u64>,
}

impl AuditLog {
    pub(crate) fn new(capacity: usize) -> Self {
        Self { events: Mutex::default(), capacity, written: watch::Sender::new(0) }
    }

    /// The events that are still kept.
    #[must_use]
    pub fn events(&self) -> Vec<Value> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// How many events were ever written; wakes at each.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.written.subscribe()
    }

    fn write(&self, event: Value) {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        if events.len() == self.capacity {
            events.pop_front();
        }
        events.push_back(event);
        drop(events);
        self.written.send_modify(|written| *written += 1);
    }
}

/// The event of one request, while it is being answered.
pub(crate) struct Record {
    event: Value,
    is_watch: bool,
    is_probe: bool,
}

impl Record {
    pub(crate) fn begin(cluster: &Cluster, attributes: &Attributes, parts: &Parts) -> Self {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        let mut event = json!({
            "kind": "Event",
            "apiVersion": "audit.k8s.io/v1",
            "level": "Metadata",
            "auditID": cluster.store.ids().uid().to_string(),
            "stage": "ResponseComplete",
            "requestURI": parts.uri.to_string(),
            "verb": attributes.verb,
            "user": {},
            "sourceIPs": ["127.0.0.1"],
            "userAgent": agent.unwrap_or_default(),
            "requestReceivedTimestamp": micros(cluster.now()),
            "annotations": {},
        });
        if let Target::Resource(resource) = &attributes.target {
            let fields = [
                ("resource", &resource.plural),
                ("namespace", &resource.namespace),
                ("name", &resource.name),
                ("apiGroup", &resource.group),
                ("apiVersion", &resource.version),
                ("subresource", &resource.subresource),
            ];
            let given = fields.into_iter().filter(|(_, value)| !value.is_empty());
            event["objectRef"] = given.map(|(field, value)| (field, value.as_str())).collect();
        }
        let path = parts.uri.path();
        Self {
            event,
            is_watch: attributes.verb == "watch",
            is_probe: ["/healthz", "/livez", "/readyz"].iter().any(|probe| path.starts_with(probe)),
        }
    }

    /// What the answer carries as `Audit-Id`.
    pub(crate) fn id(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(self.event["auditID"].as_str()?).ok()
    }

    pub(crate) fn user(&mut self, user: &User) {
        self.event["user"] = user.to_json();
    }

    pub(crate) fn impersonated(&mut self, user: &User) {
        self.event["impersonatedUser"] = user.to_json();
    }

    pub(crate) fn decided(&mut self, decision: &Decision) {
        let word = if decision.allowed { "allow" } else { "forbid" };
        self.event["annotations"] = json!({
            "authorization.k8s.io/decision": word,
            "authorization.k8s.io/reason": decision.reason,
        });
    }

    /// A credential came of the request: its name is told, and never the credential.
    pub(crate) fn issued(&mut self, credential: &str) {
        self.event["annotations"]["authentication.kubernetes.io/issued-credential-id"] =
            json!(credential);
    }

    pub(crate) fn succeeded(self, cluster: &Cluster, code: StatusCode) {
        self.finish(cluster, json!({ "metadata": {}, "code": code.as_u16() }));
    }

    pub(crate) fn refused(self, cluster: &Cluster, refusal: &Refusal) {
        self.finish(
            cluster,
            json!({
                "metadata": {}, "status": "Failure", "reason": refusal.reason,
                "message": refusal.message, "code": refusal.code,
            }),
        );
    }

    fn finish(mut self, cluster: &Cluster, status: Value) {
        if self.is_probe {
            return;
        }
        if self.is_watch {
            // A watch is recorded when it begins; its end tells nothing.
            self.event["stage"] = json!("ResponseStarted");
        }
        self.event["responseStatus"] = status;
        self.event["stageTimestamp"] = json!(micros(cluster.now()));
        cluster.audit.write(self.event);
    }
}

fn micros(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}
