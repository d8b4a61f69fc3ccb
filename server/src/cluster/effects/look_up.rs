//! Reading a target as it is now, past every cache, as the person.

use domain::{
    actions::{Reads, Snapshot, Target, TargetRef},
    names::ClusterUser,
    resources::{Cluster, ClusterError},
};
use k8s_openapi::api::core::v1::Namespace;
use serde_json::Value;

use super::{fingerprint::fingerprint, revisions::revisions, status::status};
use crate::cluster::{kubernetes::KubernetesCluster, person::Person};

/// Reads the target and its namespace as the person alone.
pub(super) async fn look_up(
    cluster: &KubernetesCluster,
    user: &ClusterUser,
    target: &TargetRef,
    reads: Reads,
) -> Result<Snapshot, ClusterError> {
    if target.cluster != cluster.name || !target.is_reachable() {
        return Err(ClusterError::NotFound);
    }
    let person = Person::looking(&cluster.client, user)?;
    let place = cluster.places.of(&cluster.client, target.kind).await?;
    let namespace = format!("/api/v1/namespaces/{}", target.namespace);
    let path = place.object(&target.namespace, &target.name);
    let read = tokio::try_join!(person.get::<Namespace>(&namespace), person.get::<Value>(&path));
    if read == Err(ClusterError::NotFound) {
        cluster.places.forget(target.kind);
    }
    let (namespace, object) = read?;
    let revisions = match reads {
        Reads::Target | Reads::Pods => Vec::new(),
        Reads::Revisions => revisions(&person, target, &object).await?,
    };
    let pinned = pinned(cluster, target, namespace, &object)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(Snapshot {
        target: pinned,
        resource_version: text(&object["metadata"]["resourceVersion"]),
        status: status(target.kind, &object),
        ending: !object["metadata"]["deletionTimestamp"].is_null(),
        object,
        revisions,
        pods: Vec::new(),
    })
}

fn pinned(
    cluster: &KubernetesCluster,
    target: &TargetRef,
    namespace: Namespace,
    object: &Value,
) -> Result<Target, ClusterError> {
    let cluster_uid = cluster.uid().ok_or_else(|| ClusterError::Unreachable {
        message: "the cluster's own UID is not known yet".to_owned(),
    })?;
    let uid = object["metadata"]["uid"].as_str().ok_or_else(|| unexpected(&"it has no UID"))?;
    Ok(Target {
        cluster: target.cluster.clone(),
        cluster_uid,
        namespace: target.namespace.clone(),
        namespace_uid: namespace.metadata.uid.unwrap_or_default(),
        kind: target.kind,
        name: target.name.clone(),
        uid: uid.to_owned(),
        fingerprint: fingerprint(target.kind, object).map_err(|error| unexpected(&error))?,
    })
}

fn unexpected(error: &dyn std::fmt::Display) -> ClusterError {
    ClusterError::Unexpected { message: error.to_string() }
}
