//! `resize-hpa`: other bounds for an autoscaler.

use serde_json::Value;

use super::command::{kubectl, named, number_before};
use crate::actions::{
    Action, Bounds, Change, FieldChange, Follow, InvalidRequest, Parameter, Parameters, Power, Reach, Subject,
    TargetKind, TargetRef, Unsuited,
};

const LEAST: &str = "min_replicas";
const MOST: &str = "max_replicas";
/// The parameters, and where each stands in the spec.
const BOUNDS: [(&str, &str); 2] = [(LEAST, "minReplicas"), (MOST, "maxReplicas")];

/// Gives a horizontal pod autoscaler other bounds.
#[derive(Debug)]
pub struct ResizeHpa;

impl Action for ResizeHpa {
    fn name(&self) -> &'static str {
        "resize-hpa"
    }

    fn summary(&self) -> &'static str {
        "Gives the autoscaler other bounds: the least and the most replicas between which it chooses."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::HorizontalPodAutoscaler]
    }

    fn parameters(&self) -> &'static [Parameter] {
        const { &[
            Parameter::optional(LEAST, Bounds::Integer { least: 1, most: 1000 }),
            Parameter::optional(MOST, Bounds::Integer { least: 1, most: 1000 }),
        ] }
    }

    fn powers(&self) -> &'static [Power] {
        &[Power {
            group: "autoscaling",
            resources: &["horizontalpodautoscalers"],
            verbs: &["patch"],
        }]
    }

    fn current(&self, object: &Value) -> Parameters {
        let value = |field: &str| object["spec"].get(field).cloned();
        BOUNDS.into_iter().filter_map(|(name, field)| Some((name.to_owned(), value(field)?))).collect()
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let mut wanted = subject.object.clone();
        for (parameter, field) in BOUNDS {
            if let Some(value) = subject.parameters.get(parameter) {
                wanted["spec"][field] = value.clone();
            }
        }
        let bound = |field: &str| wanted["spec"][field].as_u64();
        if bound("minReplicas").unwrap_or(1) > bound("maxReplicas").unwrap_or(u64::MAX) {
            return Err(InvalidRequest::Unsuited(Unsuited::LeastAboveMost));
        }
        Change::towards(subject.object, &wanted)
    }

    fn reach(&self, subject: &Subject<'_>) -> Reach {
        let bound = |(name, field): (&str, &str)| {
            let said = subject.parameters.get(name);
            let value = said.unwrap_or(&subject.object["spec"][field]).as_u64();
            value.and_then(|number| u32::try_from(number).ok())
        };
        let [least, most] = BOUNDS.map(bound);
        Reach::Within { least: least.unwrap_or(1), most: most.unwrap_or(u32::MAX) }
    }

    fn follow(&self) -> Follow {
        Follow::Change
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("resize-hpa")
    }

    fn undone(&self, changes: &[FieldChange]) -> Parameters {
        let before = |(name, field): (&str, &str)| {
            Some((name.to_owned(), number_before(changes, &format!("spec.{field}"))?))
        };
        BOUNDS.into_iter().filter_map(before).collect()
    }

    fn kubectl(&self, target: &TargetRef, parameters: &Parameters) -> String {
        let bounds = BOUNDS
            .into_iter()
            .filter_map(|(name, field)| Some(format!("\"{field}\":{}", parameters.get(name)?)));
        let bounds = bounds.collect::<Vec<_>>().join(",");
        let patch = format!("{{\"spec\":{{{bounds}}}}}");
        kubectl(target, format_args!("patch {} --type=merge --patch='{patch}'", named(target)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testkit::{change, patched}, *};
    use crate::actions::field_changes;

    #[test]
    fn a_bound_that_is_left_out_stays() {
        let before = json!({"spec": {"minReplicas": 2, "maxReplicas": 10}});
        let after = patched(&ResizeHpa, &before, &json!({MOST: 20}));
        assert_eq!(after, json!({"spec": {"minReplicas": 2, "maxReplicas": 20}}));
    }

    #[test]
    fn the_way_back_leads_to_the_bounds_that_were_moved() {
        let before = json!({"spec": {"minReplicas": 2, "maxReplicas": 10}});
        let after = json!({"spec": {"minReplicas": 2, "maxReplicas": 20}});
        let undone = ResizeHpa.undone(&field_changes(&before, &after));
        assert_eq!(Value::from(undone), json!({ MOST: 10 }));
    }

    #[test]
    fn bounds_that_cross_and_bounds_that_stay_are_refused() {
        let before = json!({"spec": {"minReplicas": 2, "maxReplicas": 10}});
        let crossed = change(&ResizeHpa, &before, &json!({LEAST: 11}));
        assert_eq!(crossed, Err(InvalidRequest::Unsuited(Unsuited::LeastAboveMost)));
        assert_eq!(change(&ResizeHpa, &before, &json!({})), Err(InvalidRequest::NothingToChange));
    }
}
