//! Container statuses, as a kubelet reports them.
//!
//! Never runs anything: image digests and addresses are derived from names.

use serde_json::{Value, json};

use crate::{
    ids::{digest, hex_digest},
    object::Object,
};

/// Where the containers of a pod stand, judged by the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Absent,
    Creating,
    ImageMissing,
    Running,
    BackingOff,
    Ready,
}

pub(super) fn state(pod: &Object) -> State {
    let Some(first) = pod.items("/status/containerStatuses").first() else {
        return State::Absent;
    };
    match first["state"]["waiting"]["reason"].as_str() {
        Some("ContainerCreating") => State::Creating,
        Some("ImagePullBackOff") => State::ImageMissing,
        Some(_) => State::BackingOff,
        None if first["ready"] == true => State::Ready,
        None => State::Running,
    }
}

/// A cluster-internal address, the same for the same pod.
pub(super) fn address(pod: &Object) -> String {
    let bytes = digest(pod.uid());
    format!("10.244.{}.{}", bytes[0], bytes[1].max(1))
}

pub(super) fn creating(pod: &Object) -> Value {
    waiting(pod, "ContainerCreating", "")
}

pub(super) fn waiting(pod: &Object, reason: &str, message: &str) -> Value {
    let mut waiting = json!({ "reason": reason });
    if !message.is_empty() {
        waiting["message"] = json!(message);
    }
    each(pod, |_, _| json!({ "ready": false, "started": false, "state": { "waiting": waiting } }))
}

pub(super) fn running(pod: &Object, now: &str) -> Value {
    each(pod, |container, old| {
        let image = container["image"].as_str().unwrap_or_default();
        let repository = image.rsplit_once(':').map_or(image, |(repository, _)| repository);
        json!({
            "ready": false,
            "started": true,
            "state": { "running": { "startedAt": now } },
            "imageID": format!("{repository}@sha256:{}", hex_digest(image)),
            "containerID": format!("containerd://{}", hex_digest(&format!("{} {}", pod.uid(), old["restartCount"]))),
        })
    })
}

pub(super) fn ready(pod: &Object) -> Value {
    each(pod, |_, _| json!({ "ready": true }))
}

/// How a container died.
#[derive(Clone, Copy, Debug)]
pub(super) struct Death {
    reason: &'static str,
    code: i32,
}

impl Death {
    pub(super) const OUT_OF_MEMORY: Self = Self { reason: "OOMKilled", code: 137 };
    pub(super) const ERROR: Self = Self { reason: "Error", code: 1 };
}

/// Dead, and not to be started again.
pub(super) fn failed(pod: &Object, death: Death, now: &str) -> Value {
    each(pod, |_, old| {
        let ended = ended(old, death.reason, death.code, now);
        json!({ "ready": false, "started": false, "state": { "terminated": ended } })
    })
}

/// Dead, to be started again later.
pub(super) fn crashed(pod: &Object, death: Death, now: &str) -> Value {
    each(pod, |container, old| {
        let name = container["name"].as_str().unwrap_or_default();
        let message =
            format!("back-off 5m0s restarting failed container={name} pod={}", pod.name());
        json!({
            "ready": false,
            "started": false,
            "restartCount": old["restartCount"].as_i64().unwrap_or_default() + 1,
            "state": { "waiting": { "reason": "CrashLoopBackOff", "message": message } },
            "lastState": { "terminated": ended(old, death.reason, death.code, now) },
        })
    })
}

pub(super) fn completed(pod: &Object, now: &str) -> Value {
    each(pod, |_, old| {
        let ended = ended(old, "Completed", 0, now);
        json!({ "ready": false, "started": false, "state": { "terminated": ended } })
    })
}

fn ended(old: &Value, reason: &str, code: i32, now: &str) -> Value {
    json!({
        "reason": reason,
        "exitCode": code,
        "startedAt": old["state"]["running"]["startedAt"],
        "finishedAt": now,
        "containerID": old["containerID"],
    })
}

/// The statuses of all containers, each with some fields changed.
fn each(pod: &Object, change: impl Fn(&Value, &Value) -> Value) -> Value {
    let old = pod.items("/status/containerStatuses");
    let statuses = pod.items("/spec/containers").iter().enumerate().map(|(index, container)| {
        let mut status = old.get(index).cloned().unwrap_or_else(|| {
            json!({ "name": container["name"], "image": container["image"], "imageID": "", "restartCount": 0, "lastState": {} })
        });
        let changes = change(container, &status);
        for (field, value) in changes.as_object().into_iter().flatten() {
            status[field] = value.clone();
        }
        status
    });
    Value::Array(statuses.collect())
}
