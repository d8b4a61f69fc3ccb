//! The configuration, complete and checked.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use domain::identity::SessionLimits;

use super::{ConfigError, Layer, PostgresUrl, clusters};
use crate::{
    cluster::ClusterSettings,
    http::AddressFrom,
    identity::Origin,
    logging::{LogFilter, LogFormat},
    notifications::Secrets,
    outgoing::Networks,
};

/// Where the console listens unless told: on this machine only.
const LISTEN: (Ipv4Addr, u16) = (Ipv4Addr::LOCALHOST, 8080);

/// How this console runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its public address.
    pub origin: Origin,
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where metrics are served, if they are.
    pub metrics_listen: Option<SocketAddr>,
    /// How clients are told apart.
    pub address_from: AddressFrom,
    /// What it logs.
    pub log: LogFilter,
    /// How it logs.
    pub log_format: LogFormat,
    /// The folder for what it keeps on disk.
    pub data: PathBuf,
    /// Its database.
    pub database: Database,
    /// The folder of the policy repository.
    pub policy: PathBuf,
    /// The clusters, by name; at least one.
    pub clusters: Vec<ClusterSettings>,
    /// The folder of the built pages, where it is not beside the program.
    pub site: Option<PathBuf>,
    /// How long sessions last.
    pub session_limits: SessionLimits,
    /// What destinations of notifications are reached with; absent where nobody is to be reached.
    pub notification_secrets: Option<Secrets>,
    /// Networks that notifications may reach although they are not public.
    pub private_networks: Networks,
}

/// Where entries, requests and sessions are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// In one file in the data folder.
    Embedded,
    /// In Postgres.
    Postgres(PostgresUrl),
}

impl Settings {
    pub(super) fn resolve(mut layer: Layer) -> Result<Self, ConfigError> {
        let clusters = clusters::resolve(&mut layer)?;
        let missing = |what, flag| ConfigError::Missing { what, flag };
        Ok(Self {
            session_limits: session_limits(&layer)?,
            origin: layer.origin.ok_or(missing("the public address", "origin"))?,
            listen: layer.listen.unwrap_or_else(|| LISTEN.into()),
            metrics_listen: layer.metrics_listen,
            address_from: layer.client_address.map(|how| how.0).unwrap_or_default(),
            log: layer.log.map_or_else(LogFilter::usual, |filter| filter.0),
            log_format: layer.log_format.map(|format| format.0).unwrap_or_default(),
            data: layer.data.unwrap_or_else(|| "data".into()),
            database: layer.database.map_or(Database::Embedded, Database::Postgres),
            policy: layer.policy.ok_or(missing("the policy repository", "policy"))?,
            clusters,
            site: layer.site,
            notification_secrets: layer
                .notification_secrets
                .as_deref()
                .map(Secrets::read)
                .transpose()?,
            private_networks: layer.private_networks.unwrap_or_default(),
        })
    }
}

fn session_limits(layer: &Layer) -> Result<SessionLimits, ConfigError> {
    let usual = SessionLimits::default();
    let limits = SessionLimits {
        idle: layer.session_idle.map_or(usual.idle, |span| span.0),
        absolute: layer.session_absolute.map_or(usual.absolute, |span| span.0),
    };
    if limits.idle > limits.absolute {
        return Err(ConfigError::SessionLimits);
    }
    Ok(limits)
}
