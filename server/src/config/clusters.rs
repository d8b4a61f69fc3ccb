//! The clusters of the configuration: each under its name in `sekisho.toml`, or one by flags.

use std::{collections::BTreeMap, path::PathBuf};

use domain::names::ClusterName;
use serde::Deserialize;

use super::{ConfigError, Layer};

/// What a cluster is called that nobody named.
const UNNAMED: &str = "main";

/// A cluster to register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfiguredCluster {
    /// What the console calls it: in the policy repository too.
    pub name: ClusterName,
    /// How it is reached.
    pub reach: Reach,
}

/// How a cluster is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// By a kubeconfig file.
    Kubeconfig {
        /// The file.
        path: PathBuf,
        /// The context in it; its current one when absent.
        context: Option<String>,
    },
    /// As the service account of the pod that the console runs in.
    InCluster,
    /// By address and bearer token.
    Address {
        /// The API server.
        url: String,
        /// The file that holds the token of the console's account.
        token_file: PathBuf,
    },
}

/// One `[clusters.NAME]` of `sekisho.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClusterEntry {
    kubeconfig: Option<PathBuf>,
    context: Option<String>,
    #[serde(default)]
    in_cluster: bool,
    url: Option<String>,
    token_file: Option<PathBuf>,
}

impl ClusterEntry {
    fn reach(self) -> Option<Reach> {
        match self {
            Self {
                kubeconfig: Some(path),
                context,
                in_cluster: false,
                url: None,
                token_file: None,
            } => Some(Reach::Kubeconfig { path, context }),
            Self {
                kubeconfig: None,
                context: None,
                in_cluster: true,
                url: None,
                token_file: None,
            } => Some(Reach::InCluster),
            Self {
                kubeconfig: None,
                context: None,
                in_cluster: false,
                url: Some(url),
                token_file: Some(token_file),
            } => Some(Reach::Address { url, token_file }),
            _ => None,
        }
    }
}

/// The clusters to register: the one that flags or variables name, or else those of the file.
pub(super) fn resolve(layer: &mut Layer) -> Result<Vec<ConfiguredCluster>, ConfigError> {
    let (name, path, context) =
        (layer.cluster.take(), layer.kubeconfig.take(), layer.context.take());
    if path.is_none() && context.is_some() {
        return Err(ConfigError::ContextAlone);
    }
    if name.is_none() && path.is_none() {
        return listed(layer.clusters.take().unwrap_or_default());
    }
    let name = match name {
        Some(name) => name,
        None => UNNAMED.parse().expect("the name of the unnamed is a name"),
    };
    let reach = match path {
        Some(path) => Reach::Kubeconfig { path, context },
        None => Reach::InCluster,
    };
    Ok(vec![ConfiguredCluster { name, reach }])
}

fn listed(
    entries: BTreeMap<ClusterName, ClusterEntry>,
) -> Result<Vec<ConfiguredCluster>, ConfigError> {
    if entries.is_empty() {
        return Err(ConfigError::NoCluster);
    }
    entries
        .into_iter()
        .map(|(name, entry)| match entry.reach() {
            Some(reach) => Ok(ConfiguredCluster { name, reach }),
            None => Err(ConfigError::ClusterReach(name)),
        })
        .collect()
}
