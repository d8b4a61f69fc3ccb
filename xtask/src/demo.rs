//! `cargo xtask demo`: from a clean clone to the demo in a browser, with one command.
//!
//! It builds and then *becomes* `sekisho demo`, so that signals, output and exit code are the server's own.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use harness::tool::line_of;

use crate::command::{self, CommandError};
use crate::front::{self, Flavour, FrontError};
use crate::progress::{note, step};
use crate::workspace::Workspace;

/// The demo could not be started.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The browser's half could not be built.
    #[error(transparent)]
    Front(#[from] FrontError),
    /// The server does not compile.
    #[error("the server does not compile")]
    Compile(#[from] CommandError),
    /// The built server could not be started.
    #[error("cannot start `{line}`")]
    Start {
        /// The command line.
        line: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// Builds everything and replaces this process by `sekisho demo --site … ARGUMENTS`; it returns only on failure.
pub fn run(workspace: &Workspace, arguments: &[OsString]) -> Result<(), DemoError> {
    let site = front::build(workspace, Flavour::Demo)?;
    step("compile the server", || {
        command::run(workspace.cargo().args([
            "build",
            "--package",
            "sekisho",
            "--bin",
            "sekisho",
            "--profile",
            "demo",
        ]))
    })?;

    let mut server = Command::new(workspace.target().join("demo").join("sekisho"));
    server.args(["demo", "--site"]).arg(site).args(arguments);
    let line = line_of(&server);
    note(format_args!("starting {line}"));
    Err(DemoError::Start { line, source: server.exec() })
}
