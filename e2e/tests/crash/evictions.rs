//! What the API server itself recorded: the evictions that were meant, and the pods that went.

use domain::time::Timestamp;
use serde_json::Value;

use crate::ground::{Ground, NAMESPACE};

/// What the API server saw since the ground was set.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) evictions: Vec<Eviction>,
    /// The pods that were removed, by name: no eviction was needed to find these.
    pub(crate) removed: Vec<String>,
}

/// An eviction in the name of a request, whatever became of it.
///
/// Evictions without one are dry runs. The API server does not record which it ran dry: that none of them did more is
/// seen by the pods that went.
#[derive(Clone, Debug)]
pub(crate) struct Eviction {
    pub(crate) audit_id: String,
    pub(crate) request: String,
    pub(crate) pod: String,
    pub(crate) received: Timestamp,
    /// The status of the answer.
    pub(crate) status: u64,
}

impl Eviction {
    fn is_accepted(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Seen {
    /// Whether an eviction was done. Where the caller died, the API server may record `500 context canceled` for one
    /// that it had passed on all the same: then the pod tells, if it went and no later eviction was why.
    pub(crate) fn took_effect(&self, eviction: &Eviction) -> bool {
        let is_same = |other: &&Eviction| other.pod == eviction.pod;
        match eviction.status {
            500.. => {
                self.removed.contains(&eviction.pod)
                    && !self.evictions.iter().filter(is_same).any(Eviction::is_accepted)
            }
            _ => eviction.is_accepted(),
        }
    }

    pub(crate) fn since_set(ground: &Ground) -> Self {
        let events = ground.cluster.audit_log().events().unwrap();
        let ended = || {
            let events = events.iter().skip(ground.events_before);
            events.filter(|event| {
                let about = &event["objectRef"];
                event["stage"] == "ResponseComplete"
                    && about["resource"] == "pods"
                    && about["namespace"] == NAMESPACE
            })
        };
        let removal =
            |event: &&Value| event["verb"] == "delete" && event["responseStatus"]["code"] == 200;
        Self {
            evictions: ended().filter_map(eviction).collect(),
            removed: ended()
                .filter(removal)
                .map(|event| text(&event["objectRef"]["name"]))
                .collect(),
        }
    }
}

fn eviction(event: &Value) -> Option<Eviction> {
    let request = &event["impersonatedUser"]["extra"]["sekisho.dev/request"][0];
    (event["objectRef"]["subresource"] == "eviction").then_some(())?;
    Some(Eviction {
        audit_id: text(&event["auditID"]),
        request: request.as_str()?.to_owned(),
        pod: text(&event["objectRef"]["name"]),
        received: text(&event["requestReceivedTimestamp"]).parse().unwrap(),
        status: event["responseStatus"]["code"].as_u64().unwrap(),
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
