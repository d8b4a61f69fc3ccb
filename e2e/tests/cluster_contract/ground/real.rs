//! The real control plane that the runner handed over; scenarios share it, each in its own namespace.

use std::{
    collections::BTreeMap,
    future::{Ready, ready},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use harness::control_plane::Cluster;
use kube::{
    Client, Config,
    config::{KubeConfigOptions, Kubeconfig},
};
use sekisho::cluster::ClusterSource;
use serde_json::Value;

use super::Ground;
use crate::fixtures;

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

    fn kubectl_get_pods(&self, namespace: &str) -> Option<Vec<String>> {
        let mut kubectl = self.cluster.kubectl(&self.cluster.admin_kubeconfig());
        let printed =
            kubectl.args(["get", "pods", "--no-headers", "-n", namespace]).output().unwrap();
        assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
        let text = String::from_utf8(printed.stdout).unwrap();
        Some(text.lines().map(str::to_owned).collect())
    }
}
