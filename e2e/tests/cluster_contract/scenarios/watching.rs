//! What the watches show.

use std::sync::Arc;

use domain::resources::{EventKind, WatchState, WorkloadKind};
use k8s_openapi::api::core::v1::Namespace;
use kube::{Api, api::DeleteParams};
use serde_json::json;

use crate::{
    fixtures::{budget, delete, label},
    rbac,
    stage::{Stage, connect, seen},
};

pub(crate) async fn pods_come_change_and_go(stage: &Stage) {
    let row = stage.running_pod("api").await;
    assert_eq!((row.status.as_str(), row.ready, row.containers_total), ("Running", 1, 1));
    label(&stage.admin, stage.namespace.as_str(), "api", "track", "canary").await;
    let labelled = stage.until("the label", || {
        stage
            .pod("api")
            .filter(|pod| pod.labels.get("track").is_some_and(|track| track == "canary"))
    });
    assert_eq!(labelled.await.uid, row.uid);
    delete(&stage.admin, stage.namespace.as_str(), "api").await;
    stage.until("the end of api", || stage.pod("api").is_none().then_some(())).await;
}

pub(crate) async fn a_deleted_namespace_goes_with_all_it_holds(stage: &Stage) {
    stage.running_pod("api").await;
    let namespaces: Api<Namespace> = Api::all(stage.admin.clone());
    namespaces.delete(stage.namespace.as_str(), &DeleteParams::default()).await.unwrap();
    let gone = || {
        let empty = stage.cluster.pods(&stage.namespace).is_empty();
        (empty && stage.cluster.namespace(&stage.namespace).is_none()).then_some(())
    };
    stage.until("the end of the namespace", gone).await;
}

pub(crate) async fn workloads_budgets_and_events_are_seen(stage: &Stage) {
    let template = json!({"metadata": {"labels": {"app": "web"}}, "spec": {"automountServiceAccountToken": false,
        "containers": [{"name": "main", "image": "registry.kawase.example/web:2"}]}});
    stage.create(json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
        "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}}, "template": template}})).await;
    let workload = |kind, name: &str| {
        let workloads = stage.cluster.workloads(&stage.namespace);
        workloads
            .into_iter()
            .find(|w| w.kind == kind && (name.is_empty() || w.name.as_str() == name))
    };
    let deployment =
        stage.until("the deployment", || workload(WorkloadKind::Deployment, "web")).await;
    assert_eq!(
        (deployment.desired, deployment.images.as_slice()),
        (2, ["registry.kawase.example/web:2".to_owned()].as_slice())
    );
    let set = stage.until("its replica set", || workload(WorkloadKind::ReplicaSet, "")).await;
    assert_eq!(set.owner.as_ref().map(|owner| &owner.uid), Some(&deployment.uid));

    let api = stage.running_pod("api").await;
    stage.create_budget(|version| budget("api", "api", 1, version)).await;
    let headroom = stage.until("the budget's verdict", || {
        let budgets = stage.cluster.budgets(&stage.namespace);
        budgets.into_iter().find(|budget| budget.healthy == 1)
    });
    let found = headroom.await;
    assert_eq!((found.allowed, found.demanded), (0, 1));
    assert!(found.covers(&api.labels) && !found.covers(&set_labels()));

    stage.create(json!({"apiVersion": "v1", "kind": "Event", "metadata": {"name": "api.1"}, "type": "Warning",
        "reason": "BackOff", "message": "restarting failed container", "count": 3, "lastTimestamp": "2026-01-01T00:00:00Z",
        "involvedObject": {"kind": "Pod", "namespace": stage.namespace.as_str(), "name": "api", "uid": api.uid}})).await;
    let event = stage.until("the event", || {
        let events = stage.cluster.events(&stage.namespace, &api.uid);
        events.into_iter().find(|event| event.reason == "BackOff")
    });
    assert_eq!(
        (event.await.kind, stage.cluster.freshness().watch),
        (EventKind::Warning, WatchState::Live)
    );
}

fn set_labels() -> std::collections::BTreeMap<String, String> {
    [("app".to_owned(), "web".to_owned())].into()
}

pub(crate) async fn a_kind_that_is_refused_breaks_no_other(stage: &Stage) {
    stage.running_pod("api").await;
    let half_blind = connect(stage.ground.as_ref(), rbac::HALF_BLIND, &stage.clock).await;
    let cluster = Arc::clone(&half_blind);
    let found = seen(half_blind.as_ref(), "the pod", || {
        cluster.pods(&stage.namespace).into_iter().find(|pod| pod.name.as_str() == "api")
    });
    assert_eq!(found.await.status, "Running");
    let is_stale = || (cluster.freshness().watch == WatchState::Stale).then_some(());
    seen(half_blind.as_ref(), "a stale watch", is_stale).await;
}
