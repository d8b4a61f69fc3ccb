//! Deletions: at once, under conditions, rehearsed, and what becomes of what is owned.

use http::Request;
use kube::Client;
use serde_json::{Value, json};

use crate::running::{LEDGER_API, Running, deployment, eventually, get, list, rolled_over, send};

const JOB: &str = "/apis/batch/v1/namespaces/ledger/jobs/close";
const PODS: &str = "/api/v1/namespaces/ledger/pods";

/// A job whose one pod runs until it is stopped.
async fn running_job() -> (Running, Client) {
    let running = Running::start().await;
    let client = running.admin().await;
    let container = json!({ "name": "run", "image": "close:1" });
    let spec = json!({ "restartPolicy": "Never", "containers": [container] });
    running.apply(json!({
        "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "close", "namespace": "ledger" },
        "spec": { "template": { "spec": spec } },
    }));
    eventually("a running pod", || async {
        let pods = list(&client, PODS).await;
        (pods.first()?["status"]["phase"] == "Running").then_some(())
    })
    .await;
    (running, client)
}

async fn delete(client: &Client, path: &str, options: Value) -> (u16, Value) {
    send(client, Request::delete(path), options).await
}

#[tokio::test]
async fn a_job_deleted_in_the_background_takes_its_pods_along() {
    let (_running, client) = running_job().await;
    let uid = get(&client, JOB).await.1["metadata"]["uid"].clone();
    let rehearsal = json!({ "propagationPolicy": "Background", "dryRun": ["All"] });
    let (code, status) = delete(&client, JOB, rehearsal).await;
    assert_eq!((code, &status["status"]), (200, &json!("Success")));
    assert_eq!(get(&client, JOB).await.0, 200, "only rehearsed");
    let options = json!({ "propagationPolicy": "Background", "preconditions": { "uid": uid } });
    let (code, status) = delete(&client, JOB, options).await;
    assert_eq!((code, &status["details"]["uid"]), (200, &uid));
    eventually("no pods", || async { list(&client, PODS).await.is_empty().then_some(()) }).await;
}

#[tokio::test]
async fn a_job_deleted_in_the_foreground_waits_for_its_pods() {
    let (_running, client) = running_job().await;
    let options = json!({ "propagationPolicy": "Foreground" });
    let (code, job) = delete(&client, JOB, options).await;
    assert_eq!((code, &job["kind"]), (200, &json!("Job")), "it is still there");
    assert_eq!(job["metadata"]["finalizers"], json!(["foregroundDeletion"]));
    assert!(job["metadata"]["deletionTimestamp"].is_string());
    eventually("no job", || async { (get(&client, JOB).await.0 == 404).then_some(()) }).await;
    assert!(list(&client, PODS).await.is_empty(), "its pods went before it");
}

#[tokio::test]
async fn a_job_lets_go_of_its_pods_unless_told_otherwise() {
    let (_running, client) = running_job().await;
    let (code, job) = delete(&client, JOB, Value::Null).await;
    assert_eq!((code, &job["metadata"]["finalizers"]), (200, &json!(["orphan"])));
    eventually("no job", || async { (get(&client, JOB).await.0 == 404).then_some(()) }).await;
    let pods = list(&client, PODS).await;
    assert_eq!(pods.len(), 1);
    assert!(pods[0]["metadata"]["ownerReferences"].is_null());
    assert_eq!(pods[0]["status"]["phase"], "Running");
}

#[tokio::test]
async fn a_deletion_of_another_object_conflicts_and_of_no_known_policy_is_invalid() {
    let (_running, client) = running_job().await;
    let uid = get(&client, JOB).await.1["metadata"]["uid"].as_str().unwrap().to_owned();
    let (code, status) = delete(&client, JOB, json!({ "preconditions": { "uid": "other" } })).await;
    assert_eq!(
        (code, status["message"].as_str().unwrap()),
        (409, format!("Operation cannot be fulfilled on Job.batch \"close\": the UID in the precondition (other) \
                       does not match the UID in record ({uid}). The object might have been deleted and then recreated").as_str())
    );
    let old = json!({ "preconditions": { "resourceVersion": "1" } });
    let (code, _) = delete(&client, JOB, old).await;
    assert_eq!(code, 409);
    let (code, status) =
        delete(&client, &format!("{JOB}?propagationPolicy=Some"), Value::Null).await;
    assert_eq!(code, 422);
    let message = status["message"].as_str().unwrap();
    assert!(message.contains("propagationPolicy: Unsupported value: \"Some\""), "{message}");
    assert_eq!(get(&client, JOB).await.0, 200);
}

#[tokio::test]
async fn a_pod_deleted_without_grace_is_gone_at_once() {
    let running = Running::with(demo_cluster::Options {
        // Kubelets that never come: only the API itself can end a pod.
        pace: demo_cluster::Pace { step: std::time::Duration::from_hours(1), back_off: None },
        ..crate::running::options()
    })
    .await;
    let client = running.admin().await;
    running.apply(deployment(1, ""));
    let pod = eventually("a scheduled pod", || async {
        let pod = list(&client, PODS).await.into_iter().next()?;
        pod["spec"]["nodeName"].is_string().then_some(pod)
    })
    .await;
    let path = format!("{PODS}/{}", pod["metadata"]["name"].as_str().unwrap());
    let (code, marked) = delete(&client, &path, Value::Null).await;
    assert_eq!((code, &marked["metadata"]["deletionGracePeriodSeconds"]), (200, &json!(30)));
    let now =
        json!({ "gracePeriodSeconds": 0, "preconditions": { "uid": pod["metadata"]["uid"] } });
    assert_eq!(delete(&client, &path, now).await.0, 200);
    assert_eq!(get(&client, &path).await.0, 404);
}

#[tokio::test]
async fn a_deployment_that_lets_go_is_succeeded_by_one_that_takes_over() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(2, ""));
    rolled_over(&client, 2).await;
    let uids = || async {
        let pods = list(&client, PODS).await;
        let mut uids: Vec<_> = pods.iter().map(|pod| pod["metadata"]["uid"].to_string()).collect();
        uids.sort();
        uids
    };
    let before = uids().await;
    delete(&client, LEDGER_API, json!({ "propagationPolicy": "Orphan" })).await;
    eventually("no deployment", || async {
        (get(&client, LEDGER_API).await.0 == 404).then_some(())
    })
    .await;
    running.apply(deployment(2, ""));
    rolled_over(&client, 2).await;
    assert_eq!(uids().await, before, "the set and its pods were adopted");
}
