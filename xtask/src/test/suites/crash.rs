//! Suite `crash`: consoles are killed at named points and at random while requests execute and power is given and taken
//! against a real API server, which is started for this run, with nodes.

use harness::kubelet;

use crate::command;
use crate::progress;
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;
use crate::{cluster, native};

/// The end-to-end tests that it runs.
pub const TESTS: &[&str] = &["crash"];

const NODES: u16 = 2;
/// How many runs are made, as the test reads it.
const RUNS: &str = "SEKISHO_TEST_CRASH_RUNS";

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    kill_consoles(workspace, "10")
}

pub fn run_in_full(workspace: &Workspace) -> Result<(), SuiteError> {
    kill_consoles(workspace, "100")
}

fn kill_consoles(workspace: &Workspace, runs: &str) -> Result<(), SuiteError> {
    let mut plane = cluster::start(workspace, "crash")?;
    plane.run_kubelet(&kubelet::build(&progress::relay)?, NODES)?;
    let (kubernetes, kubeconfig) = plane.cluster().environment();
    let mut tests = native::integration_tests(workspace, TESTS);
    // One after the other: each looks at the whole cluster. What became of the runs is worth reading when they went well, too.
    tests.args(["--", "--nocapture", "--test-threads=1"]);
    Ok(command::run(tests.env(kubernetes, kubeconfig).env(RUNS, runs))?)
}
