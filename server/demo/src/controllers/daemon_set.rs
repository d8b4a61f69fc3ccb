//! Daemon sets: one pod on every node.
//!
//! Never minds whether a node is cordoned: daemons tolerate that.

use serde_json::json;

use super::{
    Step,
    pods::{from_template, is_active, number, ready},
    scope::Scope,
};
use crate::{kinds, store::Key};

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for set in scope.all(&kinds::DAEMON_SET) {
        let pods = scope.owned(&kinds::POD, set);
        let nodes: Vec<&str> = scope.nodes().map(|node| node.name()).collect();
        let served = |node: &str| {
            pods.iter().any(|pod| is_active(pod) && pod.text("/spec/nodeName") == node)
        };
        for node in nodes.iter().filter(|node| !served(node)) {
            let pod = from_template(set, &kinds::DAEMON_SET).with("/spec/nodeName", *node);
            steps.push(Step::Create(&kinds::POD, pod));
        }
        let (scheduled, ready) =
            (number(pods.iter().filter(|pod| is_active(pod)).count()), number(ready(&pods)));
        let status = json!({
            "observedGeneration": set.number("/metadata/generation"),
            "desiredNumberScheduled": number(nodes.len()),
            "currentNumberScheduled": scheduled,
            "updatedNumberScheduled": scheduled,
            "numberReady": ready,
            "numberAvailable": ready,
            "numberUnavailable": number(nodes.len()) - ready,
            "numberMisscheduled": 0,
        });
        if status != *set.at("/status") {
            steps.push(Step::SetStatus(Key::of(&kinds::DAEMON_SET, set), status));
        }
    }
    steps
}
