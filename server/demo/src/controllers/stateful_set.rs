//! Stateful sets: numbered pods, one at a time.
//!
//! Never replaces a pod before the one of the same name is gone.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Value, json};

use super::{
    Step,
    claims::{Owner, claim},
    pods::{count, from_template, is_active, number, ready},
    revisions::{self, HASH},
    scope::Scope,
};
use crate::{
    kinds,
    object::Object,
    store::{Deletion, Key},
};

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let sets = scope.all(&kinds::STATEFUL_SET).filter(|set| !set.is_terminating());
    sets.flat_map(|set| steps(scope, set)).collect()
}

fn steps(scope: &Scope<'_>, set: &Object) -> Vec<Step> {
    let owner = Owner { kind: &kinds::STATEFUL_SET, object: set };
    let claimed = claim(scope, &kinds::POD, owner, |pod| is_member(set, pod));
    let (pods, mut steps) = (claimed.objects, claimed.steps);
    let mut live: BTreeSet<_> = pods.iter().map(|pod| revision_of(pod).to_owned()).collect();
    live.insert(set.text("/status/currentRevision").to_owned());
    let present = revisions::present(scope, owner, &live);
    steps.extend(present.steps);
    let members = Members { set, pods: &pods, revision: &present.name };
    steps.extend(members.next_step(scope));
    let status = members.status();
    if status != *set.at("/status") {
        steps.push(Step::SetStatus(Key::of(&kinds::STATEFUL_SET, set), status));
    }
    steps
}

/// Whether a pod's name is the set's own, with a number.
fn is_member(set: &Object, pod: &Object) -> bool {
    let rest = pod.name().strip_prefix(set.name()).and_then(|rest| rest.strip_prefix('-'));
    rest.is_some_and(|ordinal| ordinal.parse::<usize>().is_ok())
}

fn revision_of(pod: &Object) -> &str {
    pod.label(HASH)
}

/// The pods of a set, and the revision they should have.
struct Members<'m, 'a> {
    set: &'m Object,
    pods: &'m [&'a Arc<Object>],
    revision: &'m str,
}

impl Members<'_, '_> {
    fn named(&self, ordinal: usize) -> Option<&Arc<Object>> {
        let name = format!("{}-{ordinal}", self.set.name());
        self.pods.iter().copied().find(|pod| pod.name() == name)
    }

    fn next_step(&self, scope: &Scope<'_>) -> Option<Step> {
        let wanted = count(self.set.number("/spec/replicas"));
        let parallel = self.set.text("/spec/podManagementPolicy") == "Parallel";
        for ordinal in 0..wanted {
            match self.named(ordinal) {
                None => return Some(Step::Create(&kinds::POD, self.member(scope, ordinal))),
                Some(pod) if parallel || is_well(pod) => {}
                Some(pod) if is_active(pod) || pod.is_terminating() => return None,
                Some(ended) => return Some(delete(ended)),
            }
        }
        let surplus =
            (wanted..wanted + self.pods.len()).rev().find_map(|ordinal| self.named(ordinal));
        let victim = surplus.or_else(|| self.outdated(wanted))?;
        (!victim.is_terminating()).then(|| delete(victim))
    }

    /// The highest pod with an old template, unless a newer one above it is not well yet.
    fn outdated(&self, wanted: usize) -> Option<&Arc<Object>> {
        if self.set.text("/spec/updateStrategy/type") == "OnDelete" {
            return None;
        }
        let mut pods = (self.partition()..wanted).rev().filter_map(|ordinal| self.named(ordinal));
        pods.find(|pod| revision_of(pod) != self.revision || !is_well(pod))
            .filter(|pod| revision_of(pod) != self.revision)
    }

    /// Pods below this number keep the old template.
    fn partition(&self) -> usize {
        count(self.set.number("/spec/updateStrategy/rollingUpdate/partition"))
    }

    fn member(&self, scope: &Scope<'_>, ordinal: usize) -> Object {
        let old = self.set.text("/status/currentRevision");
        let held_back = (ordinal < self.partition() && old != self.revision)
            .then(|| revisions::template(scope, old))
            .flatten();
        let (revision, set) = match held_back {
            Some(template) => (old, self.set.clone().with("/spec/template", template)),
            None => (self.revision, self.set.clone()),
        };
        let name = format!("{}-{ordinal}", set.name());
        let mut pod = from_template(&set, &kinds::STATEFUL_SET);
        pod.remove("/metadata", "generateName");
        pod.set("/metadata/labels/statefulset.kubernetes.io~1pod-name", name.as_str())
            .set("/metadata/labels/apps.kubernetes.io~1pod-index", ordinal.to_string())
            .set("/metadata/name", name)
            .set(&format!("/metadata/labels/{HASH}"), revision);
        pod
    }

    fn status(&self) -> Value {
        let (set, pods, revision) = (self.set, self.pods, self.revision);
        let updated = pods.iter().filter(|pod| revision_of(pod) == revision).count();
        let old = set.text("/status/currentRevision");
        let ready = ready(pods);
        let rolled_over = updated == pods.len() && ready == pods.len();
        let current = if rolled_over || old.is_empty() { revision } else { old };
        let at_current = pods.iter().filter(|pod| revision_of(pod) == current).count();
        let mut status = json!({
            "observedGeneration": set.number("/metadata/generation"),
            "replicas": number(pods.len()),
            "availableReplicas": number(ready),
            "currentRevision": current,
            "updateRevision": revision,
            "collisionCount": 0,
        });
        let counts = [
            ("readyReplicas", ready),
            ("currentReplicas", at_current),
            ("updatedReplicas", updated),
        ];
        for (field, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            status[field] = json!(number(count));
        }
        status
    }
}

fn is_well(pod: &Object) -> bool {
    is_active(pod) && pod.is_true("Ready")
}

fn delete(pod: &Object) -> Step {
    Step::Delete(Key::of(&kinds::POD, pod), Deletion::default())
}
