//! What `cargo xtask bench actions` hands over. Nothing is found by itself.

use std::path::PathBuf;

use harness::control_plane::Cluster;

use crate::bench::{Trouble, handed_over::path};

/// What is measured, and with what.
pub(super) struct Given {
    /// A cluster with nodes and nothing else.
    pub(super) cluster: Cluster,
    /// `sekisho`, optimised.
    pub(super) program: PathBuf,
    /// The usual rules.
    pub(super) rules: PathBuf,
    /// The kubeconfig of the console's own account.
    pub(super) console_kubeconfig: PathBuf,
}

impl Given {
    pub(super) fn from_environment() -> Result<Self, Trouble> {
        Ok(Self {
            cluster: Cluster::from_environment()?,
            program: path("SEKISHO_BENCH_PROGRAM")?,
            rules: path("SEKISHO_BENCH_RULES")?,
            console_kubeconfig: path("SEKISHO_BENCH_CONSOLE_KUBECONFIG")?,
        })
    }
}
