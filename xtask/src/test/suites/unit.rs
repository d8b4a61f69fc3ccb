//! Suite `unit`: each package's own tests, unit, integration and documentation, without any service around them.

use crate::command;
use crate::native;
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;

/// The packages whose integration tests need nothing but themselves.
const PACKAGES: &[&str] = &["domain", "app", "sekisho", "demo-cluster"];

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    let mut code =
        native::integration_tests(workspace, &native::tests_of(workspace.packages(), PACKAGES));
    code.args(["--lib", "--bins"]);
    let mut documentation = native::product(workspace, "test");
    documentation.args(["--no-fail-fast", "--doc"]);
    let mut tasks = workspace.cargo();
    tasks.args(["test", "--no-fail-fast", "--package", "xtask"]);

    // All three run whatever the others said, so that one run shows everything.
    let outcomes = [&mut code, &mut documentation, &mut tasks].map(command::run);
    Ok(outcomes.into_iter().collect::<Result<(), _>>()?)
}
