//! Disruption budgets: how many pods may be evicted now.
//!
//! Never evicts: the eviction subresource spends what is computed here.

use std::{collections::BTreeSet, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::{
    Step,
    pods::{Round, count, is_active, number, set_condition, share},
    scope::Scope,
};
use crate::{
    kinds,
    object::Object,
    selector::Selector,
    store::{Key, seconds},
};

/// How long an eviction is believed to be under way although the pod still runs.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let budgets = scope.all(&kinds::POD_DISRUPTION_BUDGET);
    budgets
        .filter_map(|budget| {
            let status = status(scope, budget);
            let key = Key::of(&kinds::POD_DISRUPTION_BUDGET, budget);
            (status != *budget.at("/status")).then_some(Step::SetStatus(key, status))
        })
        .collect()
}

fn status(scope: &Scope<'_>, budget: &Object) -> Value {
    let selector = Selector::of_object(budget.at("/spec/selector"));
    let matching = |pod: &&Arc<Object>| !selector.is_empty() && selector.matches(pod);
    let ended = |pod: &&Arc<Object>| matches!(pod.text("/status/phase"), "Succeeded" | "Failed");
    let pods: Vec<_> = scope.all(&kinds::POD).filter(matching).filter(|pod| !ended(pod)).collect();
    let disrupted = still_disrupted(budget, &pods, scope.now);
    let counts = |pod: &&&Arc<Object>| {
        is_active(pod) && pod.is_true("Ready") && !disrupted.contains_key(pod.name())
    };
    let healthy = pods.iter().filter(counts).count();
    let (expected, desired) = demand(scope, budget, &pods);
    let allowed = if expected == 0 { 0 } else { healthy.saturating_sub(desired) };
    let mut status = json!({
        "observedGeneration": budget.number("/metadata/generation"),
        "currentHealthy": number(healthy),
        "desiredHealthy": number(desired),
        "expectedPods": number(expected),
        "disruptionsAllowed": number(allowed),
        "conditions": budget.items("/status/conditions"),
    });
    if !disrupted.is_empty() {
        status["disruptedPods"] = Value::Object(disrupted);
    }
    let (state, reason) =
        if allowed > 0 { ("True", "SufficientPods") } else { ("False", "InsufficientPods") };
    let condition = json!({
        "type": "DisruptionAllowed", "status": state, "reason": reason, "message": "",
        "observedGeneration": budget.number("/metadata/generation"),
    });
    set_condition(&mut status, condition, &seconds(scope.now));
    status
}

/// Evictions that were allowed but whose pods do not terminate yet.
fn still_disrupted(budget: &Object, pods: &[&Arc<Object>], now: Timestamp) -> Map<String, Value> {
    let noted = budget.at("/status/disruptedPods").as_object().into_iter().flatten();
    noted
        .filter(|(name, since)| {
            let since = since.as_str().and_then(|since| since.parse().ok()).unwrap_or(now);
            let lingers =
                pods.iter().any(|pod| pod.name() == name.as_str() && !pod.is_terminating());
            lingers && now.duration_since(since) < PATIENCE
        })
        .map(|(name, since)| (name.clone(), since.clone()))
        .collect()
}

/// How many pods there should be, and how many of them must be healthy.
fn demand(scope: &Scope<'_>, budget: &Object, pods: &[&Arc<Object>]) -> (usize, usize) {
    let (least, most) = (budget.at("/spec/minAvailable"), budget.at("/spec/maxUnavailable"));
    if !most.is_null() {
        let expected = scale(scope, pods);
        return (expected, expected.saturating_sub(share(most, expected, Round::Up)));
    }
    let expected = if least.is_string() { scale(scope, pods) } else { pods.len() };
    (expected, share(least, expected, Round::Up))
}

/// The sizes of all controllers of these pods, together.
fn scale(scope: &Scope<'_>, pods: &[&Arc<Object>]) -> usize {
    let controllers: BTreeSet<&str> = pods.iter().map(|pod| pod.controller()).collect();
    let sets = scope.all(&kinds::REPLICA_SET).chain(scope.all(&kinds::STATEFUL_SET));
    sets.filter(|set| controllers.contains(set.uid()))
        .map(|set| count(set.number("/spec/replicas")))
        .sum()
}
