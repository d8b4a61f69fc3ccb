//! Which clusters there are and how to reach them, as the configuration says.

use std::{fmt, path::PathBuf};

use domain::names::ClusterName;

/// One cluster of the configuration.
#[derive(Clone, Debug)]
pub struct ClusterSettings {
    /// What the console calls it.
    pub name: ClusterName,
    /// How it is reached.
    pub source: ClusterSource,
    /// Whether its kubeconfig may name a program to run for credentials.
    pub exec_plugins: ExecPlugins,
}

/// How a cluster is reached.
#[derive(Clone, Debug)]
pub enum ClusterSource {
    /// By a kubeconfig file.
    Kubeconfig {
        /// The file.
        path: PathBuf,
        /// The context in it; its current context when absent.
        context: Option<String>,
    },
    /// By the service account of the pod that the console runs in.
    InCluster,
    /// By address and bearer token.
    Address {
        /// The API server, `http://127.0.0.1:6443` for one.
        url: String,
        /// The token of the console's account.
        token: BearerToken,
    },
}

/// Whether a kubeconfig may make the console run a program (client-go credential plugins).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExecPlugins {
    /// It may not.
    #[default]
    Refused,
    /// A flag allows it.
    Allowed,
}

/// A bearer token; shown nowhere.
#[derive(Clone)]
pub struct BearerToken(String);

impl BearerToken {
    /// Takes a token.
    #[must_use]
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    pub(super) fn reveal(self) -> String {
        self.0
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken(…)")
    }
}
