//! `restart-pods`: evicts some pods of a workload in waves, and stops at the first whose replacement does not run.

use serde_json::{Value, json};

use super::command::{AT_ONCE, PODS_AT_ONCE, at_once, kubectl};
use crate::actions::{
    Action, Bounds, Change, Evictions, Fate, Fated, Follow, InvalidRequest, Parameter, Parameters,
    PodPin, Power, Reach, Reads, Subject, TargetKind, TargetRef, Unsuited, Until,
};

/// Evicts some pods of a workload, so many at a time.
#[derive(Debug)]
pub struct RestartPods;

const PODS: &str = "pods";
const PARAMETERS: &[Parameter] = &[Parameter::needed(PODS, Bounds::Pods), PODS_AT_ONCE];

impl Action for RestartPods {
    fn name(&self) -> &'static str {
        "restart-pods"
    }

    fn summary(&self) -> &'static str {
        "Evicts the chosen pods of the workload in waves, honouring disruption budgets. The next pods go once others \
         are ready in the place of the last; the first that does not run stops it."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Deployment, TargetKind::StatefulSet, TargetKind::DaemonSet]
    }

    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "", resources: &["pods/eviction"], verbs: &["create"] }]
    }

    fn reads(&self) -> Reads {
        Reads::Pods
    }

    fn current(&self, _object: &Value) -> Parameters {
        json!({AT_ONCE: 1}).as_object().cloned().unwrap_or_default()
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let is_kept = |name: &str| subject.pods.iter().any(|pod| pod.name.as_str() == name);
        if !chosen(subject.parameters).all(is_kept) {
            return Err(InvalidRequest::Unsuited(Unsuited::NoSuchPod));
        }
        let taken = self.fates(subject).into_iter().filter(|it| it.fate.is_taken());
        let pods: Vec<_> = taken.map(|it| PodPin::from(it.pod.as_ref())).collect();
        if pods.is_empty() {
            return Err(InvalidRequest::NothingToChange);
        }
        Ok(Change::Evictions(Evictions { first: None, pods, at_once: at_once(subject.parameters) }))
    }

    fn reach(&self, subject: &Subject<'_>) -> Reach {
        let fates = self.fates(subject);
        let ready = fates.iter().filter(|it| it.fate.is_taken() && it.pod.is_ready()).count();
        let ready = u32::try_from(ready).unwrap_or(u32::MAX);
        Reach::InWaves { missing: at_once(subject.parameters).min(ready) }
    }

    fn fates(&self, subject: &Subject<'_>) -> Vec<Fated> {
        let is_chosen = |name: &str| chosen(subject.parameters).any(|chosen| chosen == name);
        let pods = subject.pods.iter().filter(|pod| is_chosen(pod.name.as_str()));
        pods.map(|pod| Fated {
            pod: pod.clone(),
            fate: match pod.deleting_since {
                Some(_) => Fate::Ending,
                None if pod.has_ended() => Fate::Ended,
                None if pod.local_data => Fate::DataLost,
                None => Fate::Evicted,
            },
        })
        .collect()
    }

    fn follow(&self) -> Follow {
        Follow::Waves(Until::Replaced)
    }

    fn once_more(&self, parameters: &Parameters, left: &[PodPin]) -> Parameters {
        let names: Vec<_> = left.iter().map(|pod| pod.name.as_str()).collect();
        let these = (PODS.to_owned(), json!(names));
        parameters.clone().into_iter().chain([these]).collect()
    }

    fn kubectl(&self, target: &TargetRef, parameters: &Parameters) -> String {
        let pods: Vec<_> = chosen(parameters).collect();
        kubectl(target, format_args!("delete pod {}", pods.join(" ")))
    }
}

fn chosen(parameters: &Parameters) -> impl Iterator<Item = &str> {
    let names = parameters.get(PODS).and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str)
}
