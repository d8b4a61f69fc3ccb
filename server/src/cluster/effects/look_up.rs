//! Reading a target as it is now, past every cache, as the person.

use std::sync::Arc;

use domain::{
    actions::{Snapshot, Target, TargetKind, TargetRef},
    names::ClusterUser,
    resources::{Cluster, ClusterError, PodRow},
};
use k8s_openapi::api::core::v1::{Namespace, Pod};
use serde_json::Value;

use super::fingerprint::fingerprint;
use crate::cluster::{kubernetes::KubernetesCluster, person::Person, projection::pod_row};

/// Reads the target and its namespace as the person alone.
pub(super) async fn look_up(
    cluster: &KubernetesCluster,
    user: &ClusterUser,
    target: &TargetRef,
) -> Result<Snapshot, ClusterError> {
    if target.cluster != cluster.name {
        return Err(ClusterError::NotFound);
    }
    let TargetKind::Pod = target.kind;
    let person = Person::looking(&cluster.client, user)?;
    let namespace = format!("/api/v1/namespaces/{}", target.namespace);
    let pod = format!("{namespace}/pods/{}", target.name);
    let (namespace, object) =
        tokio::try_join!(person.get::<Namespace>(&namespace), person.get::<Value>(&pod))?;
    let cluster_uid = cluster.uid().ok_or_else(|| ClusterError::Unreachable {
        message: "the cluster's own UID is not known yet".to_owned(),
    })?;
    let fingerprint = fingerprint(&object).map_err(|error| unexpected(&error))?;
    let pod: Pod = serde_json::from_value(object).map_err(|error| unexpected(&error))?;
    let resource_version = pod.metadata.resource_version.clone();
    let row = pod_row(pod).ok_or_else(|| unexpected(&"the pod has no name or UID"))?;
    let target = Target {
        cluster: target.cluster.clone(),
        cluster_uid,
        namespace: target.namespace.clone(),
        namespace_uid: namespace.metadata.uid.unwrap_or_default(),
        kind: target.kind,
        name: target.name.clone(),
        uid: row.uid.clone(),
        fingerprint,
    };
    Ok(snapshot(target, resource_version.unwrap_or_default(), row))
}

fn snapshot(target: Target, resource_version: String, row: PodRow) -> Snapshot {
    Snapshot { target, resource_version, pod: Arc::new(row) }
}

fn unexpected(error: &dyn std::fmt::Display) -> ClusterError {
    ClusterError::Unexpected { message: error.to_string() }
}
