//! What `cargo xtask bench grants` runs: it measures.
#![expect(clippy::print_stderr, reason = "a failure is told to whoever waits")]

use std::process::ExitCode;

use e2e::bench::grants;

#[tokio::main]
async fn main() -> ExitCode {
    match Box::pin(grants::run()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("not measured: {trouble}");
            let mut cause = trouble.source();
            while let Some(source) = cause {
                eprintln!("  because: {source}");
                cause = source.source();
            }
            ExitCode::FAILURE
        }
    }
}
