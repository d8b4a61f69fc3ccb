//! `scale`: another number of replicas.

use serde_json::Value;

use super::command::{kubectl, named, number_before, said};
use crate::actions::{
    Action, Bounds, Change, FieldChange, Follow, InvalidRequest, Parameter, Parameters, Power, Reach, Subject,
    TargetKind, TargetRef,
};

const REPLICAS: &str = "replicas";

/// Asks for another number of replicas.
#[derive(Debug)]
pub struct Scale;

impl Action for Scale {
    fn name(&self) -> &'static str {
        "scale"
    }

    fn summary(&self) -> &'static str {
        "Asks for another number of replicas. Where an autoscaler minds the workload, it may ask for yet another."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Deployment, TargetKind::StatefulSet]
    }

    fn parameters(&self) -> &'static [Parameter] {
        const { &[Parameter::needed(REPLICAS, Bounds::Integer { least: 0, most: 1000 })] }
    }

    fn powers(&self) -> &'static [Power] {
        &[Power {
            group: "apps",
            resources: &["deployments/scale", "statefulsets/scale"],
            verbs: &["patch"],
        }]
    }

    fn current(&self, object: &Value) -> Parameters {
        let replicas = &object["spec"]["replicas"];
        [(REPLICAS.to_owned(), replicas.clone())].into_iter().collect()
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        Change::scale(subject.object, said(subject.parameters, REPLICAS))
    }

    fn reach(&self, subject: &Subject<'_>) -> Reach {
        let replicas = said(subject.parameters, REPLICAS).as_u64().and_then(|n| u32::try_from(n).ok());
        Reach::DownTo(replicas.unwrap_or(0))
    }

    fn follow(&self) -> Follow {
        Follow::Replicas
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("scale")
    }

    fn undone(&self, changes: &[FieldChange]) -> Parameters {
        number_before(changes, "spec.replicas").map(|it| (REPLICAS.to_owned(), it)).into_iter().collect()
    }

    fn kubectl(&self, target: &TargetRef, parameters: &Parameters) -> String {
        let replicas = said(parameters, REPLICAS);
        kubectl(target, format_args!("scale {} --replicas={replicas}", named(target)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testkit::change, *};
    use crate::actions::{Part, field_changes};

    #[test]
    fn only_the_scale_subresource_is_touched() {
        let object = json!({"spec": {"replicas": 3, "paused": true}});
        let patch = json!({"spec": {"replicas": 5}});
        let five = change(&Scale, &object, &json!({REPLICAS: 5}));
        assert_eq!(five, Ok(Change::Patch { part: Part::Scale, patch }));
        let three = change(&Scale, &object, &json!({REPLICAS: 3}));
        assert_eq!(three, Err(InvalidRequest::NothingToChange));
    }

    #[test]
    fn the_way_back_leads_to_as_many_as_there_were() {
        let [three, none] = [3, 0].map(|n| json!({"spec": {"replicas": n}}));
        for (before, after, replicas) in [(&three, &none, 3), (&none, &three, 0)] {
            let undone = Scale.undone(&field_changes(before, after));
            assert_eq!(Value::from(undone), json!({ REPLICAS: replicas }));
        }
        assert_eq!(Scale.undone(&[]), Parameters::new());
    }
}
