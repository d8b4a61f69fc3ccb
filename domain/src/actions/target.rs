//! What an action is done to: named by a person, then pinned to one very object.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    canonical::Digest,
    names::{ClusterName, Namespace, ObjectName},
    resources::{ClusterUid, PodRow},
    tenants::TenantName,
};

/// The kinds of object that actions are done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TargetKind {
    /// core/v1 Pod.
    Pod,
}

impl fmt::Display for TargetKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pod => "Pod",
        })
    }
}

/// An object as a person names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetRef {
    /// Its cluster.
    pub cluster: ClusterName,
    /// Its namespace.
    pub namespace: Namespace,
    /// Its kind.
    pub kind: TargetKind,
    /// Its name.
    pub name: ObjectName,
}

impl TargetRef {
    /// The tenant it belongs to.
    #[must_use]
    pub fn tenant(&self) -> TenantName {
        TenantName { cluster: self.cluster.clone(), namespace: self.namespace.clone() }
    }
}

/// One very object: a namesake, or the same object changed in substance, is another target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its cluster, as the configuration calls it.
    pub cluster: ClusterName,
    /// Its cluster, whatever the configuration calls it.
    pub cluster_uid: ClusterUid,
    /// Its namespace.
    pub namespace: Namespace,
    /// That very namespace.
    pub namespace_uid: String,
    /// Its kind.
    pub kind: TargetKind,
    /// Its name.
    pub name: ObjectName,
    /// That very object.
    pub uid: String,
    /// SHA-256 over the canonical JSON of its spec, labels and owner references.
    pub fingerprint: Digest,
}

impl Target {
    /// The tenant it belongs to.
    #[must_use]
    pub fn tenant(&self) -> TenantName {
        TenantName { cluster: self.cluster.clone(), namespace: self.namespace.clone() }
    }

    /// How a person would name it.
    #[must_use]
    pub fn to_ref(&self) -> TargetRef {
        TargetRef {
            cluster: self.cluster.clone(),
            namespace: self.namespace.clone(),
            kind: self.kind,
            name: self.name.clone(),
        }
    }
}

/// A target as it was at one moment, read from the cluster itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The object, pinned.
    pub target: Target,
    /// The version that was read; evidence, no part of the target.
    pub resource_version: String,
    /// What the pages show of it.
    pub pod: Arc<PodRow>,
}
