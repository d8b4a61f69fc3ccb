//! Cron jobs and jobs.

use std::sync::Arc;

use domain::{
    actions::{
        ANSWER_MARGIN, Change, DryRunRefusal, DryRunVerdict, EffectSeen, Finding, RequestState,
        TargetKind, Verdict,
        catalogue::{CancelJob, ResumeCronJob, RunCronJobNow, SuspendCronJob},
    },
    ids::RequestId,
    resources::{PodRow, WorkloadKind},
};
use kube::api::{DeleteParams, ListParams};
use serde_json::{Value, json};

use crate::{
    desk::{Desk, Wish},
    policy::{DEADLINE, SETTLE_WITHIN},
    stage::Stage,
    workloads::{ailing, job},
};

const CRON_JOB: (TargetKind, &str) = (TargetKind::CronJob, "nightly");
const JOB: (TargetKind, &str) = (TargetKind::Job, "import");

async fn jobs(stage: &Stage) -> Vec<Value> {
    let list = stage.api(TargetKind::Job).await.list(&ListParams::default()).await.unwrap();
    list.items.into_iter().map(|job| serde_json::to_value(job).unwrap()).collect()
}

pub(crate) async fn a_cron_job_is_suspended_and_resumed(stage: &Stage) {
    stage.create_cron_job("nightly", json!({})).await;
    let desk = Desk::at(stage);
    desk.grants(&Wish::to(stage, &SuspendCronJob, CRON_JOB, json!({}))).await;
    assert_eq!(stage.object(TargetKind::CronJob, "nightly").await["spec"]["suspend"], true);
    desk.grants(&Wish::to(stage, &ResumeCronJob, CRON_JOB, json!({}))).await;
    assert_eq!(stage.object(TargetKind::CronJob, "nightly").await["spec"]["suspend"], false);
}

pub(crate) async fn a_cron_job_runs_now(stage: &Stage) {
    stage.create_cron_job("nightly", json!({})).await;
    let desk = Desk::at(stage);
    let made = desk.grants(&Wish::to(stage, &RunCronJobNow, CRON_JOB, json!({}))).await;
    let jobs = jobs(stage).await;
    assert_eq!(jobs.len(), 1);
    let metadata = &jobs[0]["metadata"];
    assert_eq!(metadata["name"].as_str(), made.as_deref());
    let owner = &metadata["ownerReferences"][0];
    let cron_job = stage.object(TargetKind::CronJob, "nightly").await;
    assert_eq!((&owner["kind"], &owner["uid"]), (&json!("CronJob"), &cron_job["metadata"]["uid"]));
    assert_eq!(metadata["labels"], json!({"app": "nightly"}));
}

/// The job that a request is about to make.
fn about_to_make(desk: &Desk<'_>, id: RequestId) -> Value {
    match desk.state(id) {
        RequestState::Executing(execution) => match execution.change {
            Change::Create { object, .. } => object,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn a_second_attempt_meets_the_first(stage: &Stage) {
    stage.create_cron_job("nightly", json!({})).await;
    let desk = Desk::at(stage);
    let id = desk.approved(&Wish::to(stage, &RunCronJobNow, CRON_JOB, json!({}))).await;
    let ready = desk.begin(id).await;
    // The first attempt arrived, and its answer was lost.
    let made = about_to_make(&desk, id);
    stage.create(made.clone()).await;
    desk.carry_out(id, ready).await;
    let verdict = desk.verdict(id).await;
    let is_it = matches!(&verdict, Verdict::Succeeded { made: Some(name), .. } if made["metadata"]["name"] == **name);
    assert!(is_it, "{verdict:?}");
    assert_eq!(jobs(stage).await.len(), 1);
}

pub(crate) async fn a_lost_answer_is_told_by_what_was_made(stage: &Stage) {
    stage.create_cron_job("nightly", json!({})).await;
    let desk = Desk::at(stage);
    let wish = Wish::to(stage, &RunCronJobNow, CRON_JOB, json!({}));
    let made = unheard_of(&desk, &wish).await;
    stage.create(about_to_make(&desk, made)).await;
    stage.clock.advance(DEADLINE + ANSWER_MARGIN);
    let verdict = desk.verdict(made).await;
    assert!(matches!(verdict, Verdict::Succeeded { made: Some(_), .. }), "{verdict:?}");

    let not_made = unheard_of(&desk, &wish).await;
    stage.clock.advance(DEADLINE + ANSWER_MARGIN);
    let nothing = Verdict::Failed { effect: EffectSeen::None, reason: Finding::NotDelivered };
    assert_eq!(desk.verdict(not_made).await, nothing);
}

/// A request whose word was given, and of which nothing was heard any more.
async fn unheard_of(desk: &Desk<'_>, wish: &Wish) -> RequestId {
    let id = desk.approved(wish).await;
    drop(desk.begin(id).await);
    id
}

pub(crate) async fn a_job_that_fails_is_told(stage: &Stage) {
    stage.create_cron_job("nightly", ailing("fails")).await;
    its_job_is_told_as_failed(stage).await;
}

/// What comes of running a cron job now whose pods fail.
pub(crate) async fn its_job_is_told_as_failed(stage: &Stage) {
    let desk = Desk::at(stage);
    let id = desk.sent(&Wish::to(stage, &RunCronJobNow, CRON_JOB, json!({}))).await;
    // A pod that fails runs for a moment first: whoever looks just then sees one that runs.
    let fails = || stage.cluster.pods(&stage.namespace).iter().any(|pod| pod.is_failing());
    stage.until("a pod that fails", || fails().then_some(())).await;
    let verdict = desk.verdict(id).await;
    let failed = matches!(
        &verdict,
        Verdict::Failed {
            effect: EffectSeen::TookPlace,
            reason: Finding::JobFailed { .. } | Finding::PodBroken { .. }
        }
    );
    assert!(failed, "{verdict:?}");
}

/// The pod of a job, once it runs.
async fn pod_of(stage: &Stage, name: &str) -> Arc<PodRow> {
    stage
        .until("a running job", || {
            let job = stage.workload(WorkloadKind::Job, name)?;
            let pods = stage.cluster.pods(&stage.namespace);
            let runs = |pod: &Arc<PodRow>| {
                pod.is_ready() && pod.owner.as_ref().is_some_and(|owner| owner.uid == job.uid)
            };
            pods.into_iter().find(runs)
        })
        .await
}

pub(crate) async fn a_cancelled_job_ends_and_is_kept(stage: &Stage) {
    stage.create(job("import", json!({}))).await;
    pod_of(stage, "import").await;
    Desk::at(stage).grants(&Wish::to(stage, &CancelJob, JOB, json!({}))).await;
    let job = stage.object(TargetKind::Job, "import").await;
    let conditions = job["status"]["conditions"].as_array().unwrap();
    let failed = conditions.iter().find(|it| it["type"] == "Failed").expect("it failed");
    assert_eq!(failed["reason"], "DeadlineExceeded");
    assert!(stage.cluster.pods(&stage.namespace).iter().all(|pod| pod.phase != "Running"));
}

pub(crate) async fn a_cancelled_job_whose_pod_stays_is_told(stage: &Stage) {
    stage.create(job("import", ailing("hangs"))).await;
    let pod = pod_of(stage, "import").await;
    let desk = Desk::at(stage);
    let id = desk.sent(&Wish::to(stage, &CancelJob, JOB, json!({}))).await;
    stage
        .until("a pod that is told to end", || {
            stage.pod(pod.name.as_str()).filter(|pod| pod.deleting_since.is_some())
        })
        .await;
    assert_eq!(desk.verdict_so_far(id).await, None);
    stage.clock.advance(SETTLE_WITHIN);
    let stays = Verdict::Failed { effect: EffectSeen::TookPlace, reason: Finding::PodStays };
    assert_eq!(desk.verdict(id).await, stays);
}

pub(crate) async fn a_cancelled_job_that_went_has_ended(stage: &Stage) {
    stage.create(job("import", json!({}))).await;
    let pod = pod_of(stage, "import").await;
    let desk = Desk::at(stage);
    let id = desk.sent(&Wish::to(stage, &CancelJob, JOB, json!({}))).await;
    let jobs = stage.api(TargetKind::Job).await;
    jobs.delete("import", &DeleteParams::background()).await.unwrap();
    stage
        .until("the end of the job", || {
            let gone = stage.workload(WorkloadKind::Job, "import").is_none();
            (gone && stage.pod(pod.name.as_str()).is_none()).then_some(())
        })
        .await;
    let verdict = desk.verdict(id).await;
    assert!(matches!(verdict, Verdict::Succeeded { made: None, .. }), "{verdict:?}");
}

pub(crate) async fn a_quota_refuses_a_job_before_and_when_it_is_made(stage: &Stage) {
    stage.create_cron_job("nightly", json!({})).await;
    let desk = Desk::at(stage);
    let wish = Wish::to(stage, &RunCronJobNow, CRON_JOB, json!({}));
    let id = desk.approved(&wish).await;
    stage.quota(json!({"count/jobs.batch": "0"})).await;
    let dry_run = desk.review(&wish).await.unwrap().preview.dry_run;
    let DryRunVerdict::Refused { reason: DryRunRefusal::Forbidden, message } = dry_run else {
        panic!("{dry_run:?}")
    };
    assert!(message.contains("exceeded quota"), "{message}");

    let ready = desk.begin(id).await;
    let RequestState::Failed(ended) = desk.carry_out(id, ready).await else { panic!() };
    let Verdict::Failed { effect: EffectSeen::None, reason: Finding::Refused { message } } =
        ended.outcome.verdict
    else {
        panic!("{:?}", ended.outcome)
    };
    assert!(message.contains("exceeded quota"), "{message}");
    assert!(jobs(stage).await.is_empty());
}
