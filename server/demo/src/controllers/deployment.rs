//! Deployments: one replica set per template, rolled over within surge and unavailability.
//!
//! Never deletes pods itself: it scales replica sets.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    Step,
    pods::{Round, count, number, set_condition, share, template_hash},
    scope::Scope,
};
use crate::{
    kinds,
    object::Object,
    store::{Key, seconds},
};

const HASH: &str = "pod-template-hash";
const REVISION: &str = "deployment.kubernetes.io/revision";
const REVISION_POINTER: &str = "/metadata/annotations/deployment.kubernetes.io~1revision";

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    scope
        .all(&kinds::DEPLOYMENT)
        .flat_map(|deployment| roll(scope, deployment))
        .collect()
}

fn roll(scope: &Scope<'_>, deployment: &Object) -> Vec<Step> {
    let hash = template_hash(deployment.at("/spec/template"));
    let sets = scope.owned(&kinds::REPLICA_SET, deployment);
    let is_new = |set: &&Arc<Object>| set.at("/metadata/labels")[HASH] == hash.as_str();
    let (new, old): (Vec<_>, Vec<_>) = sets.iter().copied().partition(is_new);
    let latest = sets.iter().map(|set| revision(set)).max().unwrap_or(0);
    let Some(&new) = new.first() else {
        let mut deployment = deployment.clone();
        deployment.set(REVISION_POINTER, (latest + 1).to_string());
        let replicas = if old.is_empty() {
            deployment.number("/spec/replicas")
        } else {
            0
        };
        let set = replica_set(&deployment, &hash, replicas);
        return vec![
            Step::Create(&kinds::REPLICA_SET, set),
            Step::Replace(Key::of(&kinds::DEPLOYMENT, &deployment), deployment),
        ];
    };
    let mut steps = Vec::new();
    if revision(new) < latest {
        // A rollback: the old set is the newest again.
        let renewed = Object::clone(new).with(REVISION_POINTER, (latest + 1).to_string());
        let renamed = deployment
            .clone()
            .with(REVISION_POINTER, (latest + 1).to_string());
        steps.push(Step::Replace(Key::of(&kinds::REPLICA_SET, new), renewed));
        steps.push(Step::Replace(
            Key::of(&kinds::DEPLOYMENT, deployment),
            renamed,
        ));
        return steps;
    }
    for (set, replicas) in scale(deployment, new, &old) {
        let scaled = Object::clone(set).with("/spec/replicas", number(replicas));
        steps.push(Step::Replace(Key::of(&kinds::REPLICA_SET, set), scaled));
    }
    let status = status(scope, deployment, new, &sets);
    if status != *deployment.at("/status") {
        steps.push(Step::SetStatus(
            Key::of(&kinds::DEPLOYMENT, deployment),
            status,
        ));
    }
    steps
}

fn revision(set: &Object) -> u64 {
    set.annotation(REVISION).parse().unwrap_or(0)
}

fn replica_set(deployment: &Object, hash: &str, replicas: i64) -> Object {
    let mut template = Object::new(deployment.at("/spec/template").clone());
    template.set(&format!("/metadata/labels/{HASH}"), hash);
    let mut selector = Object::new(deployment.at("/spec/selector").clone());
    selector.set(&format!("/matchLabels/{HASH}"), hash);
    Object::new(json!({
        "metadata": {
            "name": format!("{}-{hash}", deployment.name()),
            "namespace": deployment.namespace(),
            "labels": template.at("/metadata/labels"),
            "annotations": { REVISION: deployment.annotation(REVISION) },
            "ownerReferences": [deployment.as_owner(&kinds::DEPLOYMENT)],
        },
        "spec": { "replicas": replicas, "selector": selector.value(), "template": template.value() },
    }))
}

/// The next size of each replica set that should change.
fn scale<'a>(
    deployment: &Object,
    new: &'a Arc<Object>,
    old: &[&'a Arc<Object>],
) -> Vec<(&'a Arc<Object>, usize)> {
    let wanted = count(deployment.number("/spec/replicas"));
    let rolling = deployment.at("/spec/strategy/rollingUpdate");
    let surge = share(&rolling["maxSurge"], wanted, Round::Up);
    let unavailable = share(&rolling["maxUnavailable"], wanted, Round::Down);
    // Both zero would stand still for ever; the API server allows one then.
    let unavailable = if surge == 0 {
        unavailable.max(1)
    } else {
        unavailable
    };
    let size = |set: &Object| count(set.number("/spec/replicas"));
    let available = |set: &Object| count(set.number("/status/availableReplicas"));
    let old_total: usize = old.iter().map(|set| size(set)).sum();
    let mut changes = Vec::new();
    let room = (wanted + surge).saturating_sub(old_total + size(new));
    let target = if size(new) > wanted {
        wanted
    } else {
        (size(new) + room).min(wanted)
    };
    if target != size(new) {
        changes.push((new, target));
    }
    let keep = wanted.saturating_sub(unavailable);
    let pending = size(new).saturating_sub(available(new));
    let mut removable = (old_total + size(new)).saturating_sub(keep + pending);
    for &set in old {
        // Which of its pods go is the replica set's choice: those that serve nobody go first.
        let down = size(set).min(removable);
        removable -= down;
        if down > 0 {
            changes.push((set, size(set) - down));
        }
    }
    changes
}

fn status(scope: &Scope<'_>, deployment: &Object, new: &Object, sets: &[&Arc<Object>]) -> Value {
    let now = seconds(scope.now);
    let sum = |pointer: &str| sets.iter().map(|set| set.number(pointer)).sum::<i64>();
    let (wanted, all) = (deployment.number("/spec/replicas"), sum("/status/replicas"));
    let available = sum("/status/availableReplicas");
    let updated = new.number("/status/replicas");
    let mut status = json!({ "observedGeneration": deployment.number("/metadata/generation") });
    let counts = [
        ("replicas", all),
        ("updatedReplicas", updated),
        ("readyReplicas", sum("/status/readyReplicas")),
        ("availableReplicas", available),
        ("unavailableReplicas", (wanted.max(all) - available).max(0)),
    ];
    for (field, value) in counts.into_iter().filter(|(_, value)| *value > 0) {
        status[field] = json!(value);
    }
    status["conditions"] = json!(deployment.items("/status/conditions"));
    let rolling = deployment.at("/spec/strategy/rollingUpdate");
    let least = wanted
        - number(share(
            &rolling["maxUnavailable"],
            count(wanted),
            Round::Down,
        ));
    let available_enough = if available >= least {
        json!({ "type": "Available", "status": "True", "reason": "MinimumReplicasAvailable",
            "message": "Deployment has minimum availability." })
    } else {
        json!({ "type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable",
            "message": "Deployment does not have minimum availability." })
    };
    set_condition(&mut status, available_enough, &now);
    let complete = updated == wanted && all == wanted && available >= wanted;
    progress(
        scope,
        deployment,
        new,
        &mut status,
        complete.then_some("NewReplicaSetAvailable"),
    );
    status
}

/// The `Progressing` condition: done, under way, or past its deadline.
fn progress(
    scope: &Scope<'_>,
    deployment: &Object,
    new: &Object,
    status: &mut Value,
    done: Option<&str>,
) {
    let old = deployment
        .items("/status/conditions")
        .iter()
        .find(|item| item["type"] == "Progressing");
    let now = seconds(scope.now);
    let name = new.name();
    let counts = [
        "replicas",
        "updatedReplicas",
        "readyReplicas",
        "availableReplicas",
    ];
    let moved = counts
        .iter()
        .any(|field| status[*field] != deployment.at("/status")[*field]);
    let since = old
        .and_then(|old| old["lastUpdateTime"].as_str())
        .and_then(|text| text.parse().ok());
    let waited = since.map_or(0, |since| scope.now.duration_since(since).as_secs());
    let finished_before = old.is_some_and(|old| old["reason"] == "NewReplicaSetAvailable");
    let same_generation = deployment.number("/status/observedGeneration")
        == deployment.number("/metadata/generation");
    let (state, reason, message) = if let Some(reason) = done {
        (
            "True",
            reason,
            format!("ReplicaSet \"{name}\" has successfully progressed."),
        )
    } else if finished_before && same_generation {
        // Pods that come and go after a rollout are no new rollout.
        return set_condition(status, old.cloned().unwrap_or_default(), &now);
    } else if !moved && waited > deployment.number("/spec/progressDeadlineSeconds") {
        (
            "False",
            "ProgressDeadlineExceeded",
            format!("ReplicaSet \"{name}\" has timed out progressing."),
        )
    } else {
        (
            "True",
            "ReplicaSetUpdated",
            format!("ReplicaSet \"{name}\" is progressing."),
        )
    };
    let stands = old.filter(|old| !moved && old["reason"] == reason && old["status"] == state);
    let updated = stands.map_or(json!(now), |old| old["lastUpdateTime"].clone());
    let condition = json!({ "type": "Progressing", "status": state, "reason": reason, "message": message, "lastUpdateTime": updated });
    set_condition(status, condition, &now);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(size: i64, available: i64) -> Arc<Object> {
        Arc::new(Object::new(
            json!({ "spec": { "replicas": size }, "status": { "availableReplicas": available } }),
        ))
    }

    fn deployment(replicas: i64) -> Object {
        let rolling = json!({ "maxSurge": "25%", "maxUnavailable": "25%" });
        Object::new(
            json!({ "spec": { "replicas": replicas, "strategy": { "rollingUpdate": rolling } } }),
        )
    }

    fn sizes(deployment: &Object, new: &Arc<Object>, old: &Arc<Object>) -> Vec<usize> {
        scale(deployment, new, &[old])
            .into_iter()
            .map(|(_, size)| size)
            .collect()
    }

    #[test]
    fn a_rollout_surges_before_it_shrinks() {
        assert_eq!(sizes(&deployment(4), &set(0, 0), &set(4, 4)), [1, 3]);
        assert_eq!(
            sizes(&deployment(1), &set(0, 0), &set(1, 1)),
            [1],
            "the only pod stays"
        );
    }

    #[test]
    fn a_rollout_waits_for_its_new_pods() {
        assert_eq!(sizes(&deployment(4), &set(2, 0), &set(3, 3)), [0_usize; 0]);
        assert_eq!(sizes(&deployment(4), &set(2, 2), &set(3, 3)), [1]);
    }
}
