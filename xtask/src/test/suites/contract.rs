//! Suite `contract`: what the domain asks of its ports, held against every adapter: the store on SQLite and on Postgres,
//! the cluster on the demo's and on a real API server, whose one node is a fake kubelet's. The services are started for
//! this run.

use harness::kubelet as fake_kubelet;
use harness::postgres::{self, Postgres};

use super::kubelet;
use crate::command;
use crate::progress;
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;
use crate::{cluster, native};

/// The end-to-end tests that it runs.
pub const TESTS: &[&str] = &["store_contract", "cluster_contract"];

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    postgres::prepare(&progress::relay)?;
    let postgres = Postgres::start()?;
    let mut plane = cluster::start(workspace, "contract")?;
    plane.run_kubelet(&fake_kubelet::build(&progress::relay)?, 1)?;
    let (database, url) = postgres.databases().environment();
    let (kubernetes, kubeconfig) = plane.cluster().environment();

    let mut tests = native::integration_tests(workspace, TESTS);
    // These are the suite `kubelet`.
    tests.args(["--", "--skip", kubelet::SCENARIOS]);
    Ok(command::run(tests.env(database, url).env(kubernetes, kubeconfig))?)
}
