//! Bench `skeleton`: the console as people get it, over a real control plane that the measuring program fills.

use std::process::Command;

use super::BenchError;
use crate::front::{self, Flavour};
use crate::progress::step;
use crate::workspace::Workspace;
use crate::{cluster, command};

/// The program that measures.
const PROGRAM: &str = "bench-skeleton";

pub fn run(workspace: &Workspace, profile: &str) -> Result<(), BenchError> {
    let site = front::build(workspace, Flavour::Release)?;
    let built = super::compile(workspace, PROGRAM, profile)?;
    let plane = cluster::start(workspace, "bench")?;
    let (admin, kubeconfig) = plane.cluster().environment();

    let mut program = Command::new(built.join(PROGRAM));
    program
        .env(admin, kubeconfig)
        .env("SEKISHO_BENCH_CONSOLE_KUBECONFIG", cluster::console_kubeconfig(plane.cluster())?)
        .env("SEKISHO_BENCH_PROGRAM", built.join("sekisho"))
        .env("SEKISHO_BENCH_POLICY", workspace.root().join("server/policy/demo"))
        .env("SEKISHO_BENCH_BUNDLE_BYTES", front::weight(&site)?.to_string())
        .env("SEKISHO_BENCH_SITE", site);
    Ok(step("measure", || command::run(&mut program))?)
}
