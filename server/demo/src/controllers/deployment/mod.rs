//! Deployments: one replica set per template, rolled over within surge and unavailability.
//!
//! Never deletes pods itself: it scales replica sets.

mod rolling;
mod status;

use std::sync::Arc;

use serde_json::json;

use super::{
    Step,
    pods::{number, template_hash},
    scope::Scope,
};
use crate::{kinds, object::Object, store::Key};

const HASH: &str = "pod-template-hash";
const REVISION: &str = "deployment.kubernetes.io/revision";
const REVISION_POINTER: &str = "/metadata/annotations/deployment.kubernetes.io~1revision";

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let deployments = scope.all(&kinds::DEPLOYMENT);
    deployments.flat_map(|deployment| steps(scope, deployment)).collect()
}

fn steps(scope: &Scope<'_>, deployment: &Object) -> Vec<Step> {
    let hash = template_hash(deployment.at("/spec/template"));
    let sets = scope.owned(&kinds::REPLICA_SET, deployment);
    let is_new = |set: &&Arc<Object>| set.at("/metadata/labels")[HASH] == hash.as_str();
    let (new, old): (Vec<_>, Vec<_>) = sets.iter().copied().partition(is_new);
    let newest_old = old.iter().map(|set| revision(set)).max().unwrap_or(0);
    let Some(&new) = new.first() else {
        let replicas = if old.is_empty() { deployment.number("/spec/replicas") } else { 0 };
        let set = replica_set(deployment, &hash, replicas).with_revision(newest_old + 1);
        return vec![Step::Create(&kinds::REPLICA_SET, set)];
    };
    // After a rollback the old set is the newest again.
    let current = revision(new).max(newest_old + 1);
    let mut steps = number_them(deployment, new, current);
    if !steps.is_empty() {
        return steps;
    }
    for (set, replicas) in rolling::sizes(deployment, new, &old) {
        let scaled = Object::clone(set).with("/spec/replicas", number(replicas));
        steps.push(Step::Replace(Key::of(&kinds::REPLICA_SET, set), scaled));
    }
    let status = status::of(scope, deployment, new, &sets);
    if status != *deployment.at("/status") {
        let key = Key::of(&kinds::DEPLOYMENT, deployment);
        steps.push(Step::SetStatus(key, status));
    }
    steps
}

/// Writes a revision to the newest replica set and to the deployment, where it is not there yet.
fn number_them(deployment: &Object, new: &Object, current: u64) -> Vec<Step> {
    let both = [(&kinds::REPLICA_SET, new), (&kinds::DEPLOYMENT, deployment)];
    let outdated = both.into_iter().filter(|(_, object)| revision(object) != current);
    outdated
        .map(|(kind, object)| {
            let renewed = object.clone().with_revision(current);
            Step::Replace(Key::of(kind, object), renewed)
        })
        .collect()
}

fn revision(object: &Object) -> u64 {
    object.annotation(REVISION).parse().unwrap_or(0)
}

impl Object {
    fn with_revision(self, revision: u64) -> Self {
        self.with(REVISION_POINTER, revision.to_string())
    }
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
            "ownerReferences": [deployment.as_owner(&kinds::DEPLOYMENT)],
        },
        "spec": {
            "replicas": replicas,
            "selector": selector.value(),
            "template": template.value(),
        },
    }))
}
