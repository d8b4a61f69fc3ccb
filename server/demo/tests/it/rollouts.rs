//! Rollouts of deployments: restarted, paused, resumed, and taken back.

use kube::Client;
use serde_json::{Value, json};

use crate::running::{
    LEDGER_API, Running, condition, deployment, eventually, get, json_patch, list, merge,
    rolled_over,
};

const PODS: &str = "/api/v1/namespaces/ledger/pods";
const SETS: &str = "/apis/apps/v1/namespaces/ledger/replicasets";
const REVISION: &str = "deployment.kubernetes.io/revision";

async fn ready(replicas: i64) -> (Running, Client) {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(replicas, ""));
    rolled_over(&client, replicas).await;
    (running, client)
}

fn restart(at: &str) -> Value {
    let annotations = json!({ "kubectl.kubernetes.io/restartedAt": at });
    json!({ "spec": { "template": { "metadata": { "annotations": annotations } } } })
}

fn image(tag: &str) -> Value {
    let image = format!("registry.kawase.example/ledger/api:{tag}");
    json!([{ "op": "replace", "path": "/spec/template/spec/containers/0/image", "value": image }])
}

async fn uids(client: &Client) -> Vec<String> {
    let pods = list(client, PODS).await;
    let mut uids: Vec<_> = pods.iter().map(|pod| pod["metadata"]["uid"].to_string()).collect();
    uids.sort();
    uids
}

/// The replica sets by revision.
async fn revisions(client: &Client) -> Vec<(u64, Value)> {
    let sets = list(client, SETS).await;
    let revision =
        |set: &Value| set["metadata"]["annotations"][REVISION].as_str()?.parse::<u64>().ok();
    let mut revisions: Vec<_> =
        sets.into_iter().map(|set| (revision(&set).unwrap_or_default(), set)).collect();
    revisions.sort_by_key(|(revision, _)| *revision);
    revisions
}

async fn replaced(client: &Client, before: &[String]) {
    eventually("new pods only", || async {
        let now = uids(client).await;
        (now.len() == before.len() && now.iter().all(|uid| !before.contains(uid))).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_restart_rolls_all_pods_over() {
    let (_running, client) = ready(3).await;
    let before = uids(&client).await;
    assert_eq!(merge(&client, LEDGER_API, restart("2026-11-22T09:00:00Z")).await.0, 200);
    replaced(&client, &before).await;
    let done = rolled_over(&client, 3).await;
    assert_eq!(condition(&done, "Progressing")["reason"], "NewReplicaSetAvailable");
    assert_eq!(done["metadata"]["annotations"][REVISION], "2");
}

#[tokio::test]
async fn a_paused_deployment_scales_but_does_not_roll_until_it_is_resumed() {
    let (_running, client) = ready(2).await;
    let before = uids(&client).await;
    merge(&client, LEDGER_API, json!({ "spec": { "paused": true } })).await;
    let paused = eventually("the pause", || async {
        let deployment = get(&client, LEDGER_API).await.1;
        let progress = condition(&deployment, "Progressing");
        (progress["reason"] == "DeploymentPaused").then_some(progress)
    })
    .await;
    assert_eq!(
        (&paused["status"], &paused["message"]),
        (&json!("Unknown"), &json!("Deployment is paused"))
    );
    let mut change = restart("2026-11-22T09:00:00Z");
    change["spec"]["replicas"] = json!(3);
    merge(&client, LEDGER_API, change).await;
    let scaled = eventually("three old pods", || async {
        let deployment = get(&client, LEDGER_API).await.1;
        (deployment["status"]["availableReplicas"] == 3).then_some(deployment)
    })
    .await;
    assert!(scaled["status"]["updatedReplicas"].is_null(), "none has the new template");
    assert_eq!(list(&client, SETS).await.len(), 1, "nor is there a set for it");
    let three = uids(&client).await;
    assert!(before.iter().all(|uid| three.contains(uid)), "the old ones are still there");
    merge(&client, LEDGER_API, json!({ "spec": { "paused": false } })).await;
    replaced(&client, &three).await;
    let done = rolled_over(&client, 3).await;
    assert_eq!(condition(&done, "Progressing")["reason"], "NewReplicaSetAvailable");
}

#[tokio::test]
async fn a_rollback_makes_the_old_set_the_newest_again() {
    let (_running, client) = ready(2).await;
    json_patch(&client, LEDGER_API, image("2")).await;
    rolled_over(&client, 2).await;
    let (_, old) = revisions(&client).await.remove(0);
    let mut template = old["spec"]["template"].clone();
    template["metadata"]["labels"].as_object_mut().unwrap().remove("pod-template-hash");
    let uid = get(&client, LEDGER_API).await.1["metadata"]["uid"].clone();
    let back = json!([
        { "op": "test", "path": "/metadata/uid", "value": uid },
        { "op": "replace", "path": "/spec/template", "value": template },
    ]);
    assert_eq!(json_patch(&client, LEDGER_API, back).await.0, 200);
    let sets = eventually("the old set renewed", || async {
        let sets = revisions(&client).await;
        (sets.last()?.0 == 3).then_some(sets)
    })
    .await;
    assert_eq!(sets.len(), 2, "no third set");
    let renewed = &sets[1].1;
    assert_eq!(renewed["metadata"]["uid"], old["metadata"]["uid"]);
    assert_eq!(
        renewed["metadata"]["annotations"]["deployment.kubernetes.io/revision-history"],
        "1"
    );
    let done = rolled_over(&client, 2).await;
    assert_eq!(done["metadata"]["annotations"][REVISION], "3");
}

#[tokio::test]
async fn a_stuck_rollout_is_taken_back_without_touching_what_serves() {
    let (running, client) = ready(2).await;
    let before = uids(&client).await;
    running.apply(deployment(2, "image-pull"));
    eventually("a pod without an image", || async {
        let pods = list(&client, PODS).await;
        let waits = |pod: &Value| {
            let state = &pod["status"]["containerStatuses"][0]["state"];
            state["waiting"]["reason"] == "ImagePullBackOff"
        };
        pods.iter().any(waits).then_some(())
    })
    .await;
    running.apply(deployment(2, ""));
    rolled_over(&client, 2).await;
    // The stuck pod may still be on its way out.
    eventually("the old pods only", || async { (uids(&client).await == before).then_some(()) })
        .await;
}

#[tokio::test]
async fn old_sets_are_forgotten_beyond_the_limit() {
    let (_running, client) = ready(1).await;
    merge(&client, LEDGER_API, json!({ "spec": { "revisionHistoryLimit": 2 } })).await;
    for tag in ["2", "3", "4", "5"] {
        json_patch(&client, LEDGER_API, image(tag)).await;
        rolled_over(&client, 1).await;
    }
    let kept = eventually("three sets", || async {
        let sets = revisions(&client).await;
        (sets.len() == 3).then_some(sets)
    })
    .await;
    let kept: Vec<_> = kept.into_iter().map(|(revision, _)| revision).collect();
    assert_eq!(kept, [3, 4, 5], "the newest, and two to go back to");
}

#[tokio::test]
async fn an_annotation_of_a_deployment_is_a_new_generation_but_no_new_revision() {
    let (_running, client) = ready(1).await;
    let before = get(&client, LEDGER_API).await.1["metadata"]["generation"].clone();
    assert_eq!(before, 1, "the controller's own annotation does not count");
    let cause = json!({ "kubernetes.io/change-cause": "by hand" });
    merge(&client, LEDGER_API, json!({ "metadata": { "annotations": cause } })).await;
    let after = rolled_over(&client, 1).await;
    assert_eq!(after["metadata"]["generation"], 2);
    eventually("the set to repeat it", || async {
        let (revision, set) = revisions(&client).await.pop()?;
        let told = &set["metadata"]["annotations"]["kubernetes.io/change-cause"];
        (revision == 1 && told == "by hand").then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_size_alone_is_no_new_revision() {
    let (_running, client) = ready(1).await;
    merge(&client, LEDGER_API, json!({ "spec": { "replicas": 3 } })).await;
    rolled_over(&client, 3).await;
    let sets = revisions(&client).await;
    assert_eq!((sets.len(), sets[0].0), (1, 1));
}
