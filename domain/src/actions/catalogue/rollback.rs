//! `rollback`: gives a workload the template back that it had at an earlier revision.

use super::{
    command::{kubectl, named, said},
    rollout_restart::refuse_what_rolls_nothing,
};
use crate::actions::{
    Action, Bounds, Change, Follow, InvalidRequest, Parameter, Parameters, Power, Reach, Reads,
    Subject, TargetKind, TargetRef,
};

const REVISION: &str = "revision";

/// Gives a workload the pod template of an earlier revision.
#[derive(Debug)]
pub struct Rollback;

impl Action for Rollback {
    fn name(&self) -> &'static str {
        "rollback"
    }

    fn summary(&self) -> &'static str {
        "Gives the workload the pod template back that it had at an earlier revision, and rolls that out. Replicas and \
         everything else outside the template stay."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Deployment, TargetKind::StatefulSet, TargetKind::DaemonSet]
    }

    fn parameters(&self) -> &'static [Parameter] {
        const { &[Parameter::needed(REVISION, Bounds::Revision)] }
    }

    fn powers(&self) -> &'static [Power] {
        &[Power {
            group: "apps",
            resources: &["deployments", "statefulsets", "daemonsets"],
            verbs: &["patch"],
        }]
    }

    fn reads(&self) -> Reads {
        Reads::Revisions
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        refuse_what_rolls_nothing(subject)?;
        let number = said(subject.parameters, REVISION);
        let revision = subject.revisions.iter().find(|revision| *number == revision.number);
        let revision = revision.ok_or_else(|| InvalidRequest::Parameter {
            name: REVISION.to_owned(),
            rule: Bounds::Revision.rule(),
        })?;
        let mut wanted = subject.object.clone();
        wanted["spec"]["template"] = revision.template.clone();
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

    fn kubectl(&self, target: &TargetRef, parameters: &Parameters) -> String {
        let revision = said(parameters, REVISION);
        kubectl(target, format_args!("rollout undo {} --to-revision={revision}", named(target)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::testkit::change_knowing, *};
    use crate::{
        actions::{Revision, merged},
        testkit::ManualClock,
        time::Clock,
    };

    fn template(image: &str) -> Value {
        json!({"spec": {"containers": [{"name": "api", "image": image}]}})
    }

    fn rolled_back(revision: i64) -> Result<Value, InvalidRequest> {
        let mut now = template("api:2");
        now["metadata"] = json!({"annotations": {"added": "later"}});
        let object = json!({"spec": {"replicas": 3, "template": now}});
        let earlier = Revision {
            number: 1,
            created_at: ManualClock::default().now(),
            template: template("api:1"),
        };
        let parameters = json!({REVISION: revision});
        match change_knowing(&Rollback, &object, &[earlier], &parameters)? {
            Change::Patch { patch, .. } => Ok(merged(&object, &patch)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_template_is_exactly_the_earlier_one_and_nothing_else_moves() {
        let after = rolled_back(1).unwrap();
        assert_eq!(after, json!({"spec": {"replicas": 3, "template": template("api:1")}}));
    }

    #[test]
    fn a_revision_that_is_not_there_is_refused() {
        assert!(matches!(rolled_back(7), Err(InvalidRequest::Parameter { .. })));
    }
}
