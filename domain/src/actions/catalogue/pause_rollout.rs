//! `pause-rollout`: stops a rollout where it stands.

use super::command::{kubectl, named};
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef,
};

/// Stops a rollout where it stands.
#[derive(Debug)]
pub struct PauseRollout;

impl Action for PauseRollout {
    fn name(&self) -> &'static str {
        "pause-rollout"
    }

    fn summary(&self) -> &'static str {
        "Stops the rollout where it stands: old and new pods go on running side by side, and no new template is rolled \
         out until it is resumed."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Deployment]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "apps", resources: &["deployments"], verbs: &["patch"] }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let mut wanted = subject.object.clone();
        wanted["spec"]["paused"] = true.into();
        Change::towards(subject.object, &wanted)
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::NoPod
    }

    fn follow(&self) -> Follow {
        Follow::Change
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("resume-rollout")
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        kubectl(target, format_args!("rollout pause {}", named(target)))
    }
}
