//! Cordons: a node that takes no pods says so by a taint too.
//!
//! Never evicts: pods that are there stay.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Step, scope::Scope};
use crate::{kinds, object::Object, store::Key};

const TAINT: &str = "node.kubernetes.io/unschedulable";

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    scope.nodes().filter_map(taint).collect()
}

fn taint(node: &Arc<Object>) -> Option<Step> {
    let (taints, cordoned) = (node.items("/spec/taints"), node.at("/spec/unschedulable") == true);
    let is_ours = |taint: &&Value| taint["key"] == TAINT;
    if taints.iter().any(|taint| is_ours(&taint)) == cordoned {
        return None;
    }
    let mut others: Vec<Value> = taints.iter().filter(|taint| !is_ours(taint)).cloned().collect();
    if cordoned {
        others.push(json!({ "key": TAINT, "effect": "NoSchedule" }));
    }
    let mut node = Object::clone(node);
    if others.is_empty() {
        node.remove("/spec", "taints");
    } else {
        node.set("/spec/taints", others);
    }
    Some(Step::Replace(Key::of(&kinds::NODE, &node), node))
}
