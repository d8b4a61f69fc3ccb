//! What a task tells the person at the terminal: one line when a step begins, one with its duration when it ends.
//!
//! Everything goes to standard error, so that `cargo xtask demo --json` leaves standard output to the server.
#![expect(clippy::print_stderr, reason = "the one place that speaks to the terminal")]

use std::error::Error;
use std::fmt::Display;
use std::time::{Duration, Instant};

use harness::progress::Report;

/// Runs one step of a task, saying what it is and how long it took.
pub fn step<T, E>(what: &str, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    eprintln!("==> {what}");
    let started = Instant::now();
    let outcome = work();
    let verb = if outcome.is_ok() { "…" } else { "failed after" };
    eprintln!("==> {what} {verb} {}", seconds(started.elapsed()));
    outcome
}

/// One line of detail inside a step.
pub fn note(line: impl Display) {
    eprintln!("    {line}");
}

/// What the harness reports while it prepares a service, in the form of our own steps.
pub fn relay(report: Report<'_>) {
    match report {
        Report::Step(what) => eprintln!("--> {what}"),
        Report::Output(line) => note(line),
    }
}

/// An error with everything that led to it, outermost first.
pub fn failure(error: &dyn Error) {
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(source) = cause {
        eprintln!("  because: {source}");
        cause = source.source();
    }
}

/// A duration as the steps print it: `12.3 s`.
pub fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
