//! How a tenant is named.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::names::{ClusterName, InvalidName, Namespace};

/// A tenant, written `cluster/namespace`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TenantName {
    /// The cluster it is in.
    pub cluster: ClusterName,
    /// Its namespace there.
    pub namespace: Namespace,
}

impl fmt::Display for TenantName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.cluster, self.namespace)
    }
}

/// The text names no tenant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTenantName {
    /// There is no slash between cluster and namespace.
    #[error("a tenant is written cluster/namespace")]
    NoSlash,
    /// One of the two parts is malformed.
    #[error(transparent)]
    Part(#[from] InvalidName),
}

impl FromStr for TenantName {
    type Err = InvalidTenantName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (cluster, namespace) = text.split_once('/').ok_or(InvalidTenantName::NoSlash)?;
        Ok(Self { cluster: cluster.parse()?, namespace: namespace.parse()? })
    }
}

impl TryFrom<String> for TenantName {
    type Error = InvalidTenantName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TenantName> for String {
    fn from(name: TenantName) -> Self {
        name.to_string()
    }
}
