//! What a measurement tells the person who waits for it, on standard error.
#![expect(clippy::print_stderr, reason = "the one place that speaks to the terminal")]

use std::{fmt::Display, time::Instant};

use super::Trouble;

/// One step: what it is, then how long it took.
pub async fn step<T>(
    what: impl Display,
    work: impl Future<Output = Result<T, Trouble>>,
) -> Result<T, Trouble> {
    eprintln!("--> {what}");
    let began = Instant::now();
    let done = work.await?;
    eprintln!("    {:.1} s", began.elapsed().as_secs_f64());
    Ok(done)
}

/// One line of detail inside a step.
pub fn note(line: impl Display) {
    eprintln!("    {line}");
}
