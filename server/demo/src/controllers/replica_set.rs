//! Replica sets: as many pods as asked for.
//!
//! Never touches a pod it does not control.

use serde_json::{Value, json};

use super::{
    Step,
    pods::{count, from_template, is_active, least_missed, number, ready},
    scope::Scope,
};
use crate::{
    kinds,
    selector::Selector,
    store::{Deletion, Key},
};

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for set in scope.all(&kinds::REPLICA_SET) {
        let selector = Selector::of_object(set.at("/spec/selector"));
        let mut pods = scope.owned(&kinds::POD, set);
        pods.retain(|pod| is_active(pod) && selector.matches(pod));
        let wanted = count(set.number("/spec/replicas"));
        let missing = wanted.saturating_sub(pods.len());
        steps.extend(
            (0..missing)
                .map(|_| Step::Create(&kinds::POD, from_template(set, &kinds::REPLICA_SET))),
        );
        let surplus = pods.len().saturating_sub(wanted);
        let victims = least_missed(&pods, surplus);
        steps.extend(
            victims
                .into_iter()
                .map(|pod| Step::Delete(Key::of(&kinds::POD, pod), Deletion::default())),
        );
        let (all, ready) = (number(pods.len()), number(ready(&pods)));
        let mut status = json!({
            "replicas": all,
            "fullyLabeledReplicas": all,
            "observedGeneration": set.number("/metadata/generation"),
        });
        if ready > 0 {
            status["readyReplicas"] = Value::from(ready);
            status["availableReplicas"] = Value::from(ready);
        }
        if status != *set.at("/status") {
            steps.push(Step::SetStatus(Key::of(&kinds::REPLICA_SET, set), status));
        }
    }
    steps
}
