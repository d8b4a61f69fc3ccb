//! Why a command could not do what it was asked to.

use std::{error::Error, io};

use domain::{
    Problem,
    access::Act,
    names::{GrantableRoleName, InvalidName, Login},
};

use super::demo::DemoClusterError;
use crate::{
    cluster::{ConnectError, RegistrationError},
    config::ConfigError,
    http::MetricsError,
    identity::{InvalidOrigin, NotSupported},
    notifications::{BadSecrets, MissingSecrets},
    outgoing::NoTls,
    pages::SiteError,
    policy::{InvalidPolicy, NotFetched, rbac::NotYaml},
    serve::ServeError,
    store::{InvalidDatabaseUrl, OpenError, SchemaError},
    verify::BadPins,
};

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
    /// No role of that name is listed.
    #[error("there is no role {0} in roles.toml")]
    NoRole(GrantableRoleName),
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
    /// The configuration is not whole.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database was not opened.
    #[error("{}", chain(.0))]
    Store(#[from] OpenError),
    /// The database was not made ready.
    #[error("{}", chain(.0))]
    Schema(#[from] SchemaError),
    /// An embedded database has no owner but the console.
    #[error(
        "the embedded database migrates itself when the console opens it: there is nothing to do"
    )]
    NothingToMigrate,
    /// The database is named wrongly.
    #[error(transparent)]
    DatabaseUrl(#[from] InvalidDatabaseUrl),
    /// A cluster was not registered.
    #[error("{}", chain(.0))]
    Clusters(#[from] RegistrationError),
    /// A cluster was not connected.
    #[error("{}", chain(.0))]
    Connect(#[from] ConnectError),
    /// There are no pages to serve.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// Passkeys do not work as they must.
    #[error(transparent)]
    Passkeys(#[from] NotSupported),
    /// The public address is none.
    #[error(transparent)]
    Origin(#[from] InvalidOrigin),
    /// The console could not be served.
    #[error("{}", chain(.0))]
    Serve(#[from] ServeError),
    /// Metrics could not be served.
    #[error(transparent)]
    Metrics(#[from] MetricsError),
    /// The secrets of destinations were not taken.
    #[error("{}", chain(.0))]
    Secrets(#[from] BadSecrets),
    /// The policy names destinations that the secrets do not lead to.
    #[error(transparent)]
    MissingSecrets(#[from] MissingSecrets),
    /// Notifications cannot be sent safely.
    #[error("{}", chain(.0))]
    NoTls(#[from] NoTls),
    /// A calendar was to be fetched, and was not.
    #[error("rotation {rotation}: its calendar was not fetched: {}", chain(source))]
    Calendar {
        /// Whose.
        rotation: String,
        /// Why.
        source: NotFetched,
    },
    /// The console refused.
    #[error("{0}")]
    Problem(#[from] Problem),
    /// The demo cluster did not start as it should.
    #[error("{}", chain(.0))]
    Demo(#[from] DemoClusterError),
    /// The pins cannot be read.
    #[error(transparent)]
    Pins(#[from] BadPins),
}

/// An error with all that is behind it, in one line.
fn chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(behind) = cause {
        line.push_str(": ");
        line.push_str(&behind.to_string());
        cause = behind.source();
    }
    line
}
