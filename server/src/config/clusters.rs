//! The clusters of the configuration: each under its name in `sekisho.toml`, or one by flags.

use std::{collections::BTreeMap, fs, path::PathBuf};

use domain::names::ClusterName;
use serde::Deserialize;

use super::{ConfigError, Layer};
use crate::cluster::{BearerToken, ClusterSettings, ClusterSource};

/// What a cluster is called that nobody named.
const UNNAMED: &str = "main";

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
    fn source(self, name: &ClusterName) -> Result<ClusterSource, ConfigError> {
        match self {
            Self {
                kubeconfig: Some(path),
                context,
                in_cluster: false,
                url: None,
                token_file: None,
            } => Ok(ClusterSource::Kubeconfig { path, context }),
            Self {
                kubeconfig: None,
                context: None,
                in_cluster: true,
                url: None,
                token_file: None,
            } => Ok(ClusterSource::InCluster),
            Self {
                kubeconfig: None,
                context: None,
                in_cluster: false,
                url: Some(url),
                token_file: Some(path),
            } => token(path).map(|token| ClusterSource::Address { url, token }),
            _ => Err(ConfigError::ClusterSource(name.clone())),
        }
    }
}

fn token(path: PathBuf) -> Result<BearerToken, ConfigError> {
    match fs::read_to_string(&path) {
        Ok(text) => Ok(BearerToken::new(text.trim())),
        Err(source) => Err(ConfigError::Unreadable { path, source }),
    }
}

/// The clusters to register: the one that flags or variables name, or else those of the file.
pub(super) fn resolve(layer: &mut Layer) -> Result<Vec<ClusterSettings>, ConfigError> {
    let exec_plugins = layer.exec_plugins.map(|rule| rule.0).unwrap_or_default();
    let sources = match one(layer)? {
        Some(one) => vec![one],
        None => listed(layer.clusters.take().unwrap_or_default())?,
    };
    let settings = sources.into_iter();
    Ok(settings.map(|(name, source)| ClusterSettings { name, source, exec_plugins }).collect())
}

fn one(layer: &mut Layer) -> Result<Option<(ClusterName, ClusterSource)>, ConfigError> {
    let source = match (layer.kubeconfig.take(), layer.context.take()) {
        (Some(path), context) => ClusterSource::Kubeconfig { path, context },
        (None, Some(_)) => return Err(ConfigError::ContextAlone),
        (None, None) if layer.cluster.is_none() => return Ok(None),
        (None, None) => ClusterSource::InCluster,
    };
    let name = match layer.cluster.take() {
        Some(name) => name,
        None => UNNAMED.parse().expect("the name of the unnamed is a name"),
    };
    Ok(Some((name, source)))
}

fn listed(
    entries: BTreeMap<ClusterName, ClusterEntry>,
) -> Result<Vec<(ClusterName, ClusterSource)>, ConfigError> {
    if entries.is_empty() {
        return Err(ConfigError::NoCluster);
    }
    entries.into_iter().map(|(name, entry)| Ok((name.clone(), entry.source(&name)?))).collect()
}
