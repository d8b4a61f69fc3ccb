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

/// How many pods there may be in all while they roll over.
pub(super) fn most(deployment: &Object) -> usize {
    let bounds = Bounds::of(deployment);
    if bounds.wanted == 0 { 0 } else { bounds.most }
}

/// The next size of each replica set that should change.
pub(super) fn sizes<'a>(
    deployment: &Object,
    new: &'a Arc<Object>,
    old: &[&'a Arc<Object>],
) -> Vec<(&'a Arc<Object>, usize)> {
    if deployment.text("/spec/strategy/type") == "Recreate" {
        return recreated(deployment, new, old);
    }
    let bounds = Bounds::of(deployment);
    let total = size(new) + old.iter().map(|set| size(set)).sum::<usize>();
    let room = bounds.most.saturating_sub(total);
    let target = (size(new) + room).min(bounds.wanted);
    let mut changes = Vec::new();
    if target != size(new) {
        changes.push((new, target));
    }
    // New pods that do not serve yet cannot stand in for old ones.
    let pending = size(new).saturating_sub(available(new));
    let removable = total.saturating_sub(bounds.least + pending);
    changes.extend(shrunk(old, removable, available(new), bounds.least));
    changes
}

/// All old pods go before the first new one comes.
fn recreated<'a>(
    deployment: &Object,
    new: &'a Arc<Object>,
    old: &[&'a Arc<Object>],
) -> Vec<(&'a Arc<Object>, usize)> {
    let wanted = count(deployment.number("/spec/replicas"));
    let left: Vec<_> = old.iter().filter(|set| size(set) > 0).map(|set| (*set, 0)).collect();
    let ending = old.iter().any(|set| set.number("/status/replicas") > 0);
    if !left.is_empty() || ending || size(new) == wanted { left } else { vec![(new, wanted)] }
}

fn size(set: &Object) -> usize {
    count(set.number("/spec/replicas"))
}

fn available(set: &Object) -> usize {
    count(set.number("/status/availableReplicas"))
}

/// Old sets made smaller, the oldest first: pods that do not serve, then others that are not needed.
fn shrunk<'a>(
    old: &[&'a Arc<Object>],
    removable: usize,
    available_new: usize,
    least: usize,
) -> Vec<(&'a Arc<Object>, usize)> {
    if removable == 0 {
        return Vec::new();
    }
    let mut old = old.to_vec();
    old.sort_by_key(|set| set.text("/metadata/creationTimestamp"));
    let serving = available_new + old.iter().map(|set| available(set)).sum::<usize>();
    let mut useless = removable;
    let mut spare = serving.saturating_sub(least);
    let shrunk = old.into_iter().map(|set| {
        let idle = size(set).saturating_sub(available(set)).min(useless);
        useless -= idle;
        let surplus = (size(set) - idle).min(spare);
        spare -= surplus;
        (set, size(set) - idle - surplus)
    });
    shrunk.filter(|(set, target)| size(set) != *target).collect()
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
    fn old_pods_that_do_not_serve_go_before_those_that_do() {
        let rolling = json!({ "maxSurge": 1, "maxUnavailable": 0 });
        let spec = json!({ "replicas": 3, "strategy": { "rollingUpdate": rolling } });
        let deployment = Object::new(json!({ "spec": spec }));
        let (new, stuck, good) = (set(0, 0), set(1, 0), set(3, 3));
        let sizes = sizes(&deployment, &new, &[&good, &stuck]);
        let sizes: Vec<_> = sizes.iter().map(|(set, to)| (size(set), *to)).collect();
        assert_eq!(sizes, [(1, 0)], "only the stuck pod makes room");
    }

    #[test]
    fn to_recreate_is_to_end_all_old_pods_first() {
        let recreate = |new: &Arc<Object>, old: &Arc<Object>| {
            let spec = json!({ "replicas": 2, "strategy": { "type": "Recreate" } });
            let deployment = Object::new(json!({ "spec": spec }));
            let sizes = sizes(&deployment, new, &[old]);
            sizes.iter().map(|(set, to)| (size(set), *to)).collect::<Vec<_>>()
        };
        assert_eq!(recreate(&set(0, 0), &set(3, 3)), [(3, 0)]);
        assert_eq!(recreate(&set(0, 0), &set(0, 0)), [(0, 2)]);
        assert!(recreate(&set(2, 0), &set(0, 0)).is_empty());
    }

    #[test]
    fn a_smaller_deployment_shrinks_its_newest_set() {
        assert_eq!(next(1, &set(3, 3), &set(0, 0)), [1]);
    }
}
