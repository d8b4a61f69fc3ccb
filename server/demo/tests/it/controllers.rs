//! What the controllers make of workloads.

use k8s_openapi::api::{
    apps::v1::{Deployment, ReplicaSet, StatefulSet},
    batch::v1::Job,
    core::v1::{Event, Pod},
    discovery::v1::EndpointSlice,
};
use kube::{
    Api, Client, ResourceExt,
    api::{DeleteParams, ListParams, Patch, PatchParams},
};
use serde_json::{Value, json};

use crate::running::{Running, deployment, eventually};

async fn pods(client: &Client) -> Vec<Pod> {
    Api::namespaced(client.clone(), "ledger").list(&ListParams::default()).await.unwrap().items
}

fn waiting_reason(pod: &Pod) -> Option<String> {
    let status = pod.status.as_ref()?.container_statuses.as_ref()?.first()?;
    status.state.as_ref()?.waiting.as_ref()?.reason.clone()
}

async fn ready_replicas(client: &Client, wanted: i32) {
    let api: Api<Deployment> = Api::namespaced(client.clone(), "ledger");
    eventually("a ready deployment", || async {
        let status = api.get("ledger-api").await.unwrap().status?;
        let counts = (status.ready_replicas, status.updated_replicas, status.replicas);
        (counts == (Some(wanted), Some(wanted), Some(wanted))).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_deployment_comes_up_and_follows_its_size() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(3, ""));
    ready_replicas(&client, 3).await;
    running.apply(deployment(1, ""));
    ready_replicas(&client, 1).await;
    let nodes: Vec<_> =
        pods(&client).await.iter().filter_map(|pod| pod.spec.clone()?.node_name).collect();
    assert!(!nodes.is_empty());
    let events: Api<Event> = Api::namespaced(client, "ledger");
    let reasons: Vec<_> = events
        .list(&ListParams::default())
        .await
        .unwrap()
        .items
        .into_iter()
        .filter_map(|event| event.reason)
        .collect();
    for reason in ["Scheduled", "Pulled", "Started", "Killing"] {
        assert!(reasons.iter().any(|told| told == reason), "{reason} in {reasons:?}");
    }
}

#[tokio::test]
async fn a_rollout_replaces_the_replica_set_and_a_rollback_renews_the_old_one() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(2, ""));
    ready_replicas(&client, 2).await;
    let before: Vec<_> = pods(&client).await.iter().filter_map(ResourceExt::uid).collect();
    let mut next = deployment(2, "");
    next["spec"]["template"]["spec"]["containers"][0]["image"] =
        json!("registry.kawase.example/ledger/api:2");
    running.apply(next);
    eventually("only new pods", || async {
        let uids: Vec<_> = pods(&client).await.iter().filter_map(ResourceExt::uid).collect();
        (uids.len() == 2 && uids.iter().all(|uid| !before.contains(uid))).then_some(())
    })
    .await;
    running.apply(deployment(2, ""));
    let sets: Api<ReplicaSet> = Api::namespaced(client.clone(), "ledger");
    let revisions = eventually("the old set renewed", || async {
        let sets = sets.list(&ListParams::default()).await.unwrap().items;
        let revision =
            |set: &ReplicaSet| set.annotations()["deployment.kubernetes.io/revision"].clone();
        let mut revisions: Vec<_> = sets.iter().map(revision).collect();
        revisions.sort();
        revisions.contains(&"3".to_owned()).then_some(revisions)
    })
    .await;
    assert_eq!(revisions, ["2", "3"]);
}

#[tokio::test]
async fn pods_misbehave_as_their_annotation_says() {
    let expected = [("crash-loop", "CrashLoopBackOff"), ("image-pull", "ImagePullBackOff")];
    for (behaviour, reason) in expected {
        let running = Running::start().await;
        let client = running.admin().await;
        running.apply(deployment(1, behaviour));
        let pod = eventually(reason, || async {
            pods(&client)
                .await
                .into_iter()
                .find(|pod| waiting_reason(pod).as_deref() == Some(reason))
        })
        .await;
        let status = pod.status.unwrap().container_statuses.unwrap().remove(0);
        let killed =
            status.last_state.and_then(|state| state.terminated).and_then(|ended| ended.reason);
        assert_eq!(killed.as_deref(), (behaviour == "crash-loop").then_some("OOMKilled"));
        assert_eq!(status.restart_count, i32::from(behaviour == "crash-loop"));
    }
}

#[tokio::test]
async fn a_pod_without_room_stays_pending_and_says_why() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(1, "pending"));
    let events: Api<Event> = Api::namespaced(client.clone(), "ledger");
    let event = eventually("the scheduler's complaint", || async {
        let only = ListParams::default().fields("reason=FailedScheduling,involvedObject.kind=Pod");
        events.list(&only).await.unwrap().items.pop()
    })
    .await;
    assert!(event.message.unwrap().contains("Insufficient memory"));
    let pod = pods(&client).await.remove(0);
    assert_eq!(pod.status.unwrap().phase.as_deref(), Some("Pending"));
}

#[tokio::test]
async fn a_stateful_set_keeps_its_names() {
    let running = Running::start().await;
    let client = running.admin().await;
    let mut set = deployment(2, "");
    set["kind"] = json!("StatefulSet");
    set["spec"]["serviceName"] = json!("ledger-api");
    running.apply(set);
    let api: Api<Pod> = Api::namespaced(client.clone(), "ledger");
    let sets: Api<StatefulSet> = Api::namespaced(client, "ledger");
    let ready = || async {
        let status = sets.get("ledger-api").await.unwrap().status?;
        (status.ready_replicas == Some(2)).then_some(())
    };
    eventually("two members", ready).await;
    let old = api.get("ledger-api-1").await.unwrap();
    api.delete("ledger-api-1", &DeleteParams::default()).await.unwrap();
    eventually("the member again", || async {
        let pod = api.get_opt("ledger-api-1").await.unwrap()?;
        (pod.uid() != old.uid()).then_some(())
    })
    .await;
    eventually("two members again", ready).await;
}

#[tokio::test]
async fn services_follow_the_readiness_of_their_pods() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(json!({
        "apiVersion": "v1", "kind": "Service", "metadata": { "name": "ledger-api", "namespace": "ledger" },
        "spec": { "selector": { "app": "ledger-api" }, "ports": [{ "port": 80 }] },
    }));
    running.apply(deployment(2, ""));
    let api: Api<EndpointSlice> = Api::namespaced(client, "ledger");
    eventually("two ready endpoints", || async {
        let slice = api
            .list(&ListParams::default().labels("kubernetes.io/service-name=ledger-api"))
            .await
            .unwrap();
        let endpoints = slice.items.into_iter().next()?.endpoints?;
        let ready = |endpoint: &k8s_openapi::api::discovery::v1::Endpoint| {
            endpoint.conditions.as_ref().and_then(|conditions| conditions.ready) == Some(true)
        };
        (endpoints.iter().filter(|endpoint| ready(endpoint)).count() == 2).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_job_runs_once_and_what_is_owned_goes_with_its_owner() {
    let running = Running::start().await;
    let client = running.admin().await;
    let template = json!({
        "metadata": { "annotations": { "sekisho.dev/demo": "completes" } },
        "spec": {
            "restartPolicy": "Never",
            "containers": [{ "name": "run", "image": "registry.kawase.example/ledger/close:1" }],
        },
    });
    running.apply(json!({
        "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "close", "namespace": "ledger" },
        "spec": { "template": template },
    }));
    let jobs: Api<Job> = Api::namespaced(client.clone(), "ledger");
    eventually("completion", || async { jobs.get("close").await.unwrap().status?.completion_time })
        .await;
    assert_eq!(pods(&client).await.len(), 1);
    jobs.delete("close", &DeleteParams::background()).await.unwrap();
    eventually("no pods", || async { pods(&client).await.is_empty().then_some(()) }).await;
}

#[tokio::test]
async fn a_cordoned_node_gets_no_new_pods() {
    let running = Running::start().await;
    let client = running.admin().await;
    let nodes: Api<k8s_openapi::api::core::v1::Node> = Api::all(client.clone());
    let names: Vec<_> = nodes
        .list(&ListParams::default())
        .await
        .unwrap()
        .items
        .iter()
        .map(ResourceExt::name_any)
        .collect();
    let cordon: Patch<Value> = Patch::Merge(json!({ "spec": { "unschedulable": true } }));
    for name in &names[1..] {
        nodes.patch(name, &PatchParams::default(), &cordon).await.unwrap();
    }
    running.apply(deployment(3, ""));
    ready_replicas(&client, 3).await;
    for pod in pods(&client).await {
        assert_eq!(pod.spec.unwrap().node_name.as_deref(), Some(names[0].as_str()));
    }
}
