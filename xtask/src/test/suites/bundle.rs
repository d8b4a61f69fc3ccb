//! Suite `bundle`: the browser's half, built as people get it, within its byte budget.

use crate::front::{self, Flavour};
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    front::build(workspace, Flavour::Release)?;
    Ok(())
}
