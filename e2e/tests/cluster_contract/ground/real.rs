//! The real control plane that the runner handed over; scenarios share it, each in its own namespace.

use std::{
    collections::BTreeMap,
    future::{Ready, ready},
    path::PathBuf,
    process::Command,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use futures::{StreamExt, stream};
use harness::control_plane::Cluster;
use kube::{
    Client, Config,
    config::{KubeConfigOptions, Kubeconfig},
};
use sekisho::cluster::ClusterSource;
use serde_json::Value;
use tokio::task::spawn_blocking;

use super::Ground;
use crate::{fixtures, question::Question};

/// So many `kubectl` at once.
const AT_ONCE: usize = 4;

/// One kubeconfig for each user, whichever scenario asks first.
static KUBECONFIGS: Mutex<BTreeMap<String, PathBuf>> = Mutex::new(BTreeMap::new());

/// A real control plane.
pub(crate) struct Real {
    cluster: Cluster,
}

/// The control plane of all scenarios.
pub(crate) fn real() -> Ready<Real> {
    ready(Real::handed_over())
}

impl Real {
    fn handed_over() -> Self {
        let cluster = Cluster::from_environment().unwrap_or_else(|error| {
            panic!("{error}; this half of the contract is run by `cargo xtask test contract`")
        });
        Self { cluster }
    }

    fn kubeconfig(&self, user: &str) -> PathBuf {
        let mut known = KUBECONFIGS.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .entry(user.to_owned())
            .or_insert_with(|| self.cluster.kubeconfig_for(user, &[]).unwrap())
            .clone()
    }
}

impl Real {
    fn kubectl_can_i(&self, question: &Question) -> Command {
        let group = if question.api_group.is_empty() { "" } else { "." };
        let name = question.name.map(|name| format!("/{name}")).unwrap_or_default();
        let resource = format!("{}{group}{}{name}", question.plural, question.api_group);
        let mut kubectl = self.cluster.kubectl(&self.cluster.admin_kubeconfig());
        kubectl.args(["auth", "can-i", question.verb, &resource, "-n", &question.namespace]);
        kubectl.args(question.subresource.map(|it| format!("--subresource={it}")));
        kubectl.arg(format!("--as={}", question.user));
        kubectl.args(question.groups.iter().map(|group| format!("--as-group={group}")));
        kubectl
    }
}

/// `kubectl auth can-i` says so on its last line; what it warns of comes before.
fn is_yes(mut kubectl: Command) -> bool {
    let output = kubectl.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    match said.lines().last() {
        Some(line) if line.starts_with("yes") => true,
        Some(line) if line.starts_with("no") => false,
        _ => panic!("{kubectl:?}: {said} {}", String::from_utf8_lossy(&output.stderr)),
    }
}

async fn config(path: PathBuf) -> Config {
    let kubeconfig = Kubeconfig::read_from(path).unwrap();
    Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default()).await.unwrap()
}

#[async_trait]
impl Ground for Real {
    async fn admin(&self) -> Config {
        config(self.cluster.admin_kubeconfig()).await
    }

    async fn user(&self, user: &str) -> Config {
        config(self.kubeconfig(user)).await
    }

    fn console(&self, user: &str) -> ClusterSource {
        ClusterSource::Kubeconfig { path: self.kubeconfig(user), context: None }
    }

    /// The kubelet is for what the scheduler takes: other pods have no node, and the test reports for them.
    async fn bring_up(&self, admin: &Client, namespace: &str, pod: &str) {
        fixtures::report(admin, namespace, pod, fixtures::running()).await;
    }

    fn audit(&self, text: &str) -> Vec<Value> {
        self.cluster.audit_log().events_with(text).unwrap()
    }

    async fn can_i(&self, questions: &[Question]) -> Vec<bool> {
        let asked = questions.iter().map(|question| {
            let kubectl = self.kubectl_can_i(question);
            async move { spawn_blocking(|| is_yes(kubectl)).await.unwrap() }
        });
        stream::iter(asked.collect::<Vec<_>>()).buffered(AT_ONCE).collect().await
    }

    fn kubectl_get_pods(&self, namespace: &str) -> Option<Vec<String>> {
        let mut kubectl = self.cluster.kubectl(&self.cluster.admin_kubeconfig());
        let printed =
            kubectl.args(["get", "pods", "--no-headers", "-n", namespace]).output().unwrap();
        assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
        let text = String::from_utf8(printed.stdout).unwrap();
        Some(text.lines().map(str::to_owned).collect())
    }
}
