//! A real Kubernetes control plane for a task: built on first use, started for the run and ended with it.

use std::path::PathBuf;

use harness::cache::{self, Cache};
use harness::control_plane::{self, BinariesError, Cluster, ClusterError, ControlPlane, Options};

use crate::progress::{self, step};
use crate::workspace::Workspace;

/// The console's account, as `sekisho rbac` names it.
const ACCOUNT: &str = "system:serviceaccount:sekisho:sekisho";
/// The groups that the API server gives that account.
const ACCOUNT_GROUPS: &[&str] = &["system:serviceaccounts", "system:serviceaccounts:sekisho"];

/// There is no control plane to be had.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is nowhere to keep what is slow to make.
    #[error(transparent)]
    Cache(#[from] cache::Error),
    /// Its programs could not be built.
    #[error(transparent)]
    Binaries(#[from] BinariesError),
    /// It could not be started.
    #[error(transparent)]
    Start(#[from] control_plane::Error),
}

/// Starts a control plane without nodes. Its run folder bears the task's name, so that the task's next run stops
/// what a killed one left.
pub fn start(workspace: &Workspace, task: &str) -> Result<ControlPlane, StartError> {
    step("start a real cluster", || {
        let binaries = control_plane::prepare(&Cache::open()?, &progress::relay)?;
        let folder = workspace.target().join(format!("{task}-cluster"));
        Ok(ControlPlane::start(&binaries, &folder, &Options::default())?)
    })
}

/// A kubeconfig of the console's own account. What it may do is up to whoever applies what `sekisho rbac` renders.
pub fn console_kubeconfig(cluster: &Cluster) -> Result<PathBuf, ClusterError> {
    cluster.kubeconfig_for(ACCOUNT, ACCOUNT_GROUPS)
}
