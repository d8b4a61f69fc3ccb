//! A paused deployment: its size still counts, its template does not.
//!
//! Never moves pods from one template to another.

use std::sync::Arc;

use super::{super::pods::count, revision::Numbered, rolling};
use crate::object::Object;

/// The next size of each replica set that should change.
pub(super) fn sizes<'a>(
    deployment: &Object,
    new: Option<&'a Arc<Object>>,
    sets: &[&'a Arc<Object>],
) -> Vec<(&'a Arc<Object>, usize)> {
    let wanted = count(deployment.number("/spec/replicas"));
    let active: Vec<_> = sets.iter().copied().filter(|set| size(set) > 0).collect();
    let target = |set: &'a Arc<Object>| vec![(set, wanted)];
    let mut sizes = match active.as_slice() {
        [] => new.or_else(|| newest(sets)).map(target).unwrap_or_default(),
        [one] => target(one),
        several => proportional(several, rolling::most(deployment)),
    };
    sizes.retain(|(set, target)| size(set) != *target);
    sizes
}

fn size(set: &Object) -> usize {
    count(set.number("/spec/replicas"))
}

fn newest<'a>(sets: &[&'a Arc<Object>]) -> Option<&'a Arc<Object>> {
    sets.iter().copied().max_by_key(|set| set.revision())
}

/// A rollout that was paused half-way keeps its proportions, its surge included; the largest set
/// takes what rounding leaves.
fn proportional<'a>(sets: &[&'a Arc<Object>], most: usize) -> Vec<(&'a Arc<Object>, usize)> {
    let mut sets = sets.to_vec();
    sets.sort_by_key(|set| std::cmp::Reverse((size(set), set.revision())));
    let total: usize = sets.iter().map(|set| size(set)).sum();
    let mut sizes: Vec<_> = sets.into_iter().map(|set| (set, size(set) * most / total)).collect();
    let given: usize = sizes.iter().map(|(_, size)| size).sum();
    if let Some((_, largest)) = sizes.first_mut() {
        *largest += most - given;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn set(replicas: i64, revision: &str) -> Arc<Object> {
        let annotations = json!({ "deployment.kubernetes.io/revision": revision });
        let metadata = json!({ "annotations": annotations });
        Arc::new(Object::new(json!({ "metadata": metadata, "spec": { "replicas": replicas } })))
    }

    fn next(wanted: i64, sets: &[Arc<Object>]) -> Vec<usize> {
        next_with_surge(wanted, 0, sets)
    }

    fn next_with_surge(wanted: i64, surge: i64, sets: &[Arc<Object>]) -> Vec<usize> {
        let strategy = json!({ "rollingUpdate": { "maxSurge": surge } });
        let spec = json!({ "replicas": wanted, "strategy": strategy });
        let deployment = Object::new(json!({ "spec": spec }));
        let sets: Vec<_> = sets.iter().collect();
        sizes(&deployment, None, &sets).into_iter().map(|(_, size)| size).collect()
    }

    #[test]
    fn the_only_active_set_takes_the_size() {
        assert_eq!(next(5, &[set(3, "1"), set(0, "2")]), [5]);
        assert_eq!(next(2, &[set(0, "1"), set(0, "2")]), [2]);
        assert!(next(3, &[set(3, "1"), set(0, "2")]).is_empty());
    }

    #[test]
    fn sets_of_a_rollout_half_way_keep_their_proportions() {
        assert_eq!(next(8, &[set(3, "1"), set(1, "2")]), [6, 2]);
        assert_eq!(next(5, &[set(3, "1"), set(1, "2")]), [4]);
        assert_eq!(next(0, &[set(3, "1"), set(1, "2")]), [0, 0]);
        assert!(next_with_surge(3, 1, &[set(3, "1"), set(1, "2")]).is_empty());
    }
}
