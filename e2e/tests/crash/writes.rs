//! What the API server itself recorded: the writes that were meant, the pods that went, the sizes that are left.

use std::collections::BTreeMap;

use domain::time::Timestamp;
use serde_json::Value;

use crate::ground::{Ground, NAMESPACE, SCALED_TO};

/// What the API server saw since the ground was set.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) writes: Vec<Write>,
    /// The pods that were removed, by name: no eviction was needed to find these.
    pub(crate) removed: Vec<String>,
    /// The replicas that each deployment asks for in the end.
    pub(crate) sizes: BTreeMap<String, u64>,
}

/// What a write does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    Evict,
    Scale,
}

/// A write in the name of a request, whatever became of it.
///
/// Evictions without one are dry runs. The API server does not record which it ran dry: that none of them did more is
/// seen by the pods that went.
#[derive(Clone, Debug)]
pub(crate) struct Write {
    pub(crate) audit_id: String,
    pub(crate) request: String,
    pub(crate) does: Does,
    pub(crate) target: String,
    pub(crate) received: Timestamp,
    /// The status of the answer.
    pub(crate) status: u64,
}

impl Write {
    pub(crate) fn is_accepted(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Seen {
    /// Whether a write was done. Where the caller died, the API server may record `500 context canceled` for one
    /// that it had passed on all the same: then the pod or the size tells, if no later write was why.
    pub(crate) fn took_effect(&self, write: &Write) -> bool {
        let is_same = |other: &&Write| other.target == write.target;
        let shows = || match write.does {
            Does::Evict => self.removed.contains(&write.target),
            Does::Scale => self.sizes.get(&write.target) == Some(&SCALED_TO),
        };
        match write.status {
            500.. => shows() && !self.writes.iter().filter(is_same).any(Write::is_accepted),
            _ => write.is_accepted(),
        }
    }

    pub(crate) fn since_set(ground: &Ground) -> Self {
        let events = ground.cluster.audit_log().events().unwrap();
        let ended = || {
            let events = events.iter().skip(ground.events_before);
            events.filter(|event| {
                let about = &event["objectRef"];
                event["stage"] == "ResponseComplete" && about["namespace"] == NAMESPACE
            })
        };
        let removal = |event: &&Value| {
            event["objectRef"]["resource"] == "pods"
                && event["verb"] == "delete"
                && event["responseStatus"]["code"] == 200
        };
        Self {
            writes: ended().filter_map(write).collect(),
            removed: ended()
                .filter(removal)
                .map(|event| text(&event["objectRef"]["name"]))
                .collect(),
            sizes: ground.sizes(),
        }
    }
}

fn write(event: &Value) -> Option<Write> {
    let request = &event["impersonatedUser"]["extra"]["sekisho.dev/request"][0];
    let does = match (event["objectRef"]["subresource"].as_str()?, event["verb"].as_str()?) {
        ("eviction", "create") => Does::Evict,
        ("scale", "patch") if !text(&event["requestURI"]).contains("dryRun=All") => Does::Scale,
        _ => return None,
    };
    Some(Write {
        audit_id: text(&event["auditID"]),
        request: request.as_str()?.to_owned(),
        does,
        target: text(&event["objectRef"]["name"]),
        received: text(&event["requestReceivedTimestamp"]).parse().unwrap(),
        status: event["responseStatus"]["code"].as_u64().unwrap(),
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
