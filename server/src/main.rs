//! The `sekisho` command.

use std::{io, process::ExitCode};

use clap::Parser;
use sekisho::cli::{Cli, Outputs};

fn main() -> ExitCode {
    // Not locked: a command may run for months, and the log is written to the same error output.
    Cli::parse().run(&mut Outputs { out: &mut io::stdout(), notes: &mut io::stderr() })
}
