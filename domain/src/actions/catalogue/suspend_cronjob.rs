//! `suspend-cronjob`: keeps a cron job from starting jobs.

use super::command::{kubectl, named};
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef,
};

/// Keeps a cron job from starting jobs.
#[derive(Debug)]
pub struct SuspendCronJob;

impl Action for SuspendCronJob {
    fn name(&self) -> &'static str {
        "suspend-cronjob"
    }

    fn summary(&self) -> &'static str {
        "Keeps the cron job from starting jobs until it is resumed. Jobs that run already run on."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::CronJob]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "batch", resources: &["cronjobs"], verbs: &["patch"] }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let mut wanted = subject.object.clone();
        wanted["spec"]["suspend"] = true.into();
        Change::towards(subject.object, &wanted)
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::NoPod
    }

    fn follow(&self) -> Follow {
        Follow::Change
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("resume-cronjob")
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        let patch = r#"{"spec":{"suspend":true}}"#;
        kubectl(target, format_args!("patch {} --patch='{patch}'", named(target)))
    }
}
