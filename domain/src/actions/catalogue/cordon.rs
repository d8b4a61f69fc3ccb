//! `cordon`: keeps new pods off a node.

use super::command::kubectl;
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef,
};

/// Keeps new pods off a node.
#[derive(Debug)]
pub struct Cordon;

impl Action for Cordon {
    fn name(&self) -> &'static str {
        "cordon"
    }

    fn summary(&self) -> &'static str {
        "Keeps new pods off the node until it is uncordoned. Pods that run on it run on."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Node]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "", resources: &["nodes"], verbs: &["patch"] }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let mut wanted = subject.object.clone();
        wanted["spec"]["unschedulable"] = true.into();
        Change::towards(subject.object, &wanted)
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::NoPod
    }

    fn follow(&self) -> Follow {
        Follow::Change
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("uncordon")
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        kubectl(target, format_args!("cordon {}", target.name))
    }
}
