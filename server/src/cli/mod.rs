//! The `sekisho` command line: what can be asked for, and how a command ends.
//!
//! Each subcommand is a file of its own that reads its arguments, calls what does the work, and
//! writes to the output it is given. Nothing here decides.

mod calendars;
mod check;
mod console;
mod demo;
mod explain;
mod failure;
mod invite;
mod migrate;
mod rbac;
mod reap;
mod serve;
mod verify;

use std::{io::Write, process::ExitCode};

use clap::{Parser, Subcommand};

pub use failure::Failure;
pub use serve::Serve;

/// A checkpoint for production on Kubernetes: see, act under guard, prove.
#[derive(Debug, Parser)]
#[command(name = "sekisho", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Serve(Serve),
    Check(check::Check),
    Rbac(rbac::Rbac),
    Explain(explain::Explain),
    Invite(invite::Invite),
    Migrate(migrate::Migrate),
    Reap(reap::Reap),
    Verify(verify::Verify),
}

/// Where a command writes.
pub struct Outputs<'a> {
    /// What was asked for.
    pub out: &'a mut dyn Write,
    /// What a person should know besides.
    pub notes: &'a mut dyn Write,
}

/// How a command ended that did what it was asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes: valid, allowed, rendered. Exit code 0.
    Yes,
    /// No: not valid, refused. Exit code 1.
    No,
}

impl Cli {
    /// Does what was asked for. Failures end with exit code 2, as misspelt flags do.
    pub fn run(self, outputs: &mut Outputs<'_>) -> ExitCode {
        match self.command.run(outputs) {
            Ok(Answer::Yes) => ExitCode::SUCCESS,
            Ok(Answer::No) => ExitCode::from(1),
            Err(failure) => {
                // Whoever closed the error output does not want to know.
                let _ = writeln!(outputs.notes, "sekisho: {failure}");
                ExitCode::from(2)
            }
        }
    }
}

impl Command {
    fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        match self {
            Self::Demo(demo) => wait_for(demo.run(outputs)),
            Self::Serve(serve) => wait_for(serve.run(outputs)),
            Self::Invite(invite) => wait_for(invite.run(outputs)),
            Self::Migrate(migrate) => wait_for(migrate.run(outputs)),
            Self::Reap(reap) => wait_for(reap.run(outputs)),
            Self::Verify(verify) => verify.run(outputs),
            Self::Check(check) => check.run(outputs),
            Self::Rbac(rbac) => rbac.run(outputs),
            Self::Explain(explain) => explain.run(outputs),
        }
    }
}

/// Runs a command that needs a runtime.
fn wait_for<T>(command: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Runtime::new()?.block_on(command)
}

#[cfg(test)]
mod testing {
    use clap::Parser;

    use super::{Answer, Cli, Failure, Outputs};

    /// What a command answered and wrote.
    pub(super) struct Ran {
        pub(super) answer: Result<Answer, Failure>,
        pub(super) out: String,
        pub(super) notes: String,
    }

    /// Runs a command line.
    pub(super) fn run(arguments: &[&str]) -> Ran {
        let cli = Cli::try_parse_from(["sekisho"].iter().chain(arguments)).unwrap();
        let (mut out, mut notes) = (Vec::new(), Vec::new());
        let mut outputs = Outputs { out: &mut out, notes: &mut notes };
        let answer = cli.command.run(&mut outputs);
        Ran {
            answer,
            out: String::from_utf8(out).unwrap(),
            notes: String::from_utf8(notes).unwrap(),
        }
    }

    /// The demo's folder, as it lies in the repository.
    pub(super) const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/policy/demo");

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
