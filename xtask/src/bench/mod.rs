//! `cargo xtask bench NAME`: measures Sekisho against something real, within one run.
//!
//! It builds and starts what is measured; the measuring is done by a program of `e2e`, which prints the table and one
//! line of JSON. A goal that is missed is a figure, not a failure.
#![expect(clippy::print_stdout, reason = "the list is the result of the task")]

mod actions;
mod grants;
mod skeleton;

use std::path::PathBuf;

use harness::{control_plane, kubelet};

use crate::cluster::StartError;
use crate::command::{self, CommandError};
use crate::front::FrontError;
use crate::native;
use crate::progress::step;
use crate::workspace::Workspace;

/// One thing that can be measured.
#[derive(Debug)]
struct Bench {
    /// What a person types.
    name: &'static str,
    /// What its figures say.
    measures: &'static str,
    /// Sets up what it needs, compiled with this cargo profile, and measures.
    run: fn(&Workspace, &str) -> Result<(), BenchError>,
}

const ALL: &[Bench] = &[
    Bench {
        name: "skeleton",
        measures: "the page of a tenant, load, memory and bundle, over a real API server with 4,000 pods",
        run: skeleton::run,
    },
    Bench {
        name: "actions",
        measures: "an approved restart, a preview and the inbox, over a real API server",
        run: actions::run,
    },
    Bench {
        name: "grants",
        measures: "from the end of a role to the first refusal, over a real API server",
        run: grants::run,
    },
];

/// Nothing was measured.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// There is no such measurement.
    #[error("there is no bench `{name}`; there is: {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What could have been.
        known: String,
    },
    /// The browser's half could not be built.
    #[error(transparent)]
    Front(#[from] FrontError),
    /// A program failed; its output says why.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// The Kubernetes control plane could not be started.
    #[error(transparent)]
    Start(#[from] StartError),
    /// A kubeconfig for the control plane could not be made.
    #[error(transparent)]
    Kubeconfig(#[from] control_plane::ClusterError),
    /// The fake kubelet could not be built.
    #[error(transparent)]
    Kubelet(#[from] kubelet::Error),
    /// The fake kubelet could not be started.
    #[error(transparent)]
    Nodes(#[from] control_plane::Error),
}

/// Prints what can be measured.
pub fn list() {
    for bench in ALL {
        println!("{:<14}{}", bench.name, bench.measures);
    }
}

/// Measures what is named, compiled with this cargo profile.
pub fn run(workspace: &Workspace, name: &str, profile: &str) -> Result<(), BenchError> {
    (find(name)?.run)(workspace, profile)
}

/// The console and the program that measures it, optimised: the folder that holds them.
fn compile(workspace: &Workspace, program: &str, profile: &str) -> Result<PathBuf, BenchError> {
    step(&format!("compile the server ({profile})"), || {
        let mut build = native::product(workspace, "build");
        command::run(build.args(["--profile", profile, "--bin", "sekisho", "--bin", program]))
    })?;
    // The dev profile is the one whose folder has another name.
    Ok(workspace.target().join(if profile == "dev" { "debug" } else { profile }))
}

fn find(name: &str) -> Result<&'static Bench, BenchError> {
    ALL.iter().find(|bench| bench.name == name).ok_or_else(|| BenchError::Unknown {
        name: name.to_owned(),
        known: ALL.iter().map(|bench| bench.name).collect::<Vec<_>>().join(", "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_answered_with_those_there_are() {
        assert_eq!(
            find("marathon").unwrap_err().to_string(),
            "there is no bench `marathon`; there is: skeleton, actions, grants"
        );
    }
}
