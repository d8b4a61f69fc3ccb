//! What `cargo xtask bench skeleton` hands over. Nothing is found by itself.

use std::path::PathBuf;

use harness::control_plane::Cluster;

use crate::bench::{
    Trouble,
    handed_over::{path, text},
};

/// What is measured, and with what.
pub(super) struct Given {
    /// An empty cluster.
    pub(super) cluster: Cluster,
    /// `sekisho`, optimised.
    pub(super) program: PathBuf,
    /// The built pages.
    pub(super) site: PathBuf,
    /// What they weigh compressed.
    pub(super) bundle_bytes: u64,
    /// A policy folder whose rules and actions are taken.
    pub(super) rules: PathBuf,
    /// The kubeconfig of the console's own account.
    pub(super) console_kubeconfig: PathBuf,
}

impl Given {
    pub(super) fn from_environment() -> Result<Self, Trouble> {
        Ok(Self {
            cluster: Cluster::from_environment()?,
            program: path("SEKISHO_BENCH_PROGRAM")?,
            site: path("SEKISHO_BENCH_SITE")?,
            bundle_bytes: text("SEKISHO_BENCH_BUNDLE_BYTES")?.parse()?,
            rules: path("SEKISHO_BENCH_POLICY")?,
            console_kubeconfig: path("SEKISHO_BENCH_CONSOLE_KUBECONFIG")?,
        })
    }
}
