//! Why a command could not do what it was asked to.

use std::io;

use domain::{
    access::Act,
    names::{InvalidName, Login},
};

use crate::policy::{InvalidPolicy, rbac::NotYaml};

/// Why a command could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The policy folder is not valid.
    #[error("the policy folder is not valid:\n{0}")]
    Policy(#[from] InvalidPolicy),
    /// Something could not be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// An answer could not be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// Manifests could not be written.
    #[error(transparent)]
    Yaml(#[from] NotYaml),
    /// Several clusters are named in the folder, or none.
    #[error("name the cluster with --cluster: people.toml lists users in {}", .0.join(", "))]
    WhichCluster(Vec<String>),
    /// Nobody of that login is listed.
    #[error("there is no {0} in people.toml")]
    Nobody(Login),
    /// An act misses what it is about.
    #[error("{verb} needs {needs}")]
    Incomplete {
        /// The act.
        verb: &'static str,
        /// What it needs.
        needs: &'static str,
    },
    /// An act has more than it is about.
    #[error("{0} is not about a tenant")]
    NoTenant(Act),
    /// A line of the list of namespaces is none.
    #[error(transparent)]
    Name(#[from] InvalidName),
}
