//! Naming the disruption budgets behind a refusal, which names none.

use std::collections::BTreeMap;

use domain::{
    names::Namespace,
    resources::{BudgetRow, ResourceCache},
};

/// The budgets that cover a pod with these labels and allow nothing now. While the watch lags
/// behind the cluster none may seem exhausted: then all that cover it.
pub(super) fn refusing(
    cache: &impl ResourceCache,
    namespace: &Namespace,
    labels: &BTreeMap<String, String>,
) -> Vec<String> {
    let budgets = cache.budgets(namespace);
    let covering: Vec<&BudgetRow> =
        budgets.iter().map(AsRef::as_ref).filter(|budget| budget.covers(labels)).collect();
    let names = |budgets: &mut dyn Iterator<Item = &BudgetRow>| {
        budgets.map(|budget| budget.name.to_string()).collect()
    };
    let exhausted: Vec<String> = names(&mut covering.iter().copied().filter(|b| b.allowed == 0));
    if exhausted.is_empty() {
        return names(&mut covering.into_iter());
    }
    exhausted
}

/// The same of a pod that is told by its UID; none while the watch does not know it.
pub(super) fn refusing_pod(
    cache: &impl ResourceCache,
    namespace: &Namespace,
    uid: &str,
) -> Vec<String> {
    let pods = cache.pods(namespace);
    let row = pods.iter().find(|row| row.uid == uid);
    row.map(|row| refusing(cache, namespace, &row.labels)).unwrap_or_default()
}
