//! Suite `services`: the real services that other suites stand on, checked by themselves so that their faults are not
//! taken for the product's.

use harness::cache::Cache;
use harness::{control_plane, postgres};

use super::kubelet;
use crate::command;
use crate::native;
use crate::progress;
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    postgres::prepare(&progress::relay)?;
    control_plane::prepare(&Cache::open()?, &progress::relay)?;
    let mut tests = native::tests_of(workspace.packages(), &["harness", "fake-kubelet"]);
    // A node that runs containers is not to be had everywhere: the suite `kubelet` sees to it.
    tests.retain(|test| *test != kubelet::NODE);
    Ok(command::run(&mut native::integration_tests(workspace, &tests))?)
}
