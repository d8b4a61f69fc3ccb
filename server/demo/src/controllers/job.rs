//! Jobs: pods until enough of them have succeeded.
//!
//! Never starts jobs for cron jobs: their schedule belongs to the seed.

use serde_json::{Value, json};

use super::{
    Step,
    pods::{count, from_template, is_active, number, ready, set_condition},
    scope::Scope,
};
use crate::{
    kinds,
    store::{Key, seconds},
};

pub(super) fn plan(scope: &Scope<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for job in scope.all(&kinds::JOB) {
        if job.is_true("Complete") {
            continue;
        }
        let pods = scope.owned(&kinds::POD, job);
        let now = seconds(scope.now);
        let active = pods.iter().filter(|pod| is_active(pod)).count();
        let succeeded = pods.iter().filter(|pod| pod.text("/status/phase") == "Succeeded").count();
        let wanted = count(job.number("/spec/completions")).saturating_sub(succeeded);
        let missing = wanted.min(count(job.number("/spec/parallelism"))).saturating_sub(active);
        for _ in 0..missing {
            let mut pod = from_template(job, &kinds::JOB);
            pod.set("/metadata/labels/batch.kubernetes.io~1job-name", job.name());
            steps.push(Step::Create(&kinds::POD, pod));
        }
        let started = if job.has("/status/startTime") {
            job.at("/status/startTime").clone()
        } else {
            json!(now)
        };
        let mut status = json!({ "startTime": started });
        for (field, value) in
            [("active", active), ("succeeded", succeeded), ("ready", ready(&pods))]
        {
            if value > 0 {
                status[field] = Value::from(number(value));
            }
        }
        if wanted == 0 {
            status["completionTime"] = json!(now);
            set_condition(&mut status, json!({ "type": "Complete", "status": "True" }), &now);
        }
        if status != *job.at("/status") {
            steps.push(Step::SetStatus(Key::of(&kinds::JOB, job), status));
        }
    }
    steps
}
