//! Suite `tidy`: the house rules.

use crate::test::suite::SuiteError;
use crate::tidy;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    Ok(tidy::check(workspace)?)
}
