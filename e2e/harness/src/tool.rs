//! Runs a command-line tool to its end, and turns its failure into an error that a person
//! can act on. Never interprets a shell string.

use std::{
    io::{self, BufRead as _, BufReader},
    process::{Command, ExitStatus, Stdio},
};

use crate::progress::{Progress, Report};

/// How many of a failed tool's last lines its error repeats.
const TAIL: usize = 15;

/// A tool did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The tool could not be run at all, usually because it is not installed.
    #[error("cannot run `{command}`")]
    NotRun {
        /// The command line.
        command: String,
        /// Why not.
        source: io::Error,
    },
    /// The tool ran and failed.
    #[error("`{command}` failed ({status}):\n{tail}")]
    Failed {
        /// The command line.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// The last lines it wrote.
        tail: String,
    },
}

/// Runs `command` to its end, reporting each line it writes.
pub fn run(command: &mut Command, progress: Progress<'_>) -> Result<(), Error> {
    let not_run = |line: String| move |source| Error::NotRun { command: line, source };
    let line = line_of(command);
    let (reader, writer) = io::pipe().map_err(not_run(line.clone()))?;
    let also = writer.try_clone().map_err(not_run(line.clone()))?;
    let spawned = command.stdin(Stdio::null()).stdout(writer).stderr(also).spawn();
    // The command holds our ends of the pipe: reading would never end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = spawned.map_err(not_run(line.clone()))?;

    let mut tail = Vec::new();
    for text in BufReader::new(reader).lines().map_while(Result::ok) {
        progress(Report::Output(&text));
        if tail.len() == TAIL {
            tail.remove(0);
        }
        tail.push(text);
    }
    let status = child.wait().map_err(not_run(line.clone()))?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::Failed { command: line, status, tail: tail.join("\n") })
    }
}

/// Runs `command` to its end and returns what it wrote to its standard output.
pub fn output(command: &mut Command) -> Result<String, Error> {
    let line = line_of(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|source| Error::NotRun { command: line.clone(), source })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(Error::Failed { command: line, status: output.status, tail: last_lines(&text, TAIL) })
}

/// The last `count` lines of `text`.
pub(crate) fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// The command as a person would type it.
#[must_use]
pub fn line_of(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|part| part.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn both_streams_are_reported_line_by_line() {
        let seen = RefCell::new(Vec::new());
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two >&2"]);

        run(&mut command, &|report| {
            if let Report::Output(line) = report {
                seen.borrow_mut().push(line.to_owned());
            }
        })
        .expect("the shell ran");

        assert_eq!(seen.into_inner(), ["one", "two"]);
    }

    #[test]
    fn a_failure_repeats_the_last_lines_only() {
        let mut command = Command::new("sh");
        command.args(["-c", "seq 100; exit 3"]);

        let error = run(&mut command, &crate::progress::silent).expect_err("exit 3");

        let text = error.to_string();
        assert!(text.contains("exit status: 3"), "{text}");
        assert!(text.ends_with("\n99\n100"), "{text}");
        assert!(!text.contains("\n50\n"), "{text}");
    }

    #[test]
    fn an_absent_tool_is_named() {
        let error = output(&mut Command::new("no-such-tool-anywhere")).expect_err("absent");

        assert_eq!(error.to_string(), "cannot run `no-such-tool-anywhere`");
    }
}
