//! Jobs: pods until enough of them have succeeded, or too many have failed.
//!
//! Never starts jobs for cron jobs: see `cron_job`.

mod verdict;

use std::sync::Arc;

use serde_json::{Value, json};

use self::verdict::Verdict;
use super::{
    Step,
    claims::{Owner, claim},
    pods::{count, from_template, is_active, number, ready, set_condition},
    scope::Scope,
};
use crate::{
    kinds,
    object::Object,
    store::{Deletion, Key, seconds},
};

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let jobs = scope.all(&kinds::JOB).filter(|job| !job.is_terminating() && !is_finished(job));
    jobs.flat_map(|job| steps(scope, job)).collect()
}

/// Whether a job has come to an end, good or bad.
pub(super) fn is_finished(job: &Object) -> bool {
    job.is_true("Complete") || job.is_true("Failed")
}

fn steps(scope: &Scope<'_>, job: &Object) -> Vec<Step> {
    let owner = Owner { kind: &kinds::JOB, object: job };
    let claimed = claim(scope, &kinds::POD, owner, |_| true);
    let (pods, mut steps) = (claimed.objects, claimed.steps);
    let tally = Tally::of(job, &pods);
    let verdict = Verdict::of(job, &pods, &tally, scope.now);
    if verdict == Verdict::Running {
        for _ in tally.active..tally.wanted(job) {
            steps.push(Step::Create(&kinds::POD, from_template(job, &kinds::JOB)));
        }
        let surplus = tally.active.saturating_sub(count(job.number("/spec/parallelism")));
        steps.extend(deletions(pods.iter().filter(|pod| is_active(pod)).take(surplus)));
    } else {
        steps.extend(deletions(pods.iter().filter(|pod| is_active(pod))));
    }
    let status = status(scope, job, &tally, verdict);
    if status != *job.at("/status") {
        steps.push(Step::SetStatus(Key::of(&kinds::JOB, job), status));
    }
    steps
}

fn deletions<'a>(
    pods: impl Iterator<Item = &'a &'a Arc<Object>> + 'a,
) -> impl Iterator<Item = Step> + 'a {
    pods.map(|pod| Step::Delete(Key::of(&kinds::POD, pod), Deletion::default()))
}

/// How many pods of a job are where. What has ended counts although its pod is gone.
struct Tally {
    active: usize,
    ready: usize,
    succeeded: usize,
    failed: usize,
}

impl Tally {
    fn of(job: &Object, pods: &[&Arc<Object>]) -> Self {
        let ended =
            |phase: &str| pods.iter().filter(|pod| pod.text("/status/phase") == phase).count();
        let known = |field: &str| count(job.number(&format!("/status/{field}")));
        Self {
            active: pods.iter().filter(|pod| is_active(pod)).count(),
            ready: ready(pods),
            succeeded: ended("Succeeded").max(known("succeeded")),
            failed: ended("Failed").max(known("failed")),
        }
    }

    /// How many pods should be active. Without a number of completions, the first success stops the supply.
    fn wanted(&self, job: &Object) -> usize {
        let most = count(job.number("/spec/parallelism"));
        match job.at("/spec/completions").as_i64() {
            Some(completions) => most.min(count(completions).saturating_sub(self.succeeded)),
            None if self.succeeded > 0 => self.active.min(most),
            None => most,
        }
    }
}

fn status(scope: &Scope<'_>, job: &Object, tally: &Tally, verdict: Verdict) -> Value {
    let now = seconds(scope.now);
    let mut status = json!({});
    if job.has("/status/conditions") {
        status["conditions"] = job.at("/status/conditions").clone();
    }
    let (active, failed) = match verdict {
        Verdict::Failed(_) => (0, tally.failed + tally.active),
        Verdict::Running => (tally.active, tally.failed),
        Verdict::Complete | Verdict::Suspended => (0, tally.failed),
    };
    let ready = if active == 0 { 0 } else { tally.ready };
    let counts =
        [("active", active), ("ready", ready), ("succeeded", tally.succeeded), ("failed", failed)];
    for (field, value) in counts.into_iter().filter(|(_, value)| *value > 0) {
        status[field] = json!(number(value));
    }
    if verdict != Verdict::Suspended {
        let begun = job.at("/status/startTime");
        status["startTime"] = if begun.is_null() { json!(now) } else { begun.clone() };
    }
    if verdict == Verdict::Complete {
        status["completionTime"] = json!(now);
    }
    if let Some(condition) = verdict.condition(job) {
        set_condition(&mut status, condition, &now);
    }
    status
}
