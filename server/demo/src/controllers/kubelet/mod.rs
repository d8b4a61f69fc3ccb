//! The kubelets: each pod takes its next step in life when its time has come.
//!
//! Never decides what the step is: see `life`.

mod containers;
mod life;
mod writing;

use std::{collections::HashSet, sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::task::JoinSet;

pub(crate) use self::{
    life::{Due, due},
    writing::written,
};
use super::{carry_out, of_kind, scope::Scope};
use crate::{
    cluster::Cluster,
    kinds,
    object::Object,
    options::Pace,
    store::{Key, Store},
};

/// Waits and steps for every pod of the cluster, until the task is aborted.
pub(crate) async fn run(cluster: Arc<Cluster>, pace: Pace) {
    let mut revisions = cluster.store.subscribe();
    let mut timers = JoinSet::new();
    let mut waiting = HashSet::new();
    loop {
        for (appointment, delay) in appointments(&cluster.store, pace) {
            if waiting.insert(appointment.clone()) {
                timers.spawn(async move {
                    tokio::time::sleep(delay).await;
                    appointment
                });
            }
        }
        tokio::select! {
            changed = revisions.changed() => if changed.is_err() { return },
            Some(Ok(appointment)) = timers.join_next() => {
                waiting.remove(&appointment);
                step(&cluster.store, &appointment, cluster.now());
            }
        }
    }
}

/// A pod, and what it waits for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Appointment {
    namespace: String,
    name: String,
    uid: String,
    due: Due,
}

fn appointments(store: &Store, pace: Pace) -> Vec<(Appointment, Duration)> {
    let (objects, _) = store.snapshot();
    let pods = of_kind(&objects, &kinds::POD);
    // A node that is not there has no kubelet: its pods stay as they are.
    let has_kubelet = |pod: &Object| {
        let node = Key::new(&kinds::NODE, "", pod.text("/spec/nodeName"));
        node.name.is_empty() || objects.contains_key(&node)
    };
    pods.filter(|(_, pod)| has_kubelet(pod))
        .filter_map(|(key, pod)| {
            let due = due(pod);
            let delay = match due {
                Due::Step => pace.step,
                Due::Retry => pace.back_off?,
                Due::Never => return None,
            };
            let (namespace, name) = (key.namespace.clone(), key.name.clone());
            Some((Appointment { namespace, name, uid: pod.uid().to_owned(), due }, delay))
        })
        .collect()
}

fn step(store: &Store, appointment: &Appointment, now: Timestamp) {
    let key = Key::new(&kinds::POD, &appointment.namespace, &appointment.name);
    let Some(pod) = store.get(&key) else { return };
    if pod.uid() == appointment.uid && due(&pod) == appointment.due {
        advance(store, &key, now);
    }
}

/// Takes the next step of one pod.
pub(crate) fn advance(store: &Store, key: &Key, now: Timestamp) {
    let (objects, _) = store.snapshot();
    if let Some(pod) = objects.get(key) {
        carry_out(store, now, life::advance(&Scope::new(&objects, &key.namespace, now), pod));
    }
}
