//! What a deployment says of itself.
//!
//! Never scales anything.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    super::{pods::set_condition, scope::Scope},
    rolling,
};
use crate::{object::Object, store::seconds};

const COUNTS: [&str; 4] = ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas"];
const DONE: &str = "NewReplicaSetAvailable";
const OVERDUE: &str = "ProgressDeadlineExceeded";
const PAUSED: &str = "DeploymentPaused";

pub(super) fn of(
    scope: &Scope<'_>,
    deployment: &Object,
    new: Option<&Object>,
    sets: &[&Arc<Object>],
) -> Value {
    let sum = |pointer: &str| sets.iter().map(|set| set.number(pointer)).sum::<i64>();
    let wanted = deployment.number("/spec/replicas");
    let (all, available) = (sum("/status/replicas"), sum("/status/availableReplicas"));
    let updated = new.map_or(0, |new| new.number("/status/replicas"));
    let mut status = json!({
        "observedGeneration": deployment.number("/metadata/generation"),
        "conditions": deployment.items("/status/conditions"),
    });
    let counts = [
        ("replicas", all),
        ("updatedReplicas", updated),
        ("readyReplicas", sum("/status/readyReplicas")),
        ("availableReplicas", available),
        ("unavailableReplicas", wanted.max(all) - available),
    ];
    for (field, value) in counts.into_iter().filter(|(_, value)| *value > 0) {
        status[field] = json!(value);
    }
    let now = seconds(scope.now);
    let enough = available >= rolling::least_available(deployment);
    set_condition(&mut status, availability(enough), &now);
    let complete = updated == wanted && all == wanted && available >= wanted;
    let progress = match new {
        _ if super::is_paused(deployment) => paused(deployment, &now),
        Some(new) => Some(progress(scope, deployment, new, &status, complete.then_some(DONE))),
        None => None,
    };
    if let Some(progress) = progress {
        set_condition(&mut status, progress, &now);
    }
    status
}

/// Whether a status says that the newest template runs, and only that.
pub(super) fn is_complete(status: &Value) -> bool {
    let conditions = status["conditions"].as_array().into_iter().flatten();
    let mut progress = conditions.filter(|item| item["type"] == "Progressing");
    progress.any(|item| item["reason"] == DONE) && status["replicas"] == status["updatedReplicas"]
}

/// While it is paused, a deployment makes no progress that could be judged; what was overdue stays so.
fn paused(deployment: &Object, now: &str) -> Option<Value> {
    let known = condition(deployment);
    if known.is_some_and(|known| known["reason"] == PAUSED || known["reason"] == OVERDUE) {
        return None;
    }
    Some(json!({
        "type": "Progressing", "status": "Unknown", "reason": PAUSED, "lastUpdateTime": now,
        "message": "Deployment is paused",
    }))
}

fn condition(deployment: &Object) -> Option<&Value> {
    deployment.items("/status/conditions").iter().find(|item| item["type"] == "Progressing")
}

fn availability(enough: bool) -> Value {
    let (state, reason, verb) = if enough {
        ("True", "MinimumReplicasAvailable", "has")
    } else {
        ("False", "MinimumReplicasUnavailable", "does not have")
    };
    let message = format!("Deployment {verb} minimum availability.");
    json!({ "type": "Available", "status": state, "reason": reason, "message": message })
}

/// The `Progressing` condition: done, under way, or past its deadline.
fn progress(
    scope: &Scope<'_>,
    deployment: &Object,
    new: &Object,
    status: &Value,
    done: Option<&str>,
) -> Value {
    let old = condition(deployment);
    let observed = deployment.number("/status/observedGeneration");
    let same_rollout = observed == deployment.number("/metadata/generation");
    let was = |reason: &str| same_rollout && old.is_some_and(|old| old["reason"] == reason);
    let moved = COUNTS.iter().any(|field| status[*field] != deployment.at("/status")[*field]);
    let (state, reason, what) = if let Some(reason) = done {
        ("True", reason, "has successfully progressed")
    } else if was(DONE) {
        // Pods that come and go after a rollout are no new rollout.
        ("True", DONE, "has successfully progressed")
    } else if !moved && (was(OVERDUE) || is_overdue(scope, deployment, old)) {
        ("False", OVERDUE, "has timed out progressing")
    } else {
        ("True", "ReplicaSetUpdated", "is progressing")
    };
    let stands = old.filter(|old| old["reason"] == reason && (!moved || was(DONE)));
    let updated = stands.map_or(json!(seconds(scope.now)), |old| old["lastUpdateTime"].clone());
    json!({
        "type": "Progressing", "status": state, "reason": reason, "lastUpdateTime": updated,
        "message": format!("ReplicaSet \"{}\" {what}.", new.name()),
    })
}

fn is_overdue(scope: &Scope<'_>, deployment: &Object, old: Option<&Value>) -> bool {
    if old.is_some_and(|old| old["reason"] == PAUSED) {
        return false;
    }
    let updated = old.and_then(|old| old["lastUpdateTime"].as_str());
    let waited = updated
        .and_then(|updated| updated.parse().ok())
        .map_or(0, |since| scope.now.duration_since(since).as_secs());
    waited > deployment.number("/spec/progressDeadlineSeconds")
}
