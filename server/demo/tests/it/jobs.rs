//! Jobs: run, suspended, resumed, failed.

use kube::Client;
use serde_json::{Value, json};

use crate::running::{Running, condition, eventually, get, list, merge};

const JOB: &str = "/apis/batch/v1/namespaces/ledger/jobs/close";
const PODS: &str = "/api/v1/namespaces/ledger/pods";

fn job(behaviour: &str, policy: &str, spec: &Value) -> Value {
    let container = json!({ "name": "run", "image": "registry.kawase.example/ledger/close:1" });
    let mut job = json!({
        "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "close", "namespace": "ledger" },
        "spec": spec,
    });
    job["spec"]["template"] = json!({
        "metadata": { "annotations": { "sekisho.dev/demo": behaviour } },
        "spec": { "restartPolicy": policy, "containers": [container] },
    });
    job
}

async fn status(client: &Client, wanted: Value) -> Value {
    eventually("the job's counts", || async {
        let job = get(client, JOB).await.1;
        let counts = wanted.as_object().unwrap();
        counts.iter().all(|(field, count)| job["status"][field] == *count).then_some(job)
    })
    .await
}

#[tokio::test]
async fn a_job_runs_so_many_times_and_so_many_at_once() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(job("completes", "Never", &json!({ "completions": 5, "parallelism": 2 })));
    let done = status(&client, json!({ "succeeded": 5 })).await;
    assert_eq!(condition(&done, "Complete")["status"], "True");
    assert!(done["status"]["completionTime"].is_string() && done["status"]["active"].is_null());
    assert_eq!(list(&client, PODS).await.len(), 5);
}

#[tokio::test]
async fn a_suspended_job_has_no_pods_and_goes_on_when_it_is_resumed() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(job("", "Never", &json!({ "completions": 4, "parallelism": 2 })));
    status(&client, json!({ "active": 2 })).await;
    merge(&client, JOB, json!({ "spec": { "suspend": true } })).await;
    let stopped = status(&client, json!({ "active": null, "startTime": null })).await;
    let suspended = condition(&stopped, "Suspended");
    assert_eq!(
        (&suspended["status"], &suspended["reason"]),
        (&json!("True"), &json!("JobSuspended"))
    );
    eventually("no pods", || async { list(&client, PODS).await.is_empty().then_some(()) }).await;
    merge(&client, JOB, json!({ "spec": { "suspend": false } })).await;
    let resumed = status(&client, json!({ "active": 2 })).await;
    assert_eq!(condition(&resumed, "Suspended")["reason"], "JobResumed");
}

#[tokio::test]
async fn a_job_gives_up_when_too_many_pods_fail() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(job("fails", "Never", &json!({ "backoffLimit": 2 })));
    let failed = status(&client, json!({ "failed": 3 })).await;
    let why = condition(&failed, "Failed");
    assert_eq!((&why["status"], &why["reason"]), (&json!("True"), &json!("BackoffLimitExceeded")));
    assert_eq!(why["message"], "Job has reached the specified backoff limit");
    let pods = list(&client, PODS).await;
    assert_eq!(pods.len(), 3);
    let ended = &pods[0]["status"]["containerStatuses"][0]["state"]["terminated"];
    assert_eq!((&ended["reason"], &ended["exitCode"]), (&json!("Error"), &json!(1)));
}

#[tokio::test]
async fn a_job_gives_up_when_its_pod_restarts_too_often() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(job("fails", "OnFailure", &json!({ "backoffLimit": 1 })));
    let failed = status(&client, json!({ "failed": 1 })).await;
    assert_eq!(condition(&failed, "Failed")["reason"], "BackoffLimitExceeded");
}
