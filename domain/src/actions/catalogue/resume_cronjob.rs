//! `resume-cronjob`: lets a suspended cron job start jobs again.

use super::command::{kubectl, named};
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef,
};

/// Lets a suspended cron job start jobs again.
#[derive(Debug)]
pub struct ResumeCronJob;

impl Action for ResumeCronJob {
    fn name(&self) -> &'static str {
        "resume-cronjob"
    }

    fn summary(&self) -> &'static str {
        "Lets a suspended cron job start jobs again at its next times. Where it has a starting deadline, a time that passed within it is made up for at once."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::CronJob]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "batch", resources: &["cronjobs"], verbs: &["patch"] }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let mut wanted = subject.object.clone();
        wanted["spec"]["suspend"] = false.into();
        Change::towards(subject.object, &wanted)
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::NoPod
    }

    fn follow(&self) -> Follow {
        Follow::Change
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("suspend-cronjob")
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        let patch = r#"{"spec":{"suspend":false}}"#;
        kubectl(target, format_args!("patch {} --patch='{patch}'", named(target)))
    }
}
