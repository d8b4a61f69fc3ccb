//! The kubelet's loop: watches the pods that were given to its nodes and takes each to its
//! next step. Driven by events; a failed step is tried again a second later.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use futures::StreamExt as _;
use jiff::Timestamp;
use k8s_openapi::api::core::v1::{Node, Pod};
use kube::{
    Api, Client, ResourceExt as _,
    api::{DeleteParams, Patch, PatchParams, Preconditions},
    runtime::{
        controller::{Action, Config, Controller},
        watcher,
    },
};

use crate::{
    life::{self, Containers, Step},
    status,
};

/// The label of nodes that tests add and have served.
const GUEST: &str = "sekisho.dev/guest";

/// How long to wait before a failed step is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Steps taken at once: enough to bring up thousands of pods in seconds.
const CONCURRENCY: u16 = 32;

/// One kubelet for several nodes.
pub struct Kubelet {
    client: Client,
    nodes: HashSet<String>,
    clock: fn() -> Timestamp,
    addresses: AtomicU32,
}

impl Kubelet {
    /// A kubelet for `nodes`, which must be registered.
    pub fn new(client: Client, nodes: Vec<String>, clock: fn() -> Timestamp) -> Self {
        let nodes = nodes.into_iter().collect();
        Self { client, nodes, clock, addresses: AtomicU32::new(1) }
    }

    /// Runs for ever.
    pub async fn run(self) {
        let pods = Api::<Pod>::all(self.client.clone());
        let assigned = watcher::Config::default().fields("spec.nodeName!=");
        Controller::new(pods, assigned)
            .with_config(Config::default().concurrency(CONCURRENCY))
            .run(step, |_, _, _| Action::requeue(RETRY), Arc::new(self))
            .for_each(|taken| async move {
                if let Err(error) = taken {
                    tracing::warn!(%error, "a step failed");
                }
            })
            .await;
    }

    /// Whether a test added this node and wants its pods to live, too.
    async fn is_guest(&self, node: &str) -> kube::Result<bool> {
        let node = Api::<Node>::all(self.client.clone()).get_opt(node).await?;
        Ok(node.is_some_and(|node| node.labels().contains_key(GUEST)))
    }

    async fn report(&self, pod: &Pod, containers: &Containers) -> kube::Result<()> {
        let patch = status::patch(pod, containers, &self.address(), (self.clock)());
        let patch = Patch::Merge(patch);
        self.pods_of(pod).patch_status(&pod.name_any(), &PatchParams::default(), &patch).await?;
        Ok(())
    }

    async fn remove(&self, pod: &Pod) -> kube::Result<()> {
        let this_one = Preconditions { uid: pod.uid(), resource_version: None };
        let now = DeleteParams::default().grace_period(0).preconditions(this_one);
        self.pods_of(pod).delete(&pod.name_any(), &now).await?;
        Ok(())
    }

    fn pods_of(&self, pod: &Pod) -> Api<Pod> {
        Api::namespaced(self.client.clone(), &pod.namespace().unwrap_or_default())
    }

    /// The next address of 10.244.0.0/16.
    fn address(&self) -> String {
        let [.., high, low] = self.addresses.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        format!("10.244.{high}.{low}")
    }
}

async fn step(pod: Arc<Pod>, kubelet: Arc<Kubelet>) -> kube::Result<Action> {
    let node = pod.spec.as_ref().and_then(|spec| spec.node_name.as_ref());
    let Some(node) = node else { return Ok(Action::await_change()) };
    if !(kubelet.nodes.contains(node) || kubelet.is_guest(node).await?) {
        return Ok(Action::await_change());
    }
    let done = match life::next(&pod, (kubelet.clock)()) {
        Step::Rest => Ok(()),
        Step::Wait(left) => return Ok(Action::requeue(left)),
        Step::Report(containers) => kubelet.report(&pod, &containers).await,
        Step::Remove => kubelet.remove(&pod).await,
    };
    match done {
        // It went, or another took its name, while we were busy: its own event follows.
        Err(kube::Error::Api(status)) if status.is_not_found() || status.is_conflict() => {}
        done => done?,
    }
    Ok(Action::await_change())
}
