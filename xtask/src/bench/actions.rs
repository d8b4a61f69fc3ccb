//! Bench `actions`: the console over a real control plane with a fake kubelet, while restarts are carried out.

use std::process::Command;

use harness::kubelet;

use super::BenchError;
use crate::progress::{self, step};
use crate::workspace::Workspace;
use crate::{cluster, command};

/// The program that measures.
const PROGRAM: &str = "bench-actions";
const NODES: u16 = 2;

pub fn run(workspace: &Workspace, profile: &str) -> Result<(), BenchError> {
    let built = super::compile(workspace, PROGRAM, profile)?;
    let mut plane = cluster::start(workspace, "bench")?;
    plane.run_kubelet(&kubelet::build(&progress::relay)?, NODES)?;
    let (admin, kubeconfig) = plane.cluster().environment();

    let mut program = Command::new(built.join(PROGRAM));
    program
        .env(admin, kubeconfig)
        .env("SEKISHO_BENCH_CONSOLE_KUBECONFIG", cluster::console_kubeconfig(plane.cluster())?)
        .env("SEKISHO_BENCH_PROGRAM", built.join("sekisho"))
        .env("SEKISHO_BENCH_RULES", workspace.root().join("server/policy/demo/console.cedar"));
    Ok(step("measure", || command::run(&mut program))?)
}
