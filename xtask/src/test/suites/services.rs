//! Suite `services`: the real services that other suites stand on, checked by themselves so that their faults are not
//! taken for the product's.

use harness::cache::Cache;
use harness::{control_plane, postgres};

use crate::command;
use crate::native;
use crate::progress;
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    postgres::prepare(&progress::relay)?;
    control_plane::prepare(&Cache::open()?, &progress::relay)?;
    let tests = native::tests_of(workspace.packages(), &["harness", "fake-kubelet"]);
    Ok(command::run(&mut native::integration_tests(workspace, &tests))?)
}
