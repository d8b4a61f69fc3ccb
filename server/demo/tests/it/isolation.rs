//! A pod taken out of service: released by its controller, dropped by its service, and replaced.

use kube::Client;
use serde_json::{Value, json};

use crate::running::{Running, deployment, eventually, list, merge, rolled_over};

const PODS: &str = "/api/v1/namespaces/ledger/pods";
const SLICES: &str = "/apis/discovery.k8s.io/v1/namespaces/ledger/endpointslices";

async fn served() -> (Running, Client, Vec<Value>) {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(json!({
        "apiVersion": "v1", "kind": "Service", "metadata": { "name": "ledger-api", "namespace": "ledger" },
        "spec": { "selector": { "app": "ledger-api" }, "ports": [{ "port": 80 }] },
    }));
    running.apply(deployment(2, ""));
    rolled_over(&client, 2).await;
    let pods = list(&client, PODS).await;
    (running, client, pods)
}

fn path(pod: &Value) -> String {
    format!("{PODS}/{}", pod["metadata"]["name"].as_str().unwrap())
}

async fn endpoints(client: &Client) -> Vec<String> {
    let slices = list(client, SLICES).await;
    let endpoints = slices[0]["endpoints"].as_array().unwrap().clone();
    let ready = endpoints.iter().filter(|endpoint| endpoint["conditions"]["ready"] == true);
    ready.map(|endpoint| endpoint["targetRef"]["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_isolated_pod_lives_on_alone_and_is_replaced() {
    let (_running, client, pods) = served().await;
    let suspect = &pods[0];
    let labels = json!({ "app": null, "pod-template-hash": null, "sekisho.dev/isolated": "0199" });
    let (code, _) =
        merge(&client, &path(suspect), json!({ "metadata": { "labels": labels } })).await;
    assert_eq!(code, 200);
    let alone = eventually("the release", || async {
        let pods = list(&client, PODS).await;
        let pod =
            pods.into_iter().find(|pod| pod["metadata"]["uid"] == suspect["metadata"]["uid"])?;
        pod["metadata"]["ownerReferences"].is_null().then_some(pod)
    })
    .await;
    assert_eq!(alone["status"]["phase"], "Running");
    eventually("a replacement in service", || async {
        let ready = endpoints(&client).await;
        let name = suspect["metadata"]["name"].as_str().unwrap();
        (ready.len() == 2 && !ready.iter().any(|other| other == name)).then_some(())
    })
    .await;
    assert_eq!(list(&client, PODS).await.len(), 3);
    rolled_over(&client, 2).await;
}

#[tokio::test]
async fn a_matching_orphan_is_adopted_and_another_pod_goes_instead() {
    let (_running, client, pods) = served().await;
    let labels = |app: Value| json!({ "metadata": { "labels": { "app": app } } });
    merge(&client, &path(&pods[0]), labels(Value::Null)).await;
    let three = || async { (list(&client, PODS).await.len() == 3).then_some(()) };
    eventually("a replacement", three).await;
    merge(&client, &path(&pods[0]), labels(json!("ledger-api"))).await;
    eventually("two pods, all owned", || async {
        let pods = list(&client, PODS).await;
        let owned =
            pods.iter().all(|pod| pod["metadata"]["ownerReferences"][0]["kind"] == "ReplicaSet");
        (pods.len() == 2 && owned).then_some(())
    })
    .await;
}

#[tokio::test]
async fn an_isolated_daemon_keeps_its_node_and_gets_a_successor_there() {
    let running = Running::start().await;
    let client = running.admin().await;
    let mut daemon = deployment(0, "");
    daemon["kind"] = json!("DaemonSet");
    daemon["spec"].as_object_mut().unwrap().remove("replicas");
    running.apply(daemon);
    let all_ready = || async {
        let pods = list(&client, PODS).await;
        let ready =
            pods.iter().filter(|pod| pod["status"]["containerStatuses"][0]["ready"] == true);
        (ready.count() == 6).then_some(pods)
    };
    let suspect = eventually("six daemons", all_ready).await.remove(0);
    merge(&client, &path(&suspect), json!({ "metadata": { "labels": { "app": null } } })).await;
    eventually("a successor beside it", || async {
        let pods = list(&client, PODS).await;
        let beside = pods.iter().filter(|pod| {
            pod["spec"]["nodeName"] == suspect["spec"]["nodeName"]
                && pod["metadata"]["uid"] != suspect["metadata"]["uid"]
        });
        let alone = pods.iter().any(|pod| {
            pod["metadata"]["uid"] == suspect["metadata"]["uid"]
                && pod["metadata"]["ownerReferences"].is_null()
        });
        (beside.count() == 1 && alone && pods.len() == 7).then_some(())
    })
    .await;
}
