//! `resume-rollout`: lets a paused rollout go on.

use super::command::{kubectl, named};
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef,
};

/// Lets a paused rollout go on.
#[derive(Debug)]
pub struct ResumeRollout;

impl Action for ResumeRollout {
    fn name(&self) -> &'static str {
        "resume-rollout"
    }

    fn summary(&self) -> &'static str {
        "Lets a paused rollout go on: pods that are not of the newest template are replaced."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Deployment]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "apps", resources: &["deployments"], verbs: &["patch"] }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        if subject.object["spec"]["paused"] != true {
            return Err(InvalidRequest::NothingToChange);
        }
        let mut wanted = subject.object.clone();
        if let Some(spec) = wanted["spec"].as_object_mut() {
            spec.remove("paused");
        }
        Change::towards(subject.object, &wanted)
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::EachInTurn
    }

    fn follow(&self) -> Follow {
        Follow::Rollout
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("pause-rollout")
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        kubectl(target, format_args!("rollout resume {}", named(target)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        super::{PauseRollout, testkit::{change, patched}},
        *,
    };

    #[test]
    fn each_of_the_two_undoes_the_other_and_neither_does_nothing() {
        let running = json!({"spec": {"replicas": 2}});
        let paused = patched(&PauseRollout, &running, &json!({}));
        assert_eq!(paused, json!({"spec": {"replicas": 2, "paused": true}}));
        assert_eq!(patched(&ResumeRollout, &paused, &json!({})), running);
        for (action, object) in [(&PauseRollout as &dyn Action, &paused), (&ResumeRollout, &running)] {
            assert_eq!(change(action, object, &json!({})), Err(InvalidRequest::NothingToChange));
        }
    }
}
