//! What `cargo xtask bench skeleton` runs: measures, and becomes the bare server it measures against.
#![expect(clippy::print_stderr, reason = "a failure is told to whoever waits")]

use std::{env, ffi::OsString, path::Path, process::ExitCode};

use e2e::bench::{Trouble, bare, skeleton};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    match perform(&arguments).await {
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

async fn perform(arguments: &[OsString]) -> Result<(), Trouble> {
    match arguments {
        [] => skeleton::run().await,
        [verb, headers, body] if verb == bare::VERB => {
            bare::serve(Path::new(headers), Path::new(body)).await
        }
        _ => Err("this is started by `cargo xtask bench skeleton`".into()),
    }
}
