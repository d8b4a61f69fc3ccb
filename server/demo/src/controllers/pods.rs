//! What all workload controllers know of their pods: how to make them, count them and pick victims.
//!
//! Never decides how many there should be.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::{ids::fingerprint, kinds::Kind, object::Object};

/// A pod made from an owner's template.
pub(super) fn from_template(owner: &Object, kind: &Kind) -> Object {
    let template = owner.at("/spec/template");
    let mut pod =
        Object::new(json!({ "metadata": template["metadata"], "spec": template["spec"] }));
    pod.set("/metadata/namespace", owner.namespace())
        .set("/metadata/generateName", format!("{}-", owner.name()))
        .set("/metadata/ownerReferences", json!([owner.as_owner(kind)]));
    pod
}

/// A short hash of a template: equal templates, equal hash.
pub(super) fn template_hash(template: &Value) -> String {
    fingerprint(&template.to_string())
}

/// Pods that still count: neither ended nor on their way out.
pub(super) fn is_active(pod: &Object) -> bool {
    !pod.is_terminating() && !matches!(pod.text("/status/phase"), "Succeeded" | "Failed")
}

/// How many of the active pods are ready.
pub(super) fn ready(pods: &[&Arc<Object>]) -> usize {
    pods.iter().filter(|pod| is_active(pod) && pod.is_true("Ready")).count()
}

/// The pods that are missed least: unscheduled, then unready, then the youngest.
pub(super) fn least_missed<'a>(pods: &[&'a Arc<Object>], count: usize) -> Vec<&'a Arc<Object>> {
    let mut ranked: Vec<_> = pods.iter().copied().filter(|pod| is_active(pod)).collect();
    let rank = |pod: &&Arc<Object>| (pod.has("/spec/nodeName"), pod.is_true("Ready"));
    ranked.sort_by(|one, other| {
        let younger_first =
            other.text("/metadata/creationTimestamp").cmp(one.text("/metadata/creationTimestamp"));
        rank(one).cmp(&rank(other)).then(younger_first)
    });
    ranked.truncate(count);
    ranked
}

/// Sets a condition of a status, keeping its transition time while its state lasts.
pub(super) fn set_condition(status: &mut Value, condition: Value, now: &str) {
    let list = &mut status["conditions"];
    if !list.is_array() {
        *list = json!([]);
    }
    let Some(list) = list.as_array_mut() else {
        return;
    };
    let mut condition = condition;
    let position = list.iter().position(|old| old["type"] == condition["type"]);
    let lasting = position.map(|at| &list[at]).filter(|old| old["status"] == condition["status"]);
    condition["lastTransitionTime"] =
        lasting.map_or(json!(now), |old| old["lastTransitionTime"].clone());
    match position {
        Some(at) => list[at] = condition,
        None => list.push(condition),
    }
}

/// A count as JSON writes it.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count as JSON has it; negative ones are none.
pub(super) fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

/// `25%` of a number, or a plain number. `round` says what becomes of a fraction.
pub(super) fn share(value: &Value, of: usize, round: Round) -> usize {
    let percent = value
        .as_str()
        .and_then(|text| text.strip_suffix('%'))
        .and_then(|text| text.parse::<usize>().ok());
    match percent {
        Some(percent) => match round {
            Round::Up => (of * percent).div_ceil(100),
            Round::Down => of * percent / 100,
        },
        None => count(value.as_i64().unwrap_or_default()),
    }
}

/// Which way a share of a few pods is rounded.
#[derive(Clone, Copy, Debug)]
pub(super) enum Round {
    Up,
    Down,
}
