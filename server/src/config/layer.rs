//! What one source of the configuration says; what it does not say is left to the next.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf};

use clap::Args;
use domain::names::ClusterName;
use serde::Deserialize;

use super::{
    clusters::ClusterEntry,
    values::{ClientAddress, ExecPluginsRule, LogFilterText, LogFormatName, PostgresUrl, Span},
};
use crate::{identity::Origin, outgoing::Networks};

/// What one source says. The same names everywhere: `--metrics-listen`, `SEKISHO_METRICS_LISTEN`, `metrics_listen`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// The console's public address, such as <https://sekisho.example>
    #[arg(long, value_name = "URL")]
    pub origin: Option<Origin>,
    /// The address to listen on
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// The address for metrics, apart from everything else; none are served without it
    #[arg(long, value_name = "ADDR")]
    pub metrics_listen: Option<SocketAddr>,
    /// How clients are told apart: peer, or proxy behind one that writes X-Forwarded-For
    #[arg(long, value_name = "HOW")]
    pub client_address: Option<ClientAddress>,
    /// What is logged on the error output, such as `warn` or `info,sekisho::cluster=debug`
    #[arg(long, value_name = "FILTER")]
    pub log: Option<LogFilterText>,
    /// How log lines are written: text or json
    #[arg(long, value_name = "FORMAT")]
    pub log_format: Option<LogFormatName>,
    /// The folder for what the console keeps on disk
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// A Postgres database, instead of the embedded one
    #[arg(long, value_name = "URL")]
    pub database: Option<PostgresUrl>,
    /// The policy repository
    #[arg(long, value_name = "DIR")]
    pub policy: Option<PathBuf>,
    /// The folder of the built pages
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// How long a session may go unused, such as 30m
    #[arg(long, value_name = "TIME")]
    pub session_idle: Option<Span>,
    /// How long a session may last altogether, such as 12h
    #[arg(long, value_name = "TIME")]
    pub session_absolute: Option<Span>,
    /// Whether a kubeconfig may make the console run programs: refused or allowed
    #[arg(long, value_name = "WHETHER")]
    pub exec_plugins: Option<ExecPluginsRule>,
    /// The file of what destinations of notifications are reached with; only its owner and group may read it
    #[arg(long, value_name = "FILE")]
    pub notification_secrets: Option<PathBuf>,
    /// Networks that notifications may reach although they are not public, such as `10.20.0.0/16`
    #[arg(long, value_name = "NETWORKS")]
    pub private_networks: Option<Networks>,
    /// What the one cluster is called; without a kubeconfig, the cluster the console runs in
    #[arg(long, value_name = "NAME")]
    pub cluster: Option<ClusterName>,
    /// The kubeconfig of the one cluster
    #[arg(long, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,
    /// The context in that kubeconfig
    #[arg(long, value_name = "NAME")]
    pub context: Option<String>,
    /// Several clusters, by name; in the file only
    #[arg(skip)]
    pub clusters: Option<BTreeMap<ClusterName, ClusterEntry>>,
}

impl Layer {
    /// What can be said in a variable, by its name without `SEKISHO_` and in lower case.
    pub(super) const VARIABLES: [&'static str; 18] = [
        "origin",
        "listen",
        "metrics_listen",
        "client_address",
        "log",
        "log_format",
        "data",
        "database",
        "policy",
        "site",
        "session_idle",
        "session_absolute",
        "exec_plugins",
        "notification_secrets",
        "private_networks",
        "cluster",
        "kubeconfig",
        "context",
    ];

    /// This, and what the next source says where this says nothing.
    #[must_use]
    pub fn or(self, next: Self) -> Self {
        // A cluster and how it is reached belong together: they come from one source.
        let names_cluster = self.cluster.is_some() || self.kubeconfig.is_some();
        let (cluster, kubeconfig, context) = if names_cluster || self.context.is_some() {
            (self.cluster, self.kubeconfig, self.context)
        } else {
            (next.cluster, next.kubeconfig, next.context)
        };
        Self {
            origin: self.origin.or(next.origin),
            listen: self.listen.or(next.listen),
            metrics_listen: self.metrics_listen.or(next.metrics_listen),
            client_address: self.client_address.or(next.client_address),
            log: self.log.or(next.log),
            log_format: self.log_format.or(next.log_format),
            data: self.data.or(next.data),
            database: self.database.or(next.database),
            policy: self.policy.or(next.policy),
            site: self.site.or(next.site),
            session_idle: self.session_idle.or(next.session_idle),
            session_absolute: self.session_absolute.or(next.session_absolute),
            exec_plugins: self.exec_plugins.or(next.exec_plugins),
            notification_secrets: self.notification_secrets.or(next.notification_secrets),
            private_networks: self.private_networks.or(next.private_networks),
            cluster,
            kubeconfig,
            context,
            clusters: self.clusters.or(next.clusters),
        }
    }
}
