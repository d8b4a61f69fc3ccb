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

pub(super) fn of(
    scope: &Scope<'_>,
    deployment: &Object,
    new: &Object,
    sets: &[&Arc<Object>],
) -> Value {
    let sum = |pointer: &str| sets.iter().map(|set| set.number(pointer)).sum::<i64>();
    let wanted = deployment.number("/spec/replicas");
    let (all, available) = (sum("/status/replicas"), sum("/status/availableReplicas"));
    let mut status = json!({
        "observedGeneration": deployment.number("/metadata/generation"),
        "conditions": deployment.items("/status/conditions"),
    });
    let counts = [
        ("replicas", all),
        ("updatedReplicas", new.number("/status/replicas")),
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
    let complete = new.number("/status/replicas") == wanted && all == wanted && available >= wanted;
    let progress = progress(scope, deployment, new, &status, complete.then_some(DONE));
    set_condition(&mut status, progress, &now);
    status
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
    let conditions = deployment.items("/status/conditions");
    let old = conditions.iter().find(|item| item["type"] == "Progressing");
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
    let updated = old.and_then(|old| old["lastUpdateTime"].as_str());
    let waited = updated
        .and_then(|updated| updated.parse().ok())
        .map_or(0, |since| scope.now.duration_since(since).as_secs());
    waited > deployment.number("/spec/progressDeadlineSeconds")
}
