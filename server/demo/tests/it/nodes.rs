//! Cordons: what they keep away, what they leave alone.

use serde_json::{Value, json};

use crate::running::{Running, deployment, eventually, get, list, merge, rolled_over};

const NODES: &str = "/api/v1/nodes";
const PODS: &str = "/api/v1/namespaces/ledger/pods";

#[tokio::test]
async fn a_cordoned_node_is_tainted_and_keeps_its_pods_and_daemons() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(6, ""));
    rolled_over(&client, 6).await;
    let before = list(&client, PODS).await.len();
    let node = format!("{NODES}/node-b-1");
    let cordon = |cordoned: Value| json!({ "spec": { "unschedulable": cordoned } });
    let path = format!("{node}?dryRun=All");
    let (code, shown) = merge(&client, &path, cordon(json!(true))).await;
    assert_eq!((code, &shown["spec"]["unschedulable"]), (200, &json!(true)));
    assert!(get(&client, &node).await.1["spec"]["unschedulable"].is_null(), "only rehearsed");
    merge(&client, &node, cordon(json!(true))).await;
    eventually("the taint", || async {
        let taint = get(&client, &node).await.1["spec"]["taints"][0].clone();
        (taint["key"] == "node.kubernetes.io/unschedulable" && taint["effect"] == "NoSchedule")
            .then_some(())
    })
    .await;
    assert_eq!(list(&client, PODS).await.len(), before, "nobody is evicted");
    let mut daemon = deployment(0, "");
    daemon["kind"] = json!("DaemonSet");
    daemon["metadata"]["name"] = json!("agent");
    daemon["spec"].as_object_mut().unwrap().remove("replicas");
    let labels = json!({ "app": "agent" });
    daemon["spec"]["selector"]["matchLabels"] = labels.clone();
    daemon["spec"]["template"]["metadata"]["labels"] = labels;
    running.apply(daemon);
    eventually("a daemon on every node", || async {
        let daemons = list(&client, &format!("{PODS}?labelSelector=app%3Dagent")).await;
        (daemons.len() == 6).then_some(())
    })
    .await;
    merge(&client, &node, cordon(Value::Null)).await;
    eventually("no taint", || async {
        get(&client, &node).await.1["spec"]["taints"].is_null().then_some(())
    })
    .await;
    let (code, _) = merge(&client, &node, cordon(json!("yes"))).await;
    assert_eq!(code, 422);
}

#[tokio::test]
async fn pods_wait_while_every_node_is_cordoned() {
    let running = Running::start().await;
    let client = running.admin().await;
    let nodes = list(&client, NODES).await;
    let path = |node: &Value| format!("{NODES}/{}", node["metadata"]["name"].as_str().unwrap());
    for node in &nodes {
        merge(&client, &path(node), json!({ "spec": { "unschedulable": true } })).await;
    }
    running.apply(deployment(1, ""));
    let why = eventually("the scheduler's complaint", || async {
        let pod = list(&client, PODS).await.into_iter().next()?;
        Some(pod["status"]["conditions"][0]["message"].as_str()?.to_owned())
    })
    .await;
    assert_eq!(why, "0/6 nodes are available: 6 node(s) were unschedulable.");
    merge(&client, &path(&nodes[0]), json!({ "spec": { "unschedulable": false } })).await;
    rolled_over(&client, 1).await;
}
