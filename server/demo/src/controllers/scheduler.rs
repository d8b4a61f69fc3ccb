//! The scheduler: the emptiest node that takes pods.
//!
//! Never weighs resources: a pod that is to stay pending says so by annotation.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    Step,
    behaviour::Behaviour,
    events::{self, Note},
    pods::{is_active, set_condition},
    scope::Scope,
};
use crate::{
    kinds,
    object::Object,
    store::{Key, seconds},
};

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let homeless = |pod: &&std::sync::Arc<Object>| is_active(pod) && !pod.has("/spec/nodeName");
    let mut waiting = scope.all(&kinds::POD).filter(homeless).peekable();
    if waiting.peek().is_none() {
        return Vec::new();
    }
    let open = scope.nodes().filter(|node| node.at("/spec/unschedulable") != true);
    let mut load: BTreeMap<&str, usize> = open.map(|node| (node.name(), 0)).collect();
    for pod in scope.pods_everywhere() {
        if let Some(pods) = load.get_mut(pod.text("/spec/nodeName")) {
            *pods += 1;
        }
    }
    let mut steps = Vec::new();
    for pod in waiting {
        let emptiest = load.iter_mut().min_by_key(|(_, pods)| **pods);
        match emptiest.filter(|_| Behaviour::of(pod) != Behaviour::Pending) {
            Some((node, pods)) => {
                *pods += 1;
                steps.extend(bind(scope, pod, node));
            }
            None if !pod.has("/status/conditions") => steps.extend(refuse(scope, pod)),
            None => {}
        }
    }
    steps
}

fn bind(scope: &Scope<'_>, pod: &Object, node: &str) -> Vec<Step> {
    let now = seconds(scope.now);
    let key = Key::of(&kinds::POD, pod);
    let mut status = pod.at("/status").clone();
    set_condition(&mut status, json!({ "type": "PodScheduled", "status": "True" }), &now);
    let message = format!("Successfully assigned {}/{} to {node}", pod.namespace(), pod.name());
    vec![
        Step::Replace(key.clone(), pod.clone().with("/spec/nodeName", node)),
        Step::SetStatus(key, status),
        events::record(scope, pod, &Note::normal("Scheduled", &message, "default-scheduler")),
    ]
}

fn refuse(scope: &Scope<'_>, pod: &Object) -> Vec<Step> {
    let now = seconds(scope.now);
    let nodes = scope.nodes().count();
    let cordoned = scope.nodes().all(|node| node.at("/spec/unschedulable") == true);
    let message = if cordoned {
        format!("0/{nodes} nodes are available: {nodes} node(s) were unschedulable.")
    } else {
        format!(
            "0/{nodes} nodes are available: {nodes} Insufficient memory. \
             preemption: 0/{nodes} nodes are available: {nodes} No preemption victims found for incoming pod."
        )
    };
    let condition = json!({ "type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": message });
    let mut status = pod.at("/status").clone();
    set_condition(&mut status, condition, &now);
    vec![
        Step::SetStatus(Key::of(&kinds::POD, pod), status),
        events::record(
            scope,
            pod,
            &Note::warning("FailedScheduling", &message, "default-scheduler"),
        ),
    ]
}
