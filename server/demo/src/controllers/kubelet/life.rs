//! A pod's life: created, started, ready; or one of the ways in which that goes wrong.
//!
//! Never waits, never reads a clock: it answers what comes next.

use serde_json::{Value, json};

use super::containers::{self, Death, State};
use crate::{
    controllers::{
        Step,
        behaviour::Behaviour,
        events::{self, Note},
        pods::set_condition,
        scope::Scope,
    },
    kinds,
    object::Object,
    store::{Deletion, Key, seconds},
};

/// When a pod's next step comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Due {
    /// After the usual delay.
    Step,
    /// After the back-off of a crashed container.
    Retry,
    /// It has arrived where it stays.
    Never,
}

pub(crate) fn due(pod: &Object) -> Due {
    let ended = matches!(pod.text("/status/phase"), "Succeeded" | "Failed");
    if pod.is_terminating() {
        return if Behaviour::of(pod) == Behaviour::Hangs { Due::Never } else { Due::Step };
    }
    if ended || !pod.has("/spec/nodeName") {
        return Due::Never;
    }
    match containers::state(pod) {
        State::BackingOff => Due::Retry,
        // Told to crash only after it was well, as one pod among healthy ones.
        State::Ready if Behaviour::of(pod) == Behaviour::CrashLoop => Due::Step,
        State::ImageMissing | State::Ready => Due::Never,
        State::Running if Behaviour::of(pod) == Behaviour::NeverReady => Due::Never,
        State::Absent | State::Creating | State::Running => Due::Step,
    }
}

/// The next step of a pod that is due.
pub(super) fn advance(scope: &Scope<'_>, pod: &Object) -> Vec<Step> {
    if pod.is_terminating() {
        let name = pod.text("/spec/containers/0/name");
        let message = format!("Stopping container {name}");
        let killing = events::record(scope, pod, &Note::normal("Killing", &message, "kubelet"));
        return vec![killing, Step::Delete(Key::of(&kinds::POD, pod), Deletion::immediate())];
    }
    match (containers::state(pod), Behaviour::of(pod)) {
        (State::Absent, _) => create(scope, pod),
        (State::Creating, Behaviour::ImagePull) => fail_to_pull(scope, pod),
        (State::Creating, _) => start(scope, pod, "Pulled"),
        (State::BackingOff, _) => start(scope, pod, "Restarted"),
        (State::Running | State::Ready, Behaviour::CrashLoop) => {
            die(scope, pod, Death::OUT_OF_MEMORY)
        }
        (State::Running, Behaviour::Fails) => die(scope, pod, Death::ERROR),
        (State::Running, Behaviour::Completes) => complete(scope, pod),
        (State::Running, _) => become_ready(scope, pod),
        (State::ImageMissing | State::Ready, _) => Vec::new(),
    }
}

fn create(scope: &Scope<'_>, pod: &Object) -> Vec<Step> {
    let now = seconds(scope.now);
    let node = pod.text("/spec/nodeName");
    let host = scope.nodes().find(|other| other.name() == node);
    let mut status = pod.at("/status").clone();
    status["hostIP"] =
        host.map_or(Value::Null, |host| host.at("/status/addresses/0/address").clone());
    status["startTime"] = json!(now);
    status["containerStatuses"] = containers::creating(pod);
    set_condition(&mut status, json!({ "type": "PodScheduled", "status": "True" }), &now);
    set_condition(&mut status, json!({ "type": "Initialized", "status": "True" }), &now);
    readiness(&mut status, "False", "ContainersNotReady", &now);
    vec![set(pod, status)]
}

fn start(scope: &Scope<'_>, pod: &Object, news: &str) -> Vec<Step> {
    let now = seconds(scope.now);
    let mut status = pod.at("/status").clone();
    status["phase"] = json!("Running");
    let address = containers::address(pod);
    status["podIP"] = json!(address);
    status["podIPs"] = json!([{ "ip": address }]);
    status["containerStatuses"] = containers::running(pod, &now);
    let (image, container) =
        (pod.text("/spec/containers/0/image"), pod.text("/spec/containers/0/name"));
    let pulled = if news == "Pulled" {
        format!("Successfully pulled image \"{image}\" in 812ms")
    } else {
        format!("Container image \"{image}\" already present on machine")
    };
    let (created, started) =
        (format!("Created container: {container}"), format!("Started container {container}"));
    let mut steps = vec![
        set(pod, status),
        events::record(scope, pod, &Note::normal("Pulled", &pulled, "kubelet")),
        events::record(scope, pod, &Note::normal("Created", &created, "kubelet")),
        events::record(scope, pod, &Note::normal("Started", &started, "kubelet")),
    ];
    if Behaviour::of(pod) == Behaviour::NeverReady {
        let message = "Readiness probe failed: HTTP probe failed with statuscode: 503";
        steps.push(events::record(scope, pod, &Note::warning("Unhealthy", message, "kubelet")));
    }
    steps
}

fn become_ready(scope: &Scope<'_>, pod: &Object) -> Vec<Step> {
    let now = seconds(scope.now);
    let mut status = pod.at("/status").clone();
    status["containerStatuses"] = containers::ready(pod);
    readiness(&mut status, "True", "", &now);
    vec![set(pod, status)]
}

fn fail_to_pull(scope: &Scope<'_>, pod: &Object) -> Vec<Step> {
    let image = pod.text("/spec/containers/0/image");
    let mut status = pod.at("/status").clone();
    let back_off = format!("Back-off pulling image \"{image}\"");
    status["containerStatuses"] = containers::waiting(pod, "ImagePullBackOff", &back_off);
    let failed = format!("Failed to pull image \"{image}\": not found");
    vec![
        set(pod, status),
        events::record(scope, pod, &Note::warning("Failed", &failed, "kubelet")),
        events::record(scope, pod, &Note::normal("BackOff", &back_off, "kubelet")),
    ]
}

/// The end of the container: of the pod too, unless it may start again.
fn die(scope: &Scope<'_>, pod: &Object, death: Death) -> Vec<Step> {
    let now = seconds(scope.now);
    let mut status = pod.at("/status").clone();
    if pod.text("/spec/restartPolicy") == "Never" {
        status["phase"] = json!("Failed");
        status["containerStatuses"] = containers::failed(pod, death, &now);
        readiness(&mut status, "False", "PodFailed", &now);
        return vec![set(pod, status)];
    }
    status["containerStatuses"] = containers::crashed(pod, death, &now);
    readiness(&mut status, "False", "ContainersNotReady", &now);
    let container = pod.text("/spec/containers/0/name");
    let message = format!("Back-off restarting failed container {container} in pod {}", pod.name());
    vec![
        set(pod, status),
        events::record(scope, pod, &Note::warning("BackOff", &message, "kubelet")),
    ]
}

fn complete(scope: &Scope<'_>, pod: &Object) -> Vec<Step> {
    let now = seconds(scope.now);
    let mut status = pod.at("/status").clone();
    status["phase"] = json!("Succeeded");
    status["containerStatuses"] = containers::completed(pod, &now);
    readiness(&mut status, "False", "PodCompleted", &now);
    vec![set(pod, status)]
}

fn readiness(status: &mut Value, state: &str, reason: &str, now: &str) {
    for condition in ["ContainersReady", "Ready"] {
        let mut condition = json!({ "type": condition, "status": state });
        if !reason.is_empty() {
            condition["reason"] = json!(reason);
        }
        set_condition(status, condition, now);
    }
}

fn set(pod: &Object, status: Value) -> Step {
    Step::SetStatus(Key::of(&kinds::POD, pod), status)
}
