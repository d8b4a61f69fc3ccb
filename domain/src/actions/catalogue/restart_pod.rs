//! `restart-pod`: evicts a pod, so that its controller starts another one.

use super::command::kubectl;
use crate::actions::{
    Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
    TargetRef,
};

/// Evicts a pod, honouring disruption budgets.
#[derive(Debug)]
pub struct RestartPod;

impl Action for RestartPod {
    fn name(&self) -> &'static str {
        "restart-pod"
    }

    fn summary(&self) -> &'static str {
        "Evicts the pod through the Eviction API, honouring disruption budgets, so that its controller starts a new one."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Pod]
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "", resources: &["pods/eviction"], verbs: &["create"] }]
    }

    fn change(&self, _subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        Ok(Change::Evict)
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::ThePod
    }

    fn follow(&self) -> Follow {
        Follow::Replacement
    }

    fn kubectl(&self, target: &TargetRef, _parameters: &Parameters) -> String {
        let TargetRef { namespace, name, .. } = target;
        let path = format!("/api/v1/namespaces/{namespace}/pods/{name}/eviction");
        kubectl(target, format_args!("create --raw {path} -f eviction.json"))
    }
}
