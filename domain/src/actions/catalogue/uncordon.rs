//! `uncordon`: lets new pods onto a node again.

use super::command::kubectl;
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef,
};

/// Lets new pods onto a node again.
#[derive(Debug)]
pub struct Uncordon;

impl Action for Uncordon {
    fn name(&self) -> &'static str {
        "uncordon"
    }

    fn summary(&self) -> &'static str {
        "Lets new pods onto the node again. Pods that moved elsewhere stay there."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Node]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "", resources: &["nodes"], verbs: &["patch"] }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        if subject.object["spec"]["unschedulable"] != true {
            return Err(InvalidRequest::NothingToChange);
        }
        let mut wanted = subject.object.clone();
        // The API server leaves it out where it is false.
        if let Some(spec) = wanted["spec"].as_object_mut() {
            spec.remove("unschedulable");
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
        Some("cordon")
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        kubectl(target, format_args!("uncordon {}", target.name))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        super::{Cordon, testkit::{change, patched}},
        *,
    };

    #[test]
    fn each_of_the_two_undoes_the_other_and_neither_does_nothing() {
        let open = json!({"spec": {"podCIDR": "10.244.1.0/24"}});
        let cordoned = patched(&Cordon, &open, &json!({}));
        assert_eq!(cordoned["spec"]["unschedulable"], true);
        assert_eq!(patched(&Uncordon, &cordoned, &json!({})), open);
        let said_to_be_open = json!({"spec": {"unschedulable": false}});
        let nothing = Err(InvalidRequest::NothingToChange);
        assert_eq!(change(&Cordon, &cordoned, &json!({})), nothing);
        assert_eq!(change(&Uncordon, &open, &json!({})), nothing);
        assert_eq!(change(&Uncordon, &said_to_be_open, &json!({})), nothing);
    }

    #[test]
    fn a_taint_that_comes_and_goes_changes_nothing_about_what_is_sent() {
        let tainted = json!({"spec": {"taints": [{"key": "node.kubernetes.io/not-ready"}]}});
        let untainted = json!({"spec": {"podCIDR": "10.244.1.0/24"}});
        let sent = |node| change(&Cordon, node, &json!({}));
        assert_eq!(sent(&tainted), sent(&untainted));
    }

    #[test]
    fn kubectl_is_told_no_namespace() {
        let node = TargetRef {
            cluster: "main".parse().unwrap(),
            namespace: crate::names::Namespace::platform(),
            kind: TargetKind::Node,
            name: "node-a-1".parse().unwrap(),
        };
        let typed = Uncordon.kubectl(&node, &Parameters::new());
        assert_eq!(typed, "kubectl --context main uncordon node-a-1");
    }
}
