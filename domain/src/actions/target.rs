//! What an action is done to: named by a person, then pinned to one very object.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    canonical::Digest,
    names::{ClusterName, Namespace, ObjectName},
    resources::{ClusterUid, PodRow},
    tenants::TenantName,
    time::Timestamp,
};

/// The kinds of object that actions are done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TargetKind {
    /// core/v1 Pod.
    Pod,
    /// apps/v1 Deployment.
    Deployment,
    /// apps/v1 `StatefulSet`.
    StatefulSet,
    /// apps/v1 `DaemonSet`.
    DaemonSet,
    /// batch/v1 (batch/v1beta1 before 1.21) `CronJob`.
    CronJob,
    /// batch/v1 Job.
    Job,
    /// autoscaling/v1 `HorizontalPodAutoscaler`.
    HorizontalPodAutoscaler,
    /// core/v1 Node.
    Node,
}

impl TargetKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Pod,
        Self::Deployment,
        Self::StatefulSet,
        Self::DaemonSet,
        Self::CronJob,
        Self::Job,
        Self::HorizontalPodAutoscaler,
        Self::Node,
    ];

    /// As Kubernetes writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pod => "Pod",
            Self::Deployment => "Deployment",
            Self::StatefulSet => "StatefulSet",
            Self::DaemonSet => "DaemonSet",
            Self::CronJob => "CronJob",
            Self::Job => "Job",
            Self::HorizontalPodAutoscaler => "HorizontalPodAutoscaler",
            Self::Node => "Node",
        }
    }

    /// As `kubectl` takes it, and as addresses of pages write it.
    #[must_use]
    pub const fn singular(self) -> &'static str {
        match self {
            Self::Pod => "pod",
            Self::Deployment => "deployment",
            Self::StatefulSet => "statefulset",
            Self::DaemonSet => "daemonset",
            Self::CronJob => "cronjob",
            Self::Job => "job",
            Self::HorizontalPodAutoscaler => "horizontalpodautoscaler",
            Self::Node => "node",
        }
    }

    /// Whether it belongs to no namespace.
    #[must_use]
    pub const fn is_cluster_wide(self) -> bool {
        matches!(self, Self::Node)
    }
}

impl fmt::Display for TargetKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Actions are done to no such kind of object.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("actions are done to no {0:?}")]
pub struct UnknownTargetKind(pub String);

impl FromStr for TargetKind {
    type Err = UnknownTargetKind;

    fn from_str(text: &str) -> Result<Self, UnknownTargetKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text || kind.singular() == text)
            .ok_or_else(|| UnknownTargetKind(text.chars().take(80).collect()))
    }
}

/// An object as a person names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetRef {
    /// Its cluster.
    pub cluster: ClusterName,
    /// Its namespace; where it belongs to none, the platform's.
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

    /// Whether it is named where its kind is reached: what belongs to no namespace, through the platform's and through
    /// no other, or the owners of any tenant would decide about it.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        !self.kind.is_cluster_wide() || self.namespace.is_platform()
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
    /// SHA-256 over the canonical JSON of its spec, labels and owner references; of a Node's spec without its taints and
    /// whether pods may be put on it, which the cluster itself writes.
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

/// A target as it was at one moment, read from the cluster itself as the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The object, pinned.
    pub target: Target,
    /// The version that was read; evidence, no part of the target.
    pub resource_version: String,
    /// The object as the API server writes it.
    pub object: Value,
    /// Its status in a word or two, as `kubectl` prints it.
    pub status: String,
    /// Whether its deletion was asked for.
    pub ending: bool,
    /// What it was before, newest first; empty where nobody asked.
    pub revisions: Vec<Revision>,
    /// Its pods, as the watches know them; empty where nobody asked.
    pub pods: Vec<Arc<PodRow>>,
}

/// What a workload was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number, counted from 1 by the cluster.
    pub number: i64,
    /// When the cluster made it.
    pub created_at: Timestamp,
    /// The pod template it had, without what the controller added.
    pub template: Value,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_reached_through_the_platform_alone() {
        let named = |namespace: &str, kind| TargetRef {
            cluster: "demo".parse().unwrap(),
            namespace: namespace.parse().unwrap(),
            kind,
            name: "node-a-1".parse().unwrap(),
        };
        for kind in TargetKind::ALL {
            assert!(named("kube-system", kind).is_reachable(), "{kind}");
            let elsewhere = named("checkout", kind).is_reachable();
            assert_eq!(elsewhere, kind != TargetKind::Node, "{kind}");
        }
    }
}
