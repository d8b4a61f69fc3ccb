//! Where a job stands as a whole.
//!
//! Never counts pods itself.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Tally;
use crate::{
    controllers::pods::{count, is_active},
    object::Object,
};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Running,
    Suspended,
    Complete,
    Failed(Failure),
}

/// Why a job is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    BackoffLimit,
    Deadline,
}

impl Verdict {
    pub(super) fn of(job: &Object, pods: &[&Arc<Object>], tally: &Tally, now: Timestamp) -> Self {
        if has_failed_too_often(job, pods, tally) {
            return Self::Failed(Failure::BackoffLimit);
        }
        if is_overdue(job, now) {
            return Self::Failed(Failure::Deadline);
        }
        let done = match job.at("/spec/completions").as_i64() {
            Some(completions) => tally.succeeded >= count(completions),
            None => tally.succeeded > 0 && tally.active == 0,
        };
        match (done, job.at("/spec/suspend") == true) {
            (true, _) => Self::Complete,
            (false, true) => Self::Suspended,
            (false, false) => Self::Running,
        }
    }

    /// The condition that tells it, where there is something to tell.
    pub(super) fn condition(self, job: &Object) -> Option<Value> {
        let condition = |kind: &str, reason: &str, message: &str| json!({ "type": kind, "status": "True", "reason": reason, "message": message });
        match self {
            Self::Running if job.is_true("Suspended") => Some(json!({
                "type": "Suspended", "status": "False", "reason": "JobResumed", "message": "Job resumed",
            })),
            Self::Running => None,
            Self::Suspended => Some(condition("Suspended", "JobSuspended", "Job suspended")),
            Self::Complete => {
                let message = "Reached expected number of succeeded pods";
                Some(condition("Complete", "CompletionsReached", message))
            }
            Self::Failed(Failure::BackoffLimit) => {
                let message = "Job has reached the specified backoff limit";
                Some(condition("Failed", "BackoffLimitExceeded", message))
            }
            Self::Failed(Failure::Deadline) => {
                let message = "Job was active longer than specified deadline";
                Some(condition("Failed", "DeadlineExceeded", message))
            }
        }
    }
}

/// Failed pods count; so do the restarts of pods that restart by themselves.
fn has_failed_too_often(job: &Object, pods: &[&Arc<Object>], tally: &Tally) -> bool {
    let limit = count(job.number("/spec/backoffLimit"));
    let restarts: i64 = pods
        .iter()
        .filter(|pod| is_active(pod) && pod.text("/spec/restartPolicy") == "OnFailure")
        .flat_map(|pod| pod.items("/status/containerStatuses"))
        .map(|status| status["restartCount"].as_i64().unwrap_or_default())
        .sum();
    tally.failed > limit || (restarts > 0 && count(restarts) >= limit)
}

fn is_overdue(job: &Object, now: Timestamp) -> bool {
    let begun = job.time("/status/startTime");
    let most = job.at("/spec/activeDeadlineSeconds").as_i64();
    begun.zip(most).is_some_and(|(begun, most)| now.duration_since(begun).as_secs() >= most)
}
