//! `rollout-restart`: replaces every pod of a workload, some at a time.

use super::command::{kubectl, named};
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef, Unsuited,
};

/// The annotation by which `kubectl rollout restart` does it too.
const RESTARTED_AT: &str = "kubectl.kubernetes.io/restartedAt";

/// Replaces every pod of a workload, as its rollout strategy says.
#[derive(Debug)]
pub struct RolloutRestart;

impl Action for RolloutRestart {
    fn name(&self) -> &'static str {
        "rollout-restart"
    }

    fn summary(&self) -> &'static str {
        "Replaces every pod of the workload by a new one of the same template, as many at a time as its rollout \
         strategy allows."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Deployment, TargetKind::StatefulSet, TargetKind::DaemonSet]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power {
            group: "apps",
            resources: &["deployments", "statefulsets", "daemonsets"],
            verbs: &["patch"],
        }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        refuse_what_rolls_nothing(subject)?;
        let mut wanted = subject.object.clone();
        let annotations = &mut wanted["spec"]["template"]["metadata"]["annotations"];
        annotations[RESTARTED_AT] = subject.asked_at.to_string().into();
        Change::towards(subject.object, &wanted)
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::EachInTurn
    }

    fn follow(&self) -> Follow {
        Follow::Rollout
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("rollback")
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        kubectl(target, format_args!("rollout restart {}", named(target)))
    }
}

/// A new template changes no pod while the rollout is paused, where pods are replaced by hand only, or where a
/// partition holds all of them back.
pub(super) fn refuse_what_rolls_nothing(subject: &Subject<'_>) -> Result<(), InvalidRequest> {
    let spec = &subject.object["spec"];
    if spec["paused"] == true {
        return Err(InvalidRequest::Unsuited(Unsuited::Paused));
    }
    if spec["updateStrategy"]["type"] == "OnDelete" {
        return Err(InvalidRequest::Unsuited(Unsuited::ReplacedByHand));
    }
    let partition = spec["updateStrategy"]["rollingUpdate"]["partition"].as_u64().unwrap_or(0);
    if partition > 0 && partition >= spec["replicas"].as_u64().unwrap_or(1) {
        return Err(InvalidRequest::Unsuited(Unsuited::HeldByPartition));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::testkit::{change, patched}, *};

    #[test]
    fn only_the_moment_is_written_into_the_template() {
        let before = json!({"spec": {"template": {"metadata": {"labels": {"app": "api"}}}}});
        let mut after = patched(&RolloutRestart, &before, &json!({}));
        let annotations = after["spec"]["template"]["metadata"].as_object_mut().unwrap();
        let annotations = annotations.remove("annotations").unwrap();
        assert_eq!(annotations, json!({RESTARTED_AT: "2026-01-01T00:00:00.000000Z"}));
        assert_eq!(after, before);
    }

    #[test]
    fn what_would_roll_nothing_is_refused() {
        for (spec, why) in [
            (json!({"paused": true}), Unsuited::Paused),
            (json!({"updateStrategy": {"type": "OnDelete"}}), Unsuited::ReplacedByHand),
            (partitioned(3), Unsuited::HeldByPartition),
        ] {
            let refused = change(&RolloutRestart, &json!({"spec": spec}), &json!({}));
            assert_eq!(refused, Err(InvalidRequest::Unsuited(why)));
        }
        let last = change(&RolloutRestart, &json!({"spec": partitioned(2)}), &json!({}));
        assert!(last.is_ok(), "its last pod is restarted");
    }

    /// Three replicas, of which so many are held back.
    fn partitioned(partition: u32) -> Value {
        let strategy = json!({"type": "RollingUpdate", "rollingUpdate": {"partition": partition}});
        json!({"replicas": 3, "updateStrategy": strategy})
    }
}
