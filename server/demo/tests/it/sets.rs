//! Rolling updates of stateful and daemon sets, and their revisions.

use kube::Client;
use serde_json::{Value, json};

use crate::running::{Running, deployment, eventually, get, list, merge};

const PODS: &str = "/api/v1/namespaces/ledger/pods";
const REVISIONS: &str = "/apis/apps/v1/namespaces/ledger/controllerrevisions";
const STATEFUL: &str = "/apis/apps/v1/namespaces/ledger/statefulsets/ledger-api";
const DAEMON: &str = "/apis/apps/v1/namespaces/ledger/daemonsets/ledger-api";

fn set(kind: &str, replicas: i64) -> Value {
    let mut set = deployment(replicas, "");
    set["kind"] = json!(kind);
    if kind == "StatefulSet" {
        set["spec"]["serviceName"] = json!("ledger-api");
    } else {
        set["spec"].as_object_mut().unwrap().remove("replicas");
    }
    set
}

fn restart(at: &str) -> Value {
    let annotations = json!({ "kubectl.kubernetes.io/restartedAt": at });
    json!({ "spec": { "template": { "metadata": { "annotations": annotations } } } })
}

async fn settled(client: &Client, path: &str, counts: &[(&str, i64)]) -> Value {
    eventually("a settled set", || async {
        let set = get(client, path).await.1;
        let status = &set["status"];
        let settled = status["observedGeneration"] == set["metadata"]["generation"]
            && counts.iter().all(|(field, count)| status[*field] == *count);
        settled.then_some(set)
    })
    .await
}

/// The events of a watch over pods, from a version on: verb and name.
async fn events(client: &Client, version: &str, until: usize) -> Vec<(String, String)> {
    use futures::{StreamExt as _, TryStreamExt as _};
    use kube::api::{Api, WatchEvent, WatchParams};
    let pods: Api<k8s_openapi::api::core::v1::Pod> = Api::namespaced(client.clone(), "ledger");
    let stream = pods.watch(&WatchParams::default(), version).await.unwrap().boxed();
    let told = stream.try_filter_map(|event| async move {
        let name = |pod: &k8s_openapi::api::core::v1::Pod| pod.metadata.name.clone().unwrap();
        Ok(match &event {
            WatchEvent::Added(pod) => Some(("added".to_owned(), name(pod))),
            WatchEvent::Deleted(pod) => Some(("deleted".to_owned(), name(pod))),
            _ => None,
        })
    });
    told.take(until).try_collect().await.unwrap()
}

#[tokio::test]
async fn a_stateful_set_rolls_over_from_its_highest_pod_one_at_a_time() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(set("StatefulSet", 3));
    let ready = [("readyReplicas", 3), ("updatedReplicas", 3)];
    let before = settled(&client, STATEFUL, &ready).await;
    let version = get(&client, PODS).await.1["metadata"]["resourceVersion"].clone();
    merge(&client, STATEFUL, restart("2026-11-22T09:00:00Z")).await;
    let after = eventually("the new revision everywhere", || async {
        let set = settled(&client, STATEFUL, &ready).await;
        let revisions =
            ["currentRevision", "updateRevision"].map(|field| set["status"][field].clone());
        let done =
            revisions[0] == revisions[1] && revisions[0] != before["status"]["currentRevision"];
        done.then_some(set)
    })
    .await;
    let told = events(&client, version.as_str().unwrap(), 6).await;
    let order: Vec<_> = told.iter().map(|(verb, name)| format!("{verb} {name}")).collect();
    assert_eq!(
        order,
        [
            "deleted ledger-api-2",
            "added ledger-api-2",
            "deleted ledger-api-1",
            "added ledger-api-1",
            "deleted ledger-api-0",
            "added ledger-api-0",
        ]
    );
    let revisions = list(&client, REVISIONS).await;
    let mut numbers: Vec<_> =
        revisions.iter().map(|revision| revision["revision"].clone()).collect();
    numbers.sort_by_key(Value::as_i64);
    assert_eq!(numbers, [1, 2]);
    let newest = revisions.iter().find(|revision| revision["revision"] == 2).unwrap();
    assert_eq!(newest["metadata"]["name"], after["status"]["updateRevision"]);
    assert_eq!(newest["data"]["spec"]["template"]["$patch"], "replace");
    assert_eq!(newest["metadata"]["ownerReferences"][0]["kind"], "StatefulSet");
}

#[tokio::test]
async fn a_stateful_set_is_scaled_from_its_highest_pod() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(set("StatefulSet", 3));
    settled(&client, STATEFUL, &[("readyReplicas", 3)]).await;
    let scale = format!("{STATEFUL}/scale");
    assert_eq!(merge(&client, &scale, json!({ "spec": { "replicas": 1 } })).await.0, 200);
    settled(&client, STATEFUL, &[("replicas", 1), ("readyReplicas", 1)]).await;
    assert_eq!(list(&client, PODS).await[0]["metadata"]["name"], "ledger-api-0");
}

#[tokio::test]
async fn a_stateful_set_waits_where_a_new_pod_is_not_ready_and_keeps_what_its_partition_keeps() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(set("StatefulSet", 3));
    settled(&client, STATEFUL, &[("readyReplicas", 3), ("updatedReplicas", 3)]).await;
    let mut partition = restart("2026-11-22T09:00:00Z");
    partition["spec"]["updateStrategy"] = json!({ "rollingUpdate": { "partition": 2 } });
    merge(&client, STATEFUL, partition).await;
    let held = settled(&client, STATEFUL, &[("readyReplicas", 3), ("updatedReplicas", 1)]).await;
    assert_ne!(held["status"]["currentRevision"], held["status"]["updateRevision"]);
    let old = &held["status"]["currentRevision"];
    let path = format!("{PODS}/ledger-api-0");
    let (_, gone) = crate::running::send(
        &client,
        http::Request::delete(&path),
        json!({ "gracePeriodSeconds": 0 }),
    )
    .await;
    let again = eventually("the first pod again", || async {
        let pod = get(&client, &path).await.1;
        (pod["metadata"]["uid"].is_string() && pod["metadata"]["uid"] != gone["metadata"]["uid"])
            .then_some(pod)
    })
    .await;
    assert_eq!(again["metadata"]["labels"]["controller-revision-hash"], *old);

    let mut broken =
        json!({ "metadata": { "annotations": { "sekisho.dev/demo": "never-ready" } } });
    broken = json!({ "spec": { "template": broken, "updateStrategy": { "rollingUpdate": { "partition": 0 } } } });
    settled(&client, STATEFUL, &[("readyReplicas", 3)]).await;
    merge(&client, STATEFUL, broken).await;
    let stuck = settled(
        &client,
        STATEFUL,
        &[("readyReplicas", 2), ("updatedReplicas", 1), ("replicas", 3)],
    )
    .await;
    assert_eq!(stuck["status"]["availableReplicas"], 2, "the others are left alone");
}

#[tokio::test]
async fn a_daemon_set_rolls_over_node_by_node_and_tells_the_truth() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(set("DaemonSet", 0));
    let all = [("numberReady", 6), ("updatedNumberScheduled", 6), ("desiredNumberScheduled", 6)];
    settled(&client, DAEMON, &all).await;
    let before: Vec<_> =
        list(&client, PODS).await.iter().map(|pod| pod["metadata"]["uid"].clone()).collect();
    merge(&client, DAEMON, restart("2026-11-22T09:00:00Z")).await;
    settled(&client, DAEMON, &all).await;
    let pods = list(&client, PODS).await;
    assert!(pods.iter().all(|pod| !before.contains(&pod["metadata"]["uid"])));
    assert_eq!(list(&client, REVISIONS).await.len(), 2);

    let broken = json!({ "metadata": { "annotations": { "sekisho.dev/demo": "never-ready" } } });
    merge(&client, DAEMON, json!({ "spec": { "template": broken } })).await;
    let stuck =
        settled(&client, DAEMON, &[("numberReady", 5), ("updatedNumberScheduled", 1)]).await;
    assert_eq!(stuck["status"]["numberUnavailable"], 1, "no second node is taken");
}
