//! Suites `deny` and `advisories`: what the dependencies are, and what is known against them.
//!
//! They are two, because the first depends on this repository alone and the second on a database that
//! changes daily and lives elsewhere (`docs/decisions/advisories.md`).

use std::process::Command;

use crate::command;
use crate::test::suite::SuiteError;
use crate::test::tool::Tool;
use crate::workspace::Workspace;

const CARGO_DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };

/// Licences, bans and sources.
pub fn deny(workspace: &Workspace) -> Result<(), SuiteError> {
    let mut check = cargo_deny(workspace)?;
    check.args(["check", "licenses", "bans", "sources"]);
    Ok(command::run(&mut check)?)
}

/// Known vulnerabilities and withdrawn crates.
pub fn advisories(workspace: &Workspace) -> Result<(), SuiteError> {
    let mut fetch = cargo_deny(workspace)?;
    fetch.args(["fetch", "db"]);
    command::run(&mut fetch).map_err(SuiteError::NoDatabase)?;

    let mut check = cargo_deny(workspace)?;
    check.args(["check", "--disable-fetch", "advisories"]);
    Ok(command::run(&mut check)?)
}

fn cargo_deny(workspace: &Workspace) -> Result<Command, SuiteError> {
    let mut command = Command::new(CARGO_DENY.ensure(workspace)?);
    command.current_dir(workspace.root()).args(["--locked", "--all-features"]);
    Ok(command)
}
