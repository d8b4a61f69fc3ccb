//! Cron jobs: on schedule, suspended, and run by hand.

use http::Request;
use jiff::SignedDuration;
use kube::Client;
use serde_json::{Value, json};

use crate::running::{
    MovingClock, Running, condition, eventually, get, list, merge, send, start_time,
};

const CRON_JOB: &str = "/apis/batch/v1/namespaces/ledger/cronjobs/close";
const JOBS: &str = "/apis/batch/v1/namespaces/ledger/jobs";

/// A cluster whose clock moves when it is told to.
struct Moving {
    running: Running,
    client: Client,
    clock: MovingClock,
}

impl Moving {
    async fn start() -> Self {
        let clock = MovingClock::new();
        let running = Running::with(clock.options()).await;
        let client = running.admin().await;
        Self { running, client, clock }
    }

    /// Moves the clock, and waits until the controllers have looked at the namespace by the new time:
    /// they have when they have placed a pod that was not there before.
    async fn pass(&self, minutes: i64) {
        let now = self.clock.pass(SignedDuration::from_mins(minutes));
        let name = format!("tick-{}", now.as_second());
        self.running.apply(json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": { "name": name, "namespace": "ledger" },
            "spec": { "containers": [{ "name": "tick", "image": "tick:1" }] },
        }));
        let path = format!("/api/v1/namespaces/ledger/pods/{name}");
        eventually("the controllers' look", || async {
            get(&self.client, &path).await.1["spec"]["nodeName"].as_str().map(drop)
        })
        .await;
    }
}

/// A run each hour, at ten past.
fn cron_job(behaviour: &str, spec: &Value) -> Value {
    let container = json!({ "name": "run", "image": "registry.kawase.example/ledger/close:1" });
    let template = json!({
        "metadata": { "annotations": { "sekisho.dev/demo": behaviour } },
        "spec": { "restartPolicy": "Never", "containers": [container] },
    });
    let mut cron_job = json!({
        "apiVersion": "batch/v1", "kind": "CronJob", "metadata": { "name": "close", "namespace": "ledger" },
        "spec": spec,
    });
    cron_job["spec"]["schedule"] = json!("10 * * * *");
    cron_job["spec"]["jobTemplate"] = json!({
        "metadata": { "labels": { "app": "close" } }, "spec": { "template": template },
    });
    cron_job
}

#[tokio::test]
async fn a_run_is_made_when_it_is_due_and_told_while_it_lasts() {
    let moving = Moving::start().await;
    moving.running.apply(cron_job("", &json!({ "concurrencyPolicy": "Forbid" })));
    moving.pass(9).await;
    assert!(list(&moving.client, JOBS).await.is_empty());
    moving.pass(1).await;
    let status = eventually("a run", || async {
        let status = get(&moving.client, CRON_JOB).await.1["status"].clone();
        status["active"].is_array().then_some(status)
    })
    .await;
    assert_eq!(status["lastScheduleTime"], "2026-11-22T09:10:00Z");
    assert_eq!(status["active"][0]["kind"], "Job");
    let jobs = list(&moving.client, JOBS).await;
    assert_eq!(jobs[0]["metadata"]["ownerReferences"][0]["name"], "close");
    assert_eq!(jobs[0]["metadata"]["labels"]["app"], "close");
    moving.pass(60).await;
    assert_eq!(list(&moving.client, JOBS).await.len(), 1, "the first still runs");
}

#[tokio::test]
async fn only_the_last_runs_are_remembered() {
    let moving = Moving::start().await;
    moving.running.apply(cron_job("completes", &json!({ "successfulJobsHistoryLimit": 1 })));
    for passed in 1..=3 {
        moving.pass(60).await;
        let due = start_time() + SignedDuration::from_mins(60 * passed - 50);
        eventually("a success", || async {
            let status = get(&moving.client, CRON_JOB).await.1["status"].clone();
            let jobs = list(&moving.client, JOBS).await;
            let done = jobs.iter().all(|job| condition(job, "Complete")["status"] == "True");
            (status["lastScheduleTime"] == due.to_string() && jobs.len() == 1 && done).then_some(())
        })
        .await;
    }
    let status = get(&moving.client, CRON_JOB).await.1["status"].clone();
    assert_eq!(status["lastSuccessfulTime"], "2026-11-22T12:00:00Z");
}

#[tokio::test]
async fn a_suspended_cron_job_makes_no_runs_until_it_is_resumed() {
    let moving = Moving::start().await;
    moving.running.apply(cron_job("", &json!({})));
    let suspend =
        |suspend: Value| merge(&moving.client, CRON_JOB, json!({ "spec": { "suspend": suspend } }));
    assert_eq!(suspend(json!(true)).await.0, 200);
    moving.pass(600).await;
    assert!(list(&moving.client, JOBS).await.is_empty());
    assert_eq!(suspend(json!("no")).await.0, 422);
    assert_eq!(suspend(json!(false)).await.0, 200);
    eventually("the run that was missed last", || async {
        let jobs = list(&moving.client, JOBS).await;
        (jobs.len() == 1).then_some(())
    })
    .await;
    assert_eq!(
        get(&moving.client, CRON_JOB).await.1["status"]["lastScheduleTime"],
        "2026-11-22T18:10:00Z"
    );
}

#[tokio::test]
async fn a_job_made_by_hand_from_the_template_runs_but_is_no_run_of_the_schedule() {
    let moving = Moving::start().await;
    moving.running.apply(cron_job("completes", &json!({ "suspend": true })));
    let cron_job = get(&moving.client, CRON_JOB).await.1;
    let job = json!({
        "apiVersion": "batch/v1", "kind": "Job",
        "metadata": {
            "name": "close-0199",
            "annotations": { "cronjob.kubernetes.io/instantiate": "manual" },
            "labels": cron_job["spec"]["jobTemplate"]["metadata"]["labels"],
            "ownerReferences": [{
                "apiVersion": "batch/v1", "kind": "CronJob", "name": "close",
                "uid": cron_job["metadata"]["uid"], "controller": true, "blockOwnerDeletion": true,
            }],
        },
        "spec": cron_job["spec"]["jobTemplate"]["spec"],
    });
    let rehearsed =
        send(&moving.client, Request::post(format!("{JOBS}?dryRun=All")), job.clone()).await;
    assert_eq!(rehearsed.0, 201, "{}", rehearsed.1);
    assert!(list(&moving.client, JOBS).await.is_empty());
    assert_eq!(send(&moving.client, Request::post(JOBS), job.clone()).await.0, 201);
    let (code, status) = send(&moving.client, Request::post(JOBS), job).await;
    assert_eq!(
        (code, &status["reason"]),
        (409, &json!("AlreadyExists")),
        "the same name meets itself"
    );
    eventually("its completion", || async {
        let job = get(&moving.client, &format!("{JOBS}/close-0199")).await.1;
        (condition(&job, "Complete")["status"] == "True").then_some(())
    })
    .await;
    let status = get(&moving.client, CRON_JOB).await.1["status"].clone();
    assert_eq!((&status["active"], &status["lastScheduleTime"]), (&Value::Null, &Value::Null));
}
