//! Looking a target up, as the person.

use domain::{
    actions::{Reads, TargetKind},
    resources::ClusterError,
};

use crate::{
    fixtures::{delete, label, report, running},
    rbac,
    stage::{Stage, user},
};

pub(crate) async fn a_missing_pod_is_not_found(stage: &Stage) {
    assert_eq!(stage.look_up("nobody").await, Err(ClusterError::NotFound));
}

pub(crate) async fn looking_takes_the_persons_own_rights(stage: &Stage) {
    stage.running_pod("api").await;
    let found = stage.look_up("api").await.unwrap();
    assert_eq!(found.object["metadata"]["name"], "api");
    assert_eq!(Some(found.target.cluster_uid), stage.cluster.uid());
    let row = stage.cluster.namespace(&stage.namespace).unwrap();
    assert_eq!(found.target.namespace_uid, row.uid);

    let pod = stage.target(TargetKind::Pod, "api");
    let stranger = stage.cluster.look_up(&user(rbac::STRANGER), &pod, Reads::Target).await;
    assert!(matches!(stranger, Err(ClusterError::Refused { .. })), "{stranger:?}");
    let unlisted = stage.cluster.look_up(&user("unlisted"), &pod, Reads::Target).await;
    assert!(matches!(unlisted, Err(ClusterError::Refused { .. })), "{unlisted:?}");
}

pub(crate) async fn a_fingerprint_outlives_status_and_not_substance(stage: &Stage) {
    stage.running_pod("api").await;
    let namespace = stage.namespace.as_str();
    let first = stage.look_up("api").await.unwrap();
    let mut crashed = running();
    crashed["containerStatuses"][0]["restartCount"] = 3.into();
    report(&stage.admin, namespace, "api", crashed).await;
    let later = stage.look_up("api").await.unwrap();
    assert_ne!(first.resource_version, later.resource_version);
    assert_eq!(first.target, later.target);

    label(&stage.admin, namespace, "api", "track", "canary").await;
    let labelled = stage.look_up("api").await.unwrap();
    assert_ne!(first.target.fingerprint, labelled.target.fingerprint);
    assert_eq!(first.target.uid, labelled.target.uid);
}

pub(crate) async fn a_namesake_has_another_uid(stage: &Stage) {
    stage.running_pod("api").await;
    let first = stage.look_up("api").await.unwrap();
    delete(&stage.admin, stage.namespace.as_str(), "api").await;
    stage.until("the end of api", || stage.pod("api").is_none().then_some(())).await;
    stage.running_pod("api").await;
    let second = stage.look_up("api").await.unwrap();
    assert_ne!(first.target.uid, second.target.uid);
    assert_eq!(first.target.namespace_uid, second.target.namespace_uid);
}
