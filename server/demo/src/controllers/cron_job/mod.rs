//! Cron jobs: a job for each due time, and a short memory of those that ended.
//!
//! Never counts a job that somebody else made from the template as its own run.

mod schedule;

use std::sync::Arc;

use serde_json::{Value, json};

pub(crate) use self::schedule::Schedule;
use super::{Step, job::is_finished, pods::count, scope::Scope};
use crate::{
    kinds,
    object::Object,
    store::{Deletion, Key, seconds},
};

/// By this a run tells for which time it was made.
const SCHEDULED: &str = "batch.kubernetes.io/cronjob-scheduled-timestamp";

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let cron_jobs = scope.all(&kinds::CRON_JOB).filter(|cron_job| !cron_job.is_terminating());
    cron_jobs.flat_map(|cron_job| steps(scope, cron_job)).collect()
}

fn steps(scope: &Scope<'_>, cron_job: &Object) -> Vec<Step> {
    let jobs = scope.owned(&kinds::JOB, cron_job);
    let mut steps = forgotten(cron_job, &jobs);
    let active: Vec<_> =
        jobs.iter().copied().filter(|job| is_run(job) && !is_finished(job)).collect();
    let mut status = status(cron_job, &jobs, &active);
    let policy = cron_job.text("/spec/concurrencyPolicy");
    let due = due(scope, cron_job).filter(|_| policy != "Forbid" || active.is_empty());
    if let Some(due) = due {
        if policy == "Replace" {
            let replaced = active.iter().map(|job| Key::of(&kinds::JOB, job));
            steps.extend(replaced.map(|key| Step::Delete(key, Deletion::background())));
        }
        status["lastScheduleTime"] = json!(seconds(due));
        steps.push(Step::Create(&kinds::JOB, run(cron_job, due)));
    }
    if status != *cron_job.at("/status") {
        steps.push(Step::SetStatus(Key::of(&kinds::CRON_JOB, cron_job), status));
    }
    steps
}

/// The time for which a run is due and not made yet.
fn due(scope: &Scope<'_>, cron_job: &Object) -> Option<jiff::Timestamp> {
    if cron_job.at("/spec/suspend") == true {
        return None;
    }
    let schedule = Schedule::read(cron_job.text("/spec/schedule"))?;
    let since = cron_job
        .time("/status/lastScheduleTime")
        .or_else(|| cron_job.time("/metadata/creationTimestamp"))?;
    let due = schedule.last(since, scope.now)?;
    let deadline = cron_job.at("/spec/startingDeadlineSeconds").as_i64();
    let late = scope.now.duration_since(due).as_secs();
    (deadline.is_none_or(|deadline| late <= deadline)).then_some(due)
}

fn run(cron_job: &Object, due: jiff::Timestamp) -> Object {
    let template = cron_job.at("/spec/jobTemplate");
    let mut job =
        Object::new(json!({ "metadata": template["metadata"], "spec": template["spec"] }));
    let name = format!("{}-{}", cron_job.name(), due.as_second() / 60);
    let scheduled = SCHEDULED.replace('/', "~1");
    job.set("/metadata/name", name)
        .set("/metadata/namespace", cron_job.namespace())
        .set(&format!("/metadata/annotations/{scheduled}"), seconds(due))
        .set("/metadata/ownerReferences", json!([cron_job.as_owner(&kinds::CRON_JOB)]));
    job
}

/// Whether the schedule made a job, not a person.
fn is_run(job: &Object) -> bool {
    !job.annotation(SCHEDULED).is_empty()
}

fn status(cron_job: &Object, jobs: &[&Arc<Object>], active: &[&Arc<Object>]) -> Value {
    let mut status = json!({});
    for field in ["lastScheduleTime", "lastSuccessfulTime"] {
        if cron_job.has(&format!("/status/{field}")) {
            status[field] = cron_job.at(&format!("/status/{field}")).clone();
        }
    }
    let runs = jobs.iter().filter(|job| is_run(job) && job.is_true("Complete"));
    let succeeded = runs.map(|job| job.text("/status/completionTime")).max();
    if let Some(time) =
        succeeded.filter(|time| *time > status["lastSuccessfulTime"].as_str().unwrap_or_default())
    {
        status["lastSuccessfulTime"] = json!(time);
    }
    if !active.is_empty() {
        status["active"] = active.iter().map(|job| reference(cron_job, job)).collect();
    }
    status
}

/// A run among the active ones, as it was when it became one.
fn reference(cron_job: &Object, job: &Object) -> Value {
    let known = cron_job.items("/status/active").iter().find(|known| known["uid"] == job.uid());
    if let Some(known) = known {
        return known.clone();
    }
    json!({
        "apiVersion": job.text("/apiVersion"), "kind": job.text("/kind"),
        "namespace": job.namespace(), "name": job.name(), "uid": job.uid(),
        "resourceVersion": job.text("/metadata/resourceVersion"),
    })
}

/// The deletions of ended jobs beyond the history limits, the oldest first.
fn forgotten(cron_job: &Object, jobs: &[&Arc<Object>]) -> Vec<Step> {
    let limits = [("Complete", "successfulJobsHistoryLimit"), ("Failed", "failedJobsHistoryLimit")];
    limits
        .into_iter()
        .flat_map(|(end, limit)| {
            let mut ended: Vec<_> =
                jobs.iter().filter(|job| job.is_true(end) && !job.is_terminating()).collect();
            ended.sort_by_key(|job| job.text("/status/startTime"));
            let kept = count(cron_job.number(&format!("/spec/{limit}")));
            let surplus = ended.len().saturating_sub(kept);
            ended.into_iter().take(surplus)
        })
        .map(|job| Step::Delete(Key::of(&kinds::JOB, job), Deletion::background()))
        .collect()
}
