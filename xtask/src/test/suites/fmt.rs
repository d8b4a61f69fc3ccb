//! Suite `fmt`: rustfmt has nothing to change.

use crate::command;
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    Ok(command::run(workspace.cargo().args(["fmt", "--all", "--check"]))?)
}
