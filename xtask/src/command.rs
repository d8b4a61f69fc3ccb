//! Running other programs: each either succeeds or becomes an error that shows the command line.
//!
//! It never goes through a shell, so nothing needs quoting.

use std::ffi::OsStr;
use std::io;
use std::process::{Command, ExitStatus};

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
    let status = command.status().map_err(|source| CommandError::Start {
        line: line(command),
        source,
    })?;
    accept(command, status)
}

/// Runs a program and returns what it wrote to standard output.
pub fn output(command: &mut Command) -> Result<Vec<u8>, CommandError> {
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|source| CommandError::Start {
            line: line(command),
            source,
        })?;
    accept(command, output.status)?;
    Ok(output.stdout)
}

/// The command as a person would type it.
pub fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

fn accept(command: &Command, status: ExitStatus) -> Result<(), CommandError> {
    if status.success() {
        return Ok(());
    }
    Err(CommandError::Failed {
        line: line(command),
        status,
    })
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

    #[test]
    fn output_is_returned_whole() {
        assert_eq!(
            output(Command::new("echo").arg("関所")).unwrap(),
            "関所\n".as_bytes()
        );
    }
}
