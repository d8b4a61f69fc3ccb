//! What `cargo xtask bench` hands over where a console stands over a real cluster. Nothing is found by itself.

use std::path::PathBuf;

use harness::control_plane::Cluster;

use super::{Trouble, handed_over::path};

/// What is measured, and with what.
pub(crate) struct Given {
    /// A cluster with nothing of ours in it.
    pub(crate) cluster: Cluster,
    /// `sekisho`, optimised.
    pub(crate) program: PathBuf,
    /// The usual rules.
    pub(crate) rules: PathBuf,
    /// The kubeconfig of the console's own account.
    pub(crate) console_kubeconfig: PathBuf,
}

impl Given {
    pub(crate) fn from_environment() -> Result<Self, Trouble> {
        Ok(Self {
            cluster: Cluster::from_environment()?,
            program: path("SEKISHO_BENCH_PROGRAM")?,
            rules: path("SEKISHO_BENCH_RULES")?,
            console_kubeconfig: path("SEKISHO_BENCH_CONSOLE_KUBECONFIG")?,
        })
    }
}
