//! Why a configuration was not taken, and where to mend it.

use std::{io, path::PathBuf};

use domain::names::ClusterName;

use crate::notifications::BadSecrets;

/// Why a configuration was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A variable of the environment does not have the form demanded.
    #[error("{variable}: {reason}")]
    Variable {
        /// Its name.
        variable: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file cannot be read.
    #[error("{}: cannot be read", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file does not have the form demanded.
    #[error("{}: {reason}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong where.
        reason: String,
    },
    /// Something that has no default was given nowhere.
    #[error(
        "{what} is not given: use --{flag}, the variable SEKISHO_{}, or `{}` in sekisho.toml",
        .flag.to_uppercase().replace('-', "_"),
        .flag.replace('-', "_")
    )]
    Missing {
        /// What it is.
        what: &'static str,
        /// Its flag, from which the other names follow.
        flag: &'static str,
    },
    /// There is no cluster to register.
    #[error(
        "no cluster is given: use --kubeconfig FILE, --cluster NAME for the one the console runs in, \
         or [clusters.NAME] in sekisho.toml"
    )]
    NoCluster,
    /// A cluster is configured in several ways or in none.
    #[error(
        "cluster {0} must have exactly one of kubeconfig, in_cluster = true, and url with token_file"
    )]
    ClusterSource(ClusterName),
    /// A context without the kubeconfig that it is in.
    #[error("a context is given without a kubeconfig")]
    ContextAlone,
    /// The file of secrets was not taken.
    #[error(transparent)]
    Secrets(#[from] BadSecrets),
    /// A session may not idle longer than it may last.
    #[error("session_idle is longer than session_absolute")]
    SessionLimits,
}
