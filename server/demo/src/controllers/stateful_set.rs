//! Stateful sets: numbered pods, one at a time.
//!
//! Never replaces a pod before the one of the same name is gone.

use std::sync::Arc;

use serde_json::json;

use super::{
    Step,
    pods::{count, from_template, is_active, number, ready, template_hash},
    scope::Scope,
};
use crate::{
    kinds,
    object::Object,
    store::{Deletion, Key},
};

const REVISION: &str = "controller-revision-hash";

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for set in scope.all(&kinds::STATEFUL_SET) {
        let pods = scope.owned(&kinds::POD, set);
        let revision = format!("{}-{}", set.name(), template_hash(set.at("/spec/template")));
        steps.extend(next_step(set, &pods, &revision));
        let status = status(set, &pods, &revision);
        if status != *set.at("/status") {
            steps.push(Step::SetStatus(Key::of(&kinds::STATEFUL_SET, set), status));
        }
    }
    steps
}

fn next_step(set: &Object, pods: &[&Arc<Object>], revision: &str) -> Option<Step> {
    let wanted = count(set.number("/spec/replicas"));
    let named = |ordinal: usize| {
        let name = format!("{}-{ordinal}", set.name());
        pods.iter().find(|pod| pod.name() == name)
    };
    let parallel = set.text("/spec/podManagementPolicy") == "Parallel";
    for ordinal in 0..wanted {
        match named(ordinal) {
            None => return Some(Step::Create(&kinds::POD, pod(set, ordinal, revision))),
            Some(pod) if parallel || (is_active(pod) && pod.is_true("Ready")) => {}
            Some(_) => return None,
        }
    }
    let surplus = (wanted..wanted + pods.len()).rev().find_map(named);
    let outdated = || {
        (0..wanted)
            .rev()
            .filter_map(named)
            .find(|pod| pod.at("/metadata/labels")[REVISION] != revision)
    };
    let victim = surplus.or_else(outdated).filter(|pod| !pod.is_terminating())?;
    Some(Step::Delete(Key::of(&kinds::POD, victim), Deletion::default()))
}

fn pod(set: &Object, ordinal: usize, revision: &str) -> Object {
    let name = format!("{}-{ordinal}", set.name());
    let mut pod = from_template(set, &kinds::STATEFUL_SET);
    pod.remove("/metadata", "generateName");
    pod.set("/metadata/labels/statefulset.kubernetes.io~1pod-name", name.as_str())
        .set("/metadata/name", name)
        .set(&format!("/metadata/labels/{REVISION}"), revision);
    pod
}

fn status(set: &Object, pods: &[&Arc<Object>], revision: &str) -> serde_json::Value {
    let updated =
        pods.iter().filter(|pod| pod.at("/metadata/labels")[REVISION] == revision).count();
    let old = set.text("/status/currentRevision");
    let current = if updated == pods.len() || old.is_empty() { revision } else { old };
    let ready = number(ready(pods));
    json!({
        "observedGeneration": set.number("/metadata/generation"),
        "replicas": number(pods.len()),
        "readyReplicas": ready,
        "availableReplicas": ready,
        "currentReplicas": number(if current == revision { pods.len() } else { pods.len() - updated }),
        "updatedReplicas": number(updated),
        "currentRevision": current,
        "updateRevision": revision,
        "collisionCount": 0,
    })
}
