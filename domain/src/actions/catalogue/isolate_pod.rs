//! `isolate-pod`: takes a pod out of everything that selects it, and keeps it running to be looked at.

use serde_json::{Map, Value, json};

use super::command::kubectl;
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef, Unsuited,
};

/// The label that an isolated pod carries instead of all of its own.
pub(super) const ISOLATED: &str = "sekisho.dev/isolated";
/// The annotation that keeps its own labels for the day it rejoins.
pub(super) const KEPT: &str = "sekisho.dev/isolated-labels";

/// Takes a pod's labels away, so that nothing selects it any more.
#[derive(Debug)]
pub struct IsolatePod;

impl Action for IsolatePod {
    fn name(&self) -> &'static str {
        "isolate-pod"
    }

    fn summary(&self) -> &'static str {
        "Takes the pod's labels away and keeps them in an annotation: Services send it nothing any more, its controller \
         lets go of it and starts another one, and the pod runs on to be looked at. Network policies that select it by \
         its labels no longer do."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Pod]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "", resources: &["pods"], verbs: &["patch"] }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let metadata = &subject.object["metadata"];
        let owners = metadata["ownerReferences"].as_array();
        let by_stateful_set = |owner: &Value| owner["kind"] == "StatefulSet";
        if owners.is_some_and(|owners| owners.iter().any(by_stateful_set)) {
            // Its successor would need its name.
            return Err(InvalidRequest::Unsuited(Unsuited::KeptByStatefulSet));
        }
        if metadata["labels"].get(ISOLATED).is_some() {
            return Err(InvalidRequest::NothingToChange);
        }
        let labels = metadata["labels"].as_object().cloned().unwrap_or_default();
        let kept = Value::Object(labels.clone()).to_string();
        let mut patch: Map<_, _> = labels.into_iter().map(|(name, _)| (name, Value::Null)).collect();
        patch.insert(ISOLATED.to_owned(), Value::from("true"));
        let patch = json!({"metadata": {"labels": patch, "annotations": {KEPT: kept}}});
        Ok(Change::Patch { part: crate::actions::Part::Whole, patch })
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::ThePod
    }

    fn follow(&self) -> Follow {
        Follow::Release
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("rejoin-pod")
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        kubectl(target, format_args!("label pod {} --overwrite {ISOLATED}=true LABEL-", target.name))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testkit::{change, patched}, *};

    #[test]
    fn no_selector_finds_it_any_more_and_its_labels_are_kept() {
        let pod = json!({"metadata": {"labels": {"app": "api", "track": "stable"}}});
        let after = patched(&IsolatePod, &pod, &json!({}));
        assert_eq!(after["metadata"]["labels"], json!({ISOLATED: "true"}));
        let kept = after["metadata"]["annotations"][KEPT].as_str().unwrap();
        assert_eq!(serde_json::from_str::<Value>(kept).unwrap(), pod["metadata"]["labels"]);
        let again = change(&IsolatePod, &after, &json!({}));
        assert_eq!(again, Err(InvalidRequest::NothingToChange));
    }

    #[test]
    fn a_pod_whose_name_its_successor_needs_stays() {
        let pod = json!({"metadata": {"ownerReferences": [{"kind": "StatefulSet"}]}});
        let refused = change(&IsolatePod, &pod, &json!({}));
        assert_eq!(refused, Err(InvalidRequest::Unsuited(Unsuited::KeptByStatefulSet)));
    }
}
