//! `rejoin-pod`: gives an isolated pod its labels back.

use serde_json::Value;

use super::{
    command::kubectl,
    isolate_pod::{ISOLATED, KEPT},
};
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef, Unsuited,
};

/// Gives an isolated pod the labels back that it had.
#[derive(Debug)]
pub struct RejoinPod;

impl Action for RejoinPod {
    fn name(&self) -> &'static str {
        "rejoin-pod"
    }

    fn summary(&self) -> &'static str {
        "Gives an isolated pod its labels back: Services send it requests again. Its controller takes it back too and, \
         having one too many, ends one of its pods."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Pod]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "", resources: &["pods"], verbs: &["patch"] }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let metadata = &subject.object["metadata"];
        let isolated = metadata["labels"].get(ISOLATED).is_some();
        let kept = metadata["annotations"][KEPT].as_str().filter(|_| isolated);
        let labels = kept.and_then(|kept| serde_json::from_str::<Value>(kept).ok());
        let labels = labels.filter(Value::is_object);
        let labels = labels.ok_or(InvalidRequest::Unsuited(Unsuited::NotIsolated))?;
        let mut wanted = subject.object.clone();
        wanted["metadata"]["labels"] = labels;
        if let Some(annotations) = wanted["metadata"]["annotations"].as_object_mut() {
            annotations.remove(KEPT);
        }
        Change::towards(subject.object, &wanted)
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::NoPod
    }

    fn follow(&self) -> Follow {
        Follow::Change
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("isolate-pod")
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        kubectl(target, format_args!("label pod {} {ISOLATED}- LABEL=VALUE", target.name))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        super::{IsolatePod, testkit::{change, patched}},
        *,
    };

    #[test]
    fn it_undoes_what_isolating_did() {
        let pod = json!({"metadata": {"labels": {"app": "api"}, "annotations": {"seen": "1"}}});
        let isolated = patched(&IsolatePod, &pod, &json!({}));
        assert_eq!(patched(&RejoinPod, &isolated, &json!({})), pod);
    }

    #[test]
    fn a_pod_that_is_not_isolated_has_nothing_to_rejoin() {
        let shipped_with_the_annotation = json!({KEPT: "{\"app\":\"another\"}"});
        for metadata in [json!({}), json!({"annotations": shipped_with_the_annotation})] {
            let refused = change(&RejoinPod, &json!({"metadata": metadata}), &json!({}));
            assert_eq!(refused, Err(InvalidRequest::Unsuited(Unsuited::NotIsolated)));
        }
    }
}
