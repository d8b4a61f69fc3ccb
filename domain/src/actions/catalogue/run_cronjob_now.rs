//! `run-cronjob-now`: starts the job of a cron job without waiting for its time.

use serde_json::json;

use super::command::{kubectl, named};
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef,
};

/// The annotation by which `kubectl create job --from` marks its jobs.
const INSTANTIATED: &str = "cronjob.kubernetes.io/instantiate";
/// The annotation that tells whose job it is.
const REQUEST: &str = "sekisho.dev/request";
/// The longest name of a job whose pods can still be named after it.
const NAME_MAX: usize = 63;

/// Starts the job of a cron job now.
#[derive(Debug)]
pub struct RunCronJobNow;

impl Action for RunCronJobNow {
    fn name(&self) -> &'static str {
        "run-cronjob-now"
    }

    fn summary(&self) -> &'static str {
        "Starts one job from the cron job's template now, suspended or not. Its schedule goes on as before, and jobs \
         that run already run beside it."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::CronJob]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "batch", resources: &["jobs"], verbs: &["create"] }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let cron_job = subject.object;
        let template = &cron_job["spec"]["jobTemplate"];
        let mut annotations = template["metadata"]["annotations"].clone();
        if !annotations.is_object() {
            annotations = json!({});
        }
        annotations[INSTANTIATED] = "manual".into();
        if let Some(request) = subject.request {
            annotations[REQUEST] = request.to_string().into();
        }
        let metadata = &cron_job["metadata"];
        let owner = json!({
            "apiVersion": cron_job["apiVersion"],
            "kind": "CronJob",
            "name": metadata["name"],
            "uid": metadata["uid"],
            "controller": true,
        });
        let object = json!({
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": {
                "name": job_name(subject),
                "namespace": metadata["namespace"],
                "labels": template["metadata"]["labels"].as_object().cloned().unwrap_or_default(),
                "annotations": annotations,
                "ownerReferences": [owner],
            },
            "spec": template["spec"],
        });
        Ok(Change::Create { kind: TargetKind::Job, object })
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::NoPod
    }

    fn follow(&self) -> Follow {
        Follow::Start
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        kubectl(target, format_args!("create job {}-now --from={}", target.name, named(target)))
    }
}

/// The same request always makes a job of the same name.
fn job_name(subject: &Subject<'_>) -> String {
    let cron_job = subject.object["metadata"]["name"].as_str().unwrap_or_default();
    // The end of a UUIDv7 is its random part.
    let end = subject.request.map(|request| request.to_string()).unwrap_or_default();
    let end = end.rsplit('-').next().filter(|end| !end.is_empty()).unwrap_or("preview");
    let room = NAME_MAX - end.len() - 1;
    let name: String = cron_job.chars().take(room).collect();
    format!("{}-{end}", name.trim_end_matches(['-', '.']))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{super::testkit::change, *};

    fn made(cron_job: &Value) -> Value {
        match change(&RunCronJobNow, cron_job, &json!({})) {
            Ok(Change::Create { kind: TargetKind::Job, object }) => object,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_job_as_the_cron_job_would_make_it_with_a_name_of_the_request() {
        let cron_job = json!({
            "apiVersion": "batch/v1",
            "metadata": {"name": "nightly", "namespace": "ledger", "uid": "c-1"},
            "spec": {"jobTemplate": {"metadata": {"labels": {"app": "nightly"}}, "spec": {"backoffLimit": 2}}},
        });
        let job = made(&cron_job);
        assert_eq!(job["spec"], json!({"backoffLimit": 2}));
        assert_eq!(job["metadata"]["labels"], json!({"app": "nightly"}));
        assert_eq!(job["metadata"]["ownerReferences"][0]["uid"], "c-1");
        assert!(job["metadata"]["name"].as_str().unwrap().starts_with("nightly-"));
        assert_eq!(made(&cron_job), job);
    }

    #[test]
    fn a_long_name_leaves_room_for_the_names_of_pods() {
        let job = made(&json!({"metadata": {"name": "n".repeat(200)}}));
        assert!(job["metadata"]["name"].as_str().unwrap().len() <= NAME_MAX);
    }
}
