//! `delete-pod`: takes a pod that hangs out of the cluster's books at once.

use super::command::kubectl;
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef,
};

/// Deletes a pod without waiting for it.
#[derive(Debug)]
pub struct DeletePod;

impl Action for DeletePod {
    fn name(&self) -> &'static str {
        "delete-pod"
    }

    fn summary(&self) -> &'static str {
        "Deletes the pod at once, without grace and without asking disruption budgets. For a pod that hangs: what it \
         was doing is lost, and on a node that does not answer it may go on running beside its replacement."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Pod]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "", resources: &["pods"], verbs: &["delete"] }]
    }

    fn change(&self, _subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        Ok(Change::Delete { grace_seconds: Some(0) })
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::ThePod
    }

    fn follow(&self) -> Follow {
        Follow::Replacement
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        kubectl(target, format_args!("delete pod {} --grace-period=0 --force", target.name))
    }
}
