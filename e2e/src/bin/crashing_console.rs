//! The console of `sekisho serve`, from the same configuration, that dies at a named point.

use std::{
    io::{stderr, stdout},
    process::ExitCode,
};

use clap::Parser;
use e2e::crash::{Chance, CrashPoint, Trigger, crashing};
use sekisho::cli::{Failure, Outputs, Serve};

/// Serve the console until a named point is reached
#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    serve: Serve,
    /// Where to die; without it, it serves like any other
    #[arg(long, value_name = "POINT")]
    crash_at: Option<CrashPoint>,
    /// What chance makes of a race
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Failure> {
    let Arguments { serve, crash_at, seed } = Arguments::parse();
    let trigger = Trigger::new(crash_at, Chance::new(seed));
    let outputs = &mut Outputs { out: &mut stdout(), notes: &mut stderr() };
    serve.run_over(outputs, |ports| crashing(ports, trigger)).await?;
    Ok(ExitCode::SUCCESS)
}
