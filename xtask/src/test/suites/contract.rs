//! Suite `contract`: what the domain asks of its ports, held against every adapter. The store runs on SQLite and on a
//! Postgres that is started for this run.

use harness::postgres::{self, Postgres};

use crate::command;
use crate::progress;
use crate::test::native;
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;

/// The end-to-end tests that it runs.
pub const TESTS: &[&str] = &["store_contract"];

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    postgres::prepare(&progress::relay)?;
    let server = Postgres::start()?;
    let (variable, value) = server.databases().environment();
    let mut tests = native::integration_tests(workspace, TESTS);
    Ok(command::run(tests.env(variable, value))?)
}
