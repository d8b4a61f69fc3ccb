//! Replica sets: as many pods as asked for.
//!
//! Never touches a pod it does not control, except to take in an orphan that it selects.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    Step,
    claims::{Owner, claim},
    pods::{count, from_template, is_active, least_missed, number, ready},
    scope::Scope,
};
use crate::{
    kinds,
    object::Object,
    store::{Deletion, Key},
};

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let sets = scope.all(&kinds::REPLICA_SET).filter(|set| !set.is_terminating());
    sets.flat_map(|set| steps(scope, set)).collect()
}

fn steps(scope: &Scope<'_>, set: &Object) -> Vec<Step> {
    let owner = Owner { kind: &kinds::REPLICA_SET, object: set };
    let claimed = claim(scope, &kinds::POD, owner, is_active);
    let (pods, mut steps) = (claimed.objects, claimed.steps);
    let wanted = count(set.number("/spec/replicas"));
    for _ in pods.len()..wanted {
        steps.push(Step::Create(&kinds::POD, from_template(set, &kinds::REPLICA_SET)));
    }
    let victims = least_missed(&pods, pods.len().saturating_sub(wanted));
    steps.extend(
        victims.into_iter().map(|pod| Step::Delete(Key::of(&kinds::POD, pod), Deletion::default())),
    );
    let status = status(set, &pods);
    if status != *set.at("/status") {
        steps.push(Step::SetStatus(Key::of(&kinds::REPLICA_SET, set), status));
    }
    steps
}

fn status(set: &Object, pods: &[&Arc<Object>]) -> Value {
    let (all, ready) = (number(pods.len()), number(ready(pods)));
    let mut status = json!({
        "replicas": all,
        "fullyLabeledReplicas": all,
        "observedGeneration": set.number("/metadata/generation"),
    });
    if ready > 0 {
        status["readyReplicas"] = Value::from(ready);
        status["availableReplicas"] = Value::from(ready);
    }
    status
}
