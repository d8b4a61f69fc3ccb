//! A real Kubernetes control plane for a suite: built on first use, started for the run and ended with it.

use harness::cache::Cache;
use harness::control_plane::{self, ControlPlane, Options};

use super::suite::SuiteError;
use crate::progress::{self, step};
use crate::workspace::Workspace;

/// Starts a control plane without nodes. Its run folder bears the suite's name, so that the suite's next run stops
/// what a killed one left.
pub fn start(workspace: &Workspace, suite: &str) -> Result<ControlPlane, SuiteError> {
    step("start a real cluster", || {
        let binaries = control_plane::prepare(&Cache::open()?, &progress::relay)?;
        let folder = workspace.target().join(format!("{suite}-cluster"));
        Ok(ControlPlane::start(&binaries, &folder, &Options::default())?)
    })
}
