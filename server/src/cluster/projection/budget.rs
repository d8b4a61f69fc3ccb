//! `PodDisruptionBudget`s of either version as rows.

use domain::resources::BudgetRow;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use kube::core::Object;
use serde::Deserialize;

use super::{
    labels::Selector,
    metadata::{count, identity},
};

/// A budget of policy/v1 or policy/v1beta1; both write these fields alike.
pub(in crate::cluster) type Budget = Object<BudgetSpec, BudgetStatus>;

/// What a budget demands.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::cluster) struct BudgetSpec {
    #[serde(default)]
    selector: Option<LabelSelector>,
}

/// What the disruption controller found.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(in crate::cluster) struct BudgetStatus {
    disruptions_allowed: i32,
    current_healthy: i32,
    desired_healthy: i32,
}

/// Which of the two versions a budget was read in: an empty selector means opposite things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cluster) enum PolicyVersion {
    /// policy/v1: an empty selector covers every pod of the namespace.
    V1,
    /// policy/v1beta1: an empty selector covers no pod.
    V1beta1,
}

/// The row of a budget.
pub(in crate::cluster) fn budget_row(version: PolicyVersion, budget: Budget) -> Option<BudgetRow> {
    let identity = identity(&budget.metadata)?;
    let status = budget.status.unwrap_or_default();
    let selector = match budget.spec.selector.map(Selector::from) {
        Some(selector) if selector.is_empty() && version == PolicyVersion::V1beta1 => {
            Selector::of_nothing()
        }
        Some(selector) => selector,
        None => Selector::of_nothing(),
    };
    Some(BudgetRow {
        namespace: identity.namespace,
        name: identity.name,
        uid: identity.uid,
        match_labels: selector.match_labels,
        expressions: selector.expressions,
        allowed: count(status.disruptions_allowed),
        healthy: count(status.current_healthy),
        demanded: count(status.desired_healthy),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::*;

    fn row(version: PolicyVersion, spec: &Value) -> BudgetRow {
        let budget = json!({
            "metadata": {"namespace": "checkout", "name": "api", "uid": "b"},
            "spec": spec,
            "status": {"disruptionsAllowed": 1, "currentHealthy": 3, "desiredHealthy": 2, "expectedPods": 3},
        });
        budget_row(version, serde_json::from_value(budget).unwrap()).unwrap()
    }

    fn labels() -> BTreeMap<String, String> {
        BTreeMap::from([("app".to_owned(), "api".to_owned())])
    }

    #[test]
    fn headroom_and_selector_are_kept() {
        let spec = json!({"minAvailable": 2, "selector": {
            "matchLabels": {"app": "api"},
            "matchExpressions": [{"key": "track", "operator": "DoesNotExist"}],
        }});
        let row = row(PolicyVersion::V1, &spec);
        assert_eq!((row.allowed, row.healthy, row.demanded), (1, 3, 2));
        assert!(row.covers(&labels()));
    }

    #[test]
    fn an_empty_selector_covers_all_in_v1_and_none_in_v1beta1() {
        let spec = json!({"selector": {}});
        assert!(row(PolicyVersion::V1, &spec).covers(&labels()));
        assert!(!row(PolicyVersion::V1beta1, &spec).covers(&labels()));
    }

    #[test]
    fn no_selector_covers_nothing() {
        assert!(!row(PolicyVersion::V1, &json!({})).covers(&labels()));
    }
}
