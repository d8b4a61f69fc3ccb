//! Suite `unit`: each package's own tests, unit, integration and documentation, without any service around them.

use crate::command;
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;

/// The packages whose tests need nothing but themselves.
const PACKAGES: &[&str] = &["domain", "app", "sekisho", "demo-cluster", "xtask"];

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    let mut tests = workspace.cargo();
    tests.args(["test", "--no-fail-fast", "--features", "app/ssr"]);
    for package in PACKAGES {
        tests.args(["--package", package]);
    }
    Ok(command::run(&mut tests)?)
}
