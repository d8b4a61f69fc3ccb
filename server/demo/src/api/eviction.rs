//! `pods/eviction`: a deletion that disruption budgets may refuse.
//!
//! Follows the API server's own order of checks. Never lets two evictions share one disruption:
//! budget and pod change in one transaction.

use std::sync::Arc;

use serde_json::json;

use super::{Answer, call::Call, write::Incoming};
use crate::{
    access::Resource,
    cluster::Cluster,
    kinds,
    object::Object,
    refusal::Refusal,
    selector::Selector,
    store::{Deletion, Effect, Key, Transaction, seconds},
};

/// How many evictions a budget's controller may still owe an answer for.
const MAX_DISRUPTED_PODS: usize = 2000;

pub(super) fn evict(
    cluster: &Cluster,
    call: &Call,
    resource: &Resource,
    incoming: &Incoming<'_>,
) -> Result<Answer, Refusal> {
    let eviction = Object::new(incoming.json()?);
    if !matches!(eviction.text("/apiVersion"), "" | "policy/v1" | "policy/v1beta1") {
        return Err(Refusal::bad_request(format!(
            "no kind \"Eviction\" is registered for version \"{}\"",
            eviction.text("/apiVersion")
        )));
    }
    if eviction.name() != resource.name {
        return Err(Refusal::bad_request("name in URL does not match name in Eviction object"));
    }
    let (deletion, effect) = call.options.deletion(eviction.at("/deleteOptions"))?;
    let key = Key::new(&kinds::POD, &resource.namespace, &resource.name);
    let mut transaction = cluster.store.begin(cluster.now());
    let pod = transaction.get(&key)?;
    if !is_exempt(&pod) {
        spend_budget(&mut transaction, &pod, &deletion, effect)?;
    }
    transaction.delete(&key, &deletion, effect)?;
    Ok(Answer::created(json!({
        "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "code": 201,
    })))
}

/// Pods that disrupt nobody any more, or not yet.
fn is_exempt(pod: &Object) -> bool {
    pod.is_terminating() || matches!(pod.text("/status/phase"), "Succeeded" | "Failed" | "Pending")
}

fn spend_budget(
    transaction: &mut Transaction<'_>,
    pod: &Object,
    deletion: &Deletion,
    effect: Effect,
) -> Result<(), Refusal> {
    let budgets = budgets(transaction, pod);
    let (key, budget) = match budgets.as_slice() {
        [] => return Ok(()),
        [one] => one,
        _ => return Err(Refusal::several_budgets()),
    };
    if !pod.is_true("Ready") && spares_unready(budget) {
        return Ok(());
    }
    let allowed = budget.number("/status/disruptionsAllowed");
    check(budget, allowed)?;
    if effect == Effect::DryRun {
        return Ok(());
    }
    // The deletion that follows must not fail once the disruption is spent.
    let pod_key = Key::of(&kinds::POD, pod);
    transaction.delete(&pod_key, deletion, Effect::DryRun)?;
    let mut status = Object::new(json!({ "status": budget.at("/status") }));
    status
        .set("/status/disruptionsAllowed", allowed - 1)
        .set(&format!("/status/disruptedPods/{}", pod.name()), seconds(transaction.now()));
    transaction.set_status(key, status.at("/status"));
    Ok(())
}

fn budgets(transaction: &Transaction<'_>, pod: &Object) -> Vec<(Key, Arc<Object>)> {
    let budgets = transaction.objects().iter().filter(|(key, _)| {
        *key.kind == kinds::POD_DISRUPTION_BUDGET && key.namespace == pod.namespace()
    });
    budgets
        .filter(|(_, budget)| {
            let selector = Selector::of_object(budget.at("/spec/selector"));
            !selector.is_empty() && selector.matches(pod)
        })
        .map(|(key, budget)| (key.clone(), Arc::clone(budget)))
        .collect()
}

/// An unready pod costs no disruption while enough others are healthy, or where the budget says so.
fn spares_unready(budget: &Object) -> bool {
    let (healthy, desired) =
        (budget.number("/status/currentHealthy"), budget.number("/status/desiredHealthy"));
    budget.text("/spec/unhealthyPodEvictionPolicy") == "AlwaysAllow"
        || (healthy >= desired && desired > 0)
}

fn check(budget: &Object, allowed: i64) -> Result<(), Refusal> {
    let name = budget.name();
    if budget.number("/status/observedGeneration") < budget.number("/metadata/generation") {
        return Err(Refusal::over_budget(&format!(
            "The disruption budget {name} is still being processed by the server."
        )));
    }
    let forbid = |why| Err(Refusal::forbidden("policy", "poddisruptionbudget", name, why));
    if allowed < 0 {
        return forbid("pdb disruptions allowed is negative");
    }
    if budget
        .at("/status/disruptedPods")
        .as_object()
        .is_some_and(|pods| pods.len() > MAX_DISRUPTED_PODS)
    {
        return forbid(
            "DisruptedPods map too big - too many evictions not confirmed by PDB controller",
        );
    }
    if allowed == 0 {
        return Err(Refusal::over_budget(&format!(
            "The disruption budget {name} needs {} healthy pods and has {} currently",
            budget.number("/status/desiredHealthy"),
            budget.number("/status/currentHealthy")
        )));
    }
    Ok(())
}
