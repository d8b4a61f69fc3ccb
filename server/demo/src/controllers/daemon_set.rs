//! Daemon sets: one pod on every node, rolled over node by node.
//!
//! Never minds whether a node is cordoned: daemons tolerate that.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Value, json};

use super::{
    Step,
    claims::{Owner, claim},
    pods::{Round, from_template, is_active, number, ready, share},
    revisions,
    scope::Scope,
};
use crate::{
    kinds,
    object::Object,
    store::{Deletion, Key},
};

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let sets = scope.all(&kinds::DAEMON_SET).filter(|set| !set.is_terminating());
    sets.flat_map(|set| steps(scope, set)).collect()
}

fn steps(scope: &Scope<'_>, set: &Object) -> Vec<Step> {
    let owner = Owner { kind: &kinds::DAEMON_SET, object: set };
    let claimed = claim(scope, &kinds::POD, owner, |_| true);
    let (pods, mut steps) = (claimed.objects, claimed.steps);
    let run = pods.iter().map(|pod| format!("{}-{}", set.name(), hash_of(pod)));
    let present = revisions::present(scope, owner, &run.collect::<BTreeSet<_>>());
    let hash = present.hash(set).to_owned();
    steps.extend(present.steps);
    let active: Vec<_> = pods.into_iter().filter(|pod| is_active(pod)).collect();
    let nodes: Vec<&str> = scope.nodes().map(|node| node.name()).collect();
    for node in nodes.iter().filter(|node| on(node, &active).is_none()) {
        let pod = from_template(set, &kinds::DAEMON_SET)
            .with("/spec/nodeName", *node)
            .with(&format!("/metadata/labels/{}", revisions::HASH), hash.as_str());
        steps.push(Step::Create(&kinds::POD, pod));
    }
    if set.text("/spec/updateStrategy/type") != "OnDelete" {
        let outdated = outdated(set, &nodes, &active, &hash);
        let delete = |pod| Step::Delete(Key::of(&kinds::POD, pod), Deletion::default());
        steps.extend(outdated.into_iter().map(|pod| delete(pod)));
    }
    let status = status(set, &nodes, &active, &hash);
    if status != *set.at("/status") {
        steps.push(Step::SetStatus(Key::of(&kinds::DAEMON_SET, set), status));
    }
    steps
}

fn on<'a>(node: &str, pods: &[&'a Arc<Object>]) -> Option<&'a Arc<Object>> {
    pods.iter().copied().find(|pod| pod.text("/spec/nodeName") == node)
}

fn hash_of(pod: &Object) -> &str {
    pod.label(revisions::HASH)
}

/// The old pods that may go now: all that do not serve, and others as far as nodes may be without.
fn outdated<'a>(
    set: &Object,
    nodes: &[&str],
    pods: &[&'a Arc<Object>],
    hash: &str,
) -> Vec<&'a Arc<Object>> {
    let serves = |pod: &Object| pod.is_true("Ready");
    let without = nodes.iter().filter(|node| on(node, pods).is_none_or(|pod| !serves(pod))).count();
    let most = &set.at("/spec/updateStrategy/rollingUpdate")["maxUnavailable"];
    let mut room = share(most, nodes.len(), Round::Up).saturating_sub(without);
    let old = pods.iter().copied().filter(|pod| hash_of(pod) != hash);
    old.filter(|pod| {
        let goes = !serves(pod) || room > 0;
        room -= usize::from(goes && serves(pod));
        goes
    })
    .collect()
}

fn status(set: &Object, nodes: &[&str], pods: &[&Arc<Object>], hash: &str) -> Value {
    let (wanted, ready) = (number(nodes.len()), number(ready(pods)));
    let updated = pods.iter().filter(|pod| hash_of(pod) == hash).count();
    let mut status = json!({
        "observedGeneration": set.number("/metadata/generation"),
        "desiredNumberScheduled": wanted,
        "currentNumberScheduled": number(pods.len()),
        "numberReady": ready,
        "numberMisscheduled": 0,
    });
    let counts = [
        ("updatedNumberScheduled", number(updated)),
        ("numberAvailable", ready),
        ("numberUnavailable", wanted - ready),
    ];
    for (field, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        status[field] = json!(count);
    }
    status
}
