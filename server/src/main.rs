//! The `sekisho` command.

use std::{io, process::ExitCode};

use clap::Parser;
use sekisho::cli::{Cli, Outputs};

fn main() -> ExitCode {
    Cli::parse()
        .run(&mut Outputs { out: &mut io::stdout().lock(), notes: &mut io::stderr().lock() })
}
