//! Runs other programs under the person's eyes: their output goes straight to the terminal.
//!
//! It never goes through a shell, so nothing needs quoting, and it never captures: `harness::tool` does.

use std::io;
use std::process::{Command, ExitStatus};

use harness::tool::line_of;

/// A program that did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The program is not installed, or may not be started.
    #[error("cannot start `{line}`")]
    Start {
        /// The command line.
        line: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The program ran and reported failure; its own output says why.
    #[error("`{line}` failed ({status})")]
    Failed {
        /// The command line.
        line: String,
        /// How it ended.
        status: ExitStatus,
    },
}

/// Runs a program, its output going straight to the terminal.
pub fn run(command: &mut Command) -> Result<(), CommandError> {
    let status = command
        .status()
        .map_err(|source| CommandError::Start { line: line_of(command), source })?;
    if status.success() {
        return Ok(());
    }
    Err(CommandError::Failed { line: line_of(command), status })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_shows_its_command_line() {
        let error = run(Command::new("false").arg("--flag")).unwrap_err();
        assert!(error.to_string().starts_with("`false --flag` failed"));
    }

    #[test]
    fn an_absent_program_is_named() {
        let error = run(&mut Command::new("sekisho-no-such-program")).unwrap_err();
        assert_eq!(error.to_string(), "cannot start `sekisho-no-such-program`");
    }
}
