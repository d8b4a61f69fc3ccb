//! `cargo xtask`: Sekisho's own commands, so that a Rust toolchain and git are all a newcomer needs.
//!
//! It drives cargo and other programs and never holds product code: the server does not know it exists.

mod bench;
mod cluster;
mod command;
mod demo;
mod front;
mod native;
mod progress;
mod test;
mod tidy;
mod workspace;

use std::error::Error;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::front::Flavour;
use crate::workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Sekisho's own commands")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the browser's half: WebAssembly, its glue and the style sheet
    Front {
        /// Small and fully compressed, held to the byte budget
        #[arg(long)]
        release: bool,
    },
    /// Build Sekisho and run `sekisho demo`, to which all further arguments go
    Demo {
        /// Arguments of `sekisho demo`, such as `--kubeconfig FILE` or `--json`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Set up and run the suites, all or those named
    Test {
        /// Suites to run; all that need no request when none is named
        suites: Vec<String>,
        /// Say which suites there are and what each proves
        #[arg(long)]
        list: bool,
        /// Run in full what is usually cut short: `crash` kills consoles in 100 runs instead of 10
        #[arg(long)]
        full: bool,
    },
    /// Measure Sekisho against something real: a table, and one line of JSON
    Bench {
        /// What to measure; without it, what can be
        name: Option<String>,
        /// The cargo profile of what is measured; only figures of `release` count
        #[arg(long, default_value = "release")]
        profile: String,
    },
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(code) => code,
        Err(error) => {
            progress::failure(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<ExitCode, Box<dyn Error>> {
    let workspace = Workspace::find()?;
    match task {
        Task::Front { release } => {
            let flavour = if release { Flavour::Release } else { Flavour::Dev };
            front::build(&workspace, flavour)?;
        }
        Task::Demo { arguments } => demo::run(&workspace, &arguments)?,
        Task::Bench { name: Some(name), profile } => bench::run(&workspace, &name, &profile)?,
        Task::Bench { name: None, .. } => bench::list(),
        Task::Test { list: true, .. } => test::list(),
        Task::Test { suites, full, .. } => {
            let length = if full { test::Length::Full } else { test::Length::Usual };
            return Ok(match test::run(&workspace, &suites, length)? {
                test::Verdict::Passed => ExitCode::SUCCESS,
                test::Verdict::Failed => ExitCode::FAILURE,
            });
        }
    }
    Ok(ExitCode::SUCCESS)
}
