//! Deployments: one replica set per template, rolled over within surge and unavailability.
//!
//! Never deletes pods itself: it scales replica sets.

mod history;
mod paused;
mod revision;
mod rolling;
mod status;

use std::sync::Arc;

use serde_json::{Value, json};

use self::revision::Numbered;
use super::{
    Step,
    claims::{Owner, claim},
    pods::{number, template_hash},
    scope::Scope,
};
use crate::{kinds, object::Object, store::Key};

const HASH: &str = "pod-template-hash";

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let deployments = scope.all(&kinds::DEPLOYMENT).filter(|found| !found.is_terminating());
    deployments.flat_map(|deployment| steps(scope, deployment)).collect()
}

fn steps(scope: &Scope<'_>, deployment: &Object) -> Vec<Step> {
    let owner = Owner { kind: &kinds::DEPLOYMENT, object: deployment };
    let claimed = claim(scope, &kinds::REPLICA_SET, owner, |_| true);
    if !claimed.steps.is_empty() {
        return claimed.steps;
    }
    let sets = claimed.objects;
    let new = newest(deployment, &sets);
    let is_old = |set: &&Arc<Object>| new.is_none_or(|new| new.uid() != set.uid());
    let old: Vec<_> = sets.iter().copied().filter(is_old).collect();
    let first = first_steps(deployment, new, &old);
    if !first.is_empty() {
        return first;
    }
    let sizes = match new {
        Some(new) if !is_paused(deployment) => rolling::sizes(deployment, new, &old),
        _ => paused::sizes(deployment, new, &sets),
    };
    let scaled = |(set, replicas): (&Arc<Object>, usize)| {
        let scaled = Object::clone(set).with("/spec/replicas", number(replicas));
        Step::Replace(Key::of(&kinds::REPLICA_SET, set), scaled)
    };
    let mut steps: Vec<Step> = sizes.into_iter().map(scaled).collect();
    let status = status::of(scope, deployment, new.map(|new| &**new), &sets);
    if is_paused(deployment) || status::is_complete(&status) {
        steps.extend(history::forgotten(deployment, &old));
    }
    if status != *deployment.at("/status") {
        let key = Key::of(&kinds::DEPLOYMENT, deployment);
        steps.push(Step::SetStatus(key, status));
    }
    steps
}

/// What must be right before anything is scaled: there is a set for the template, and it is the newest.
fn first_steps(deployment: &Object, new: Option<&Arc<Object>>, old: &[&Arc<Object>]) -> Vec<Step> {
    let newest_old = old.iter().map(|set| set.revision()).max().unwrap_or(0);
    match new {
        // After a rollback the old set is the newest again.
        Some(new) => number_them(deployment, new, new.revision().max(newest_old + 1)),
        None if is_paused(deployment) => Vec::new(),
        None => {
            let replicas = if old.is_empty() { deployment.number("/spec/replicas") } else { 0 };
            let set = replica_set(deployment, replicas).numbered(deployment, newest_old + 1);
            vec![Step::Create(&kinds::REPLICA_SET, set)]
        }
    }
}

fn is_paused(deployment: &Object) -> bool {
    deployment.at("/spec/paused") == true
}

/// The set with the deployment's template; the oldest, should there be several.
fn newest<'a>(deployment: &Object, sets: &[&'a Arc<Object>]) -> Option<&'a Arc<Object>> {
    let spec = "/spec/template/spec";
    let same = sets.iter().copied().filter(|set| {
        set.at(spec) == deployment.at(spec) && without_hash(set) == without_hash(deployment)
    });
    same.min_by_key(|set| (set.text("/metadata/creationTimestamp"), set.revision()))
}

fn without_hash(workload: &Object) -> Value {
    let mut template = Object::new(workload.at("/spec/template").clone());
    template.remove("/metadata/labels", HASH);
    template.value().clone()
}

/// Writes a revision to the newest replica set and to the deployment, where it is not there yet.
fn number_them(deployment: &Object, new: &Object, revision: u64) -> Vec<Step> {
    let set = new.clone().numbered(deployment, revision);
    let told = deployment.clone().with_revision(revision);
    let both = [(&kinds::REPLICA_SET, new, set), (&kinds::DEPLOYMENT, deployment, told)];
    let changed = both.into_iter().filter(|(_, before, after)| *before != after);
    changed.map(|(kind, _, after)| Step::Replace(Key::of(kind, &after), after)).collect()
}

fn replica_set(deployment: &Object, replicas: i64) -> Object {
    let hash = template_hash(&without_hash(deployment));
    let mut template = Object::new(deployment.at("/spec/template").clone());
    template.set(&format!("/metadata/labels/{HASH}"), hash.as_str());
    let mut selector = Object::new(deployment.at("/spec/selector").clone());
    selector.set(&format!("/matchLabels/{HASH}"), hash.as_str());
    Object::new(json!({
        "metadata": {
            "name": format!("{}-{hash}", deployment.name()),
            "namespace": deployment.namespace(),
            "labels": template.at("/metadata/labels"),
            "ownerReferences": [deployment.as_owner(&kinds::DEPLOYMENT)],
        },
        "spec": {
            "replicas": replicas,
            "selector": selector.value(),
            "template": template.value(),
        },
    }))
}
