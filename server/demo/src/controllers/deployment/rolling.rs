//! How far a rollout may go at once.
//!
//! Never looks at single pods: which of them go is the replica set's choice.

use std::sync::Arc;

use super::super::pods::{Round, count, share};
use crate::object::Object;

/// What a strategy allows around the wanted number of pods.
struct Bounds {
    wanted: usize,
    most: usize,
    least: usize,
}

impl Bounds {
    fn of(deployment: &Object) -> Self {
        let wanted = count(deployment.number("/spec/replicas"));
        let rolling = deployment.at("/spec/strategy/rollingUpdate");
        let surge = share(&rolling["maxSurge"], wanted, Round::Up);
        let missing = share(&rolling["maxUnavailable"], wanted, Round::Down);
        // Both zero would stand still for ever.
        let missing = if surge == 0 { missing.max(1) } else { missing };
        Self { wanted, most: wanted + surge, least: wanted.saturating_sub(missing) }
    }
}

/// The fewest available pods with which a deployment still counts as available.
pub(super) fn least_available(deployment: &Object) -> i64 {
    super::number(Bounds::of(deployment).least)
}

/// The next size of each replica set that should change.
pub(super) fn sizes<'a>(
    deployment: &Object,
    new: &'a Arc<Object>,
    old: &[&'a Arc<Object>],
) -> Vec<(&'a Arc<Object>, usize)> {
    let bounds = Bounds::of(deployment);
    let size = |set: &Object| count(set.number("/spec/replicas"));
    let available = |set: &Object| count(set.number("/status/availableReplicas"));
    let total = size(new) + old.iter().map(|set| size(set)).sum::<usize>();
    let mut changes = Vec::new();
    let room = bounds.most.saturating_sub(total);
    let target = (size(new) + room).min(bounds.wanted);
    if target != size(new) {
        changes.push((new, target));
    }
    // New pods that do not serve yet cannot stand in for old ones.
    let pending = size(new).saturating_sub(available(new));
    let mut removable = total.saturating_sub(bounds.least + pending);
    for &set in old {
        let down = size(set).min(removable);
        removable -= down;
        if down > 0 {
            changes.push((set, size(set) - down));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn set(size: i64, available: i64) -> Arc<Object> {
        let status = json!({ "availableReplicas": available });
        Arc::new(Object::new(json!({ "spec": { "replicas": size }, "status": status })))
    }

    fn next(replicas: i64, new: &Arc<Object>, old: &Arc<Object>) -> Vec<usize> {
        let rolling = json!({ "maxSurge": "25%", "maxUnavailable": "25%" });
        let strategy = json!({ "rollingUpdate": rolling });
        let spec = json!({ "replicas": replicas, "strategy": strategy });
        let deployment = Object::new(json!({ "spec": spec }));
        let sizes = sizes(&deployment, new, &[old]);
        sizes.into_iter().map(|(_, size)| size).collect()
    }

    #[test]
    fn a_rollout_surges_before_it_shrinks() {
        assert_eq!(next(4, &set(0, 0), &set(4, 4)), [1, 3]);
        assert_eq!(next(1, &set(0, 0), &set(1, 1)), [1], "the only pod stays");
    }

    #[test]
    fn a_rollout_waits_for_its_new_pods() {
        assert!(next(4, &set(2, 0), &set(3, 3)).is_empty());
        assert_eq!(next(4, &set(2, 2), &set(3, 3)), [1]);
    }

    #[test]
    fn a_smaller_deployment_shrinks_its_newest_set() {
        assert_eq!(next(1, &set(3, 3), &set(0, 0)), [1]);
    }
}
