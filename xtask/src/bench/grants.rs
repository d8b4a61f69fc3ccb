//! Bench `grants`: the console over a real control plane, while roles are given and end.

use std::process::Command;

use super::BenchError;
use crate::progress::step;
use crate::workspace::Workspace;
use crate::{cluster, command};

/// The program that measures.
const PROGRAM: &str = "bench-grants";

pub fn run(workspace: &Workspace, profile: &str) -> Result<(), BenchError> {
    let built = super::compile(workspace, PROGRAM, profile)?;
    let plane = cluster::start(workspace, "bench")?;
    let (admin, kubeconfig) = plane.cluster().environment();

    let mut program = Command::new(built.join(PROGRAM));
    program
        .env(admin, kubeconfig)
        .env("SEKISHO_BENCH_CONSOLE_KUBECONFIG", cluster::console_kubeconfig(plane.cluster())?)
        .env("SEKISHO_BENCH_PROGRAM", built.join("sekisho"))
        .env("SEKISHO_BENCH_RULES", workspace.root().join("server/policy/demo/console.cedar"));
    Ok(step("measure", || command::run(&mut program))?)
}
