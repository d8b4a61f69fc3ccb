//! `cancel-job`: ends a job that runs, and keeps it to be looked at.

use serde_json::Value;

use super::command::{kubectl, named};
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef, Unsuited,
};

/// Ends a job by a deadline that has passed.
#[derive(Debug)]
pub struct CancelJob;

impl Action for CancelJob {
    fn name(&self) -> &'static str {
        "cancel-job"
    }

    fn summary(&self) -> &'static str {
        "Ends the job by giving it a deadline that has passed: its pods are ended, it counts as failed with \
         DeadlineExceeded, and it is kept to be looked at."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Job]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "batch", resources: &["jobs"], verbs: &["patch"] }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let conditions = subject.object["status"]["conditions"].as_array();
        let ended = |condition: &Value| {
            (condition["type"] == "Complete" || condition["type"] == "Failed")
                && condition["status"] == "True"
        };
        if conditions.is_some_and(|conditions| conditions.iter().any(ended)) {
            return Err(InvalidRequest::Unsuited(Unsuited::Ended));
        }
        if subject.object["spec"]["suspend"] == true {
            // Its deadline does not run: it would end when somebody lets it begin.
            return Err(InvalidRequest::Unsuited(Unsuited::Suspended));
        }
        let mut wanted = subject.object.clone();
        wanted["spec"]["activeDeadlineSeconds"] = 1.into();
        Change::towards(subject.object, &wanted)
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::DownTo(0)
    }

    fn follow(&self) -> Follow {
        Follow::End
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        let patch = r#"{"spec":{"activeDeadlineSeconds":1}}"#;
        kubectl(target, format_args!("patch {} --patch='{patch}'", named(target)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testkit::{change, patched}, *};

    #[test]
    fn a_running_job_gets_a_deadline_that_has_passed() {
        let running = json!({"spec": {"parallelism": 1}, "status": {"active": 1}});
        let after = patched(&CancelJob, &running, &json!({}));
        assert_eq!(after["spec"], json!({"parallelism": 1, "activeDeadlineSeconds": 1}));
    }

    #[test]
    fn a_job_that_is_suspended_does_not_run_and_is_left_alone() {
        let refused = change(&CancelJob, &json!({"spec": {"suspend": true}}), &json!({}));
        assert_eq!(refused, Err(InvalidRequest::Unsuited(Unsuited::Suspended)));
    }

    #[test]
    fn a_job_that_ended_cannot_be_cancelled() {
        let status = json!({"conditions": [{"type": "Complete", "status": "True"}]});
        let refused = change(&CancelJob, &json!({"status": status}), &json!({}));
        assert_eq!(refused, Err(InvalidRequest::Unsuited(Unsuited::Ended)));
    }
}
