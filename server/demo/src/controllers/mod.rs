//! The controllers, level-triggered: each looks at one namespace and says what should change.
//!
//! A plan is a pure function of a snapshot and the time. Never waits: time passes in the kubelets.

pub(crate) mod behaviour;
mod claims;
mod cordon;
pub(crate) mod cron_job;
mod daemon_set;
mod deployment;
mod disruption;
mod endpoints;
pub(crate) mod events;
mod garbage;
mod job;
pub(crate) mod kubelet;
mod pods;
mod replica_set;
mod revisions;
mod scheduler;
mod scope;
mod stateful_set;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use jiff::Timestamp;
use serde_json::Value;
use tokio::time::{MissedTickBehavior, interval};

use self::scope::Scope;
pub(crate) use self::scope::of_kind;
use crate::{
    cluster::Cluster,
    kinds,
    kinds::Kind,
    object::Object,
    store::{Deletion, Effect, Key, Objects, Part, Store},
};

/// What a controller wants done.
pub(crate) enum Step {
    Create(&'static Kind, Object),
    Replace(Key, Object),
    SetStatus(Key, Value),
    Delete(Key, Deletion),
}

/// In the order in which their effects follow from each other.
const PLANS: [fn(&Scope<'_>) -> Vec<Step>; 11] = [
    cordon::plan,
    cron_job::plan,
    deployment::plan,
    replica_set::plan,
    stateful_set::plan,
    daemon_set::plan,
    job::plan,
    scheduler::plan,
    disruption::plan,
    endpoints::plan,
    garbage::plan,
];

/// How often deadlines are looked at although nothing has changed.
const RESYNC: Duration = Duration::from_secs(15);

/// How often the plans may answer each other before they must be at odds.
const ROUNDS: usize = 500;

/// Reconciles after every change, until the task is aborted.
pub(crate) async fn run(cluster: Arc<Cluster>) {
    let mut revisions = cluster.store.subscribe();
    let mut resync = interval(RESYNC);
    resync.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen = 0;
    loop {
        tokio::select! {
            changed = revisions.changed() => if changed.is_err() { return },
            _ = resync.tick() => { seen = 0; events::expire(&cluster.store, cluster.now()); }
        }
        let revision = *revisions.borrow_and_update();
        reconcile(&cluster.store, cluster.now(), seen);
        seen = revision;
    }
}

/// Carries out the plans of every namespace that changed since a revision, until they are content.
pub(crate) fn reconcile(store: &Store, now: Timestamp, since: u64) {
    let mut seen = since;
    for _ in 0..ROUNDS {
        let (objects, revision) = store.snapshot();
        if revision == seen {
            return;
        }
        for namespace in dirty(store, &objects, seen) {
            visit(store, &namespace, now);
        }
        seen = revision;
    }
    tracing::warn!("the controllers disagree with each other");
}

/// Carries out every plan of a namespace once.
pub(crate) fn visit(store: &Store, namespace: &str, now: Timestamp) {
    for plan in PLANS {
        let (objects, _) = store.snapshot();
        let steps = plan(&Scope::new(&objects, namespace, now));
        carry_out(store, now, steps);
    }
}

/// The namespaces to look at: all of them when the history does not tell, or a node changed.
fn dirty(store: &Store, objects: &Objects, since: u64) -> BTreeSet<String> {
    let changes = store.changes_since(since).ok();
    let local =
        changes.filter(|changes| changes.iter().all(|change| *change.key.kind != kinds::NODE));
    match local {
        Some(changes) => {
            let relevant = changes.into_iter().filter(|change| *change.key.kind != kinds::EVENT);
            relevant
                .map(|change| change.key.namespace)
                .filter(|namespace| !namespace.is_empty())
                .collect()
        }
        None => objects
            .keys()
            .filter(|key| *key.kind == kinds::NAMESPACE)
            .map(|key| key.name.clone())
            .collect(),
    }
}

/// Applies steps one by one. What became impossible meanwhile is left to the next round.
pub(crate) fn carry_out(store: &Store, now: Timestamp, steps: Vec<Step>) {
    if steps.is_empty() {
        return;
    }
    let mut transaction = store.begin(now);
    for step in steps {
        let outcome = match step {
            Step::Create(kind, object) => {
                transaction.create(kind, object, Effect::Commit).map(drop)
            }
            Step::Replace(key, object) => {
                transaction.replace(&key, object, Part::Main, Effect::Commit).map(drop)
            }
            Step::Delete(key, how) => transaction.delete(&key, &how, Effect::Commit).map(drop),
            Step::SetStatus(key, status) => {
                transaction.set_status(&key, &status);
                Ok(())
            }
        };
        if let Err(refusal) = outcome {
            tracing::debug!(%refusal, "a controller will look again");
        }
    }
}
