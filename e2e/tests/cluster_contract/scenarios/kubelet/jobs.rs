//! What becomes of the containers of jobs.

use domain::{
    actions::{
        TargetKind,
        catalogue::{CancelJob, RunCronJobNow},
    },
    resources::WorkloadKind,
};
use serde_json::{Value, json};

use crate::{
    containers::{next_pods_have, running, serving, without_program},
    desk::{Desk, Wish},
    scenarios::jobs::its_job_is_told_as_failed,
    stage::Stage,
    workloads::job,
};

const CRON_JOB: (TargetKind, &str) = (TargetKind::CronJob, "nightly");

/// A cron job whose jobs have these containers.
async fn create_cron_job(stage: &Stage, containers: Value) {
    stage.create_cron_job("nightly", json!({})).await;
    let jobs = json!({"spec": {"jobTemplate": next_pods_have(containers)}});
    stage.patch(TargetKind::CronJob, "nightly", jobs).await;
}

pub(crate) async fn a_cron_job_runs_to_its_end(stage: &Stage) {
    create_cron_job(stage, running("echo closed the books")).await;
    let wish = Wish::to(stage, &RunCronJobNow, CRON_JOB, json!({}));
    let made = Desk::at(stage).grants(&wish).await.expect("a job");
    let job = stage
        .until("the end of the job", || {
            stage.workload(WorkloadKind::Job, &made).filter(|job| job.is_complete())
        })
        .await;
    assert!(!job.is_stuck(), "{job:?}");
}

pub(crate) async fn a_job_that_fails_is_told(stage: &Stage) {
    create_cron_job(stage, without_program()).await;
    its_job_is_told_as_failed(stage).await;
}

pub(crate) async fn a_cancelled_job_ends_its_container(stage: &Stage) {
    stage.create(serving(job("import", json!({})))).await;
    let pod = stage
        .until("a job that runs", || {
            let pods = stage.cluster.pods(&stage.namespace);
            pods.into_iter().find(|pod| pod.is_ready())
        })
        .await;
    let container = stage.container_of(pod.name.as_str()).await;
    let wish = Wish::to(stage, &CancelJob, (TargetKind::Job, "import"), json!({}));
    Desk::at(stage).grants(&wish).await;

    assert_eq!(container.end().await, 0, "it was asked to end, and ended by itself");
}
