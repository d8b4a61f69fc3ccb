//! `drain`: keeps new pods away from a node, then evicts those that are on it, in waves.

use serde_json::{Value, json};

use super::command::{AT_ONCE, PODS_AT_ONCE, at_once, kubectl, said};
use crate::{
    actions::{
        Action, Bounds, Change, Evictions, Fate, Fated, Follow, InvalidRequest, LOSE, Parameter,
        Parameters, PodPin, Power, Reach, Reads, STAY, Subject, TargetKind, TargetRef, Until,
    },
    resources::PodRow,
};

/// Empties a node of all that can be started elsewhere.
#[derive(Debug)]
pub struct Drain;

const LOCAL_DATA: &str = "local_data";
const UNMANAGED: &str = "unmanaged";
const PARAMETERS: &[Parameter] = &[
    PODS_AT_ONCE,
    Parameter::needed(LOCAL_DATA, Bounds::StayOrLose),
    Parameter::needed(UNMANAGED, Bounds::StayOrLose),
];

impl Action for Drain {
    fn name(&self) -> &'static str {
        "drain"
    }

    fn summary(&self) -> &'static str {
        "Cordons the node, then evicts its pods in waves, honouring disruption budgets. Mirror pods and those of \
         DaemonSets stay; whether pods with emptyDir data and pods that nothing would start again go is asked. Pods \
         that come to the node after it was asked for are not touched."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Node]
    }

    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn powers(&self) -> &'static [Power] {
        &[
            Power { group: "", resources: &["nodes"], verbs: &["patch"] },
            Power { group: "", resources: &["pods/eviction"], verbs: &["create"] },
        ]
    }

    fn reads(&self) -> Reads {
        Reads::Pods
    }

    fn current(&self, _object: &Value) -> Parameters {
        let careful = json!({AT_ONCE: 5, LOCAL_DATA: STAY, UNMANAGED: STAY});
        careful.as_object().cloned().unwrap_or_default()
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let taken = self.fates(subject).into_iter().filter(|it| it.fate.is_taken());
        Ok(Change::Evictions(Evictions {
            first: Some(json!({"spec": {"unschedulable": true}})),
            pods: taken.map(|it| PodPin::from(it.pod.as_ref())).collect(),
            at_once: at_once(subject.parameters),
        }))
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        // Only that they are gone is waited for: for a while, all of a workload's may be missing.
        Reach::InWaves { missing: u32::MAX }
    }

    fn fates(&self, subject: &Subject<'_>) -> Vec<Fated> {
        let fate = |pod: &PodRow| fate(pod, subject.parameters);
        subject.pods.iter().map(|pod| Fated { pod: pod.clone(), fate: fate(pod) }).collect()
    }

    fn follow(&self) -> Follow {
        Follow::Waves(Until::Gone)
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("uncordon")
    }

    fn kubectl(&self, target: &TargetRef, parameters: &Parameters) -> String {
        let local_data = if loses(parameters, LOCAL_DATA) { " --delete-emptydir-data" } else { "" };
        let unmanaged = if loses(parameters, UNMANAGED) { " --force" } else { "" };
        let flags = format!("--ignore-daemonsets{local_data}{unmanaged}");
        kubectl(target, format_args!("drain {} {flags}", target.name))
    }
}

/// What becomes of a pod. What would be lost for good goes only where that was said.
fn fate(pod: &PodRow, parameters: &Parameters) -> Fate {
    let over = pod.is_completed() || pod.phase == "Failed";
    let owner = pod.owner.as_ref().map(|owner| owner.kind.as_str());
    match owner {
        _ if pod.mirror => Fate::Mirror,
        _ if pod.deleting_since.is_some() => Fate::Ending,
        Some("DaemonSet") if !over => Fate::Daemon,
        _ if over => Fate::Ended,
        None if !loses(parameters, UNMANAGED) => Fate::Unmanaged,
        _ if pod.local_data && !loses(parameters, LOCAL_DATA) => Fate::LocalData,
        None => Fate::Lost,
        _ if pod.local_data => Fate::DataLost,
        Some(_) => Fate::Evicted,
    }
}

fn loses(parameters: &Parameters, what: &str) -> bool {
    said(parameters, what) == LOSE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod(what: &Value) -> PodRow {
        let mut row = json!({
            "namespace": "checkout", "name": "api-0", "uid": "p", "phase": "Running", "status": "Running",
            "ready": 1, "containers_total": 1, "restarts": 0, "restarted_at": null, "deleting_since": null,
            "created_at": "2026-01-01T00:00:00.000000Z", "node": "node-1", "containers": [], "message": null,
            "owner": {"kind": "ReplicaSet", "name": "api", "uid": "w"}, "labels": {}, "conditions": [],
            "service_account": null, "ip": null,
        });
        for (field, value) in what.as_object().unwrap() {
            row[field] = value.clone();
        }
        serde_json::from_value(row).unwrap()
    }

    #[test]
    fn what_would_be_lost_for_good_goes_only_where_that_was_said() {
        let daemon = json!({"kind": "DaemonSet", "name": "agent", "uid": "d"});
        let ended = "2026-01-01T00:00:00.000000Z";
        let both_lost = json!({"local_data": LOSE, "unmanaged": LOSE});
        let both_stay = json!({"local_data": STAY, "unmanaged": STAY});
        for (what, careful, careless) in [
            (json!({}), Fate::Evicted, Fate::Evicted),
            (json!({"mirror": true, "owner": null}), Fate::Mirror, Fate::Mirror),
            (json!({"owner": daemon}), Fate::Daemon, Fate::Daemon),
            (json!({"owner": daemon, "local_data": true}), Fate::Daemon, Fate::Daemon),
            (json!({"owner": daemon, "phase": "Failed"}), Fate::Ended, Fate::Ended),
            (json!({"local_data": true}), Fate::LocalData, Fate::DataLost),
            (json!({"local_data": true, "phase": "Succeeded"}), Fate::Ended, Fate::Ended),
            (json!({"owner": null}), Fate::Unmanaged, Fate::Lost),
            (json!({"owner": null, "local_data": true}), Fate::Unmanaged, Fate::Lost),
            (json!({"deleting_since": ended}), Fate::Ending, Fate::Ending),
        ] {
            let fated = |said: &Value| fate(&pod(&what), said.as_object().unwrap());
            assert_eq!((fated(&both_stay), fated(&both_lost)), (careful, careless), "{what}");
            assert_eq!(fate(&pod(&what), &Parameters::new()), careful, "unsaid: {what}");
        }
    }

    #[test]
    fn each_loss_is_said_apart() {
        let fated = |what: &Value, said: &Value| fate(&pod(what), said.as_object().unwrap());
        let (scratch, alone) = (json!({"local_data": true}), json!({"owner": null}));
        assert_eq!(fated(&scratch, &json!({"unmanaged": LOSE})), Fate::LocalData);
        assert_eq!(fated(&alone, &json!({"local_data": LOSE})), Fate::Unmanaged);
        let both = json!({"owner": null, "local_data": true});
        assert_eq!(fated(&both, &json!({"unmanaged": LOSE})), Fate::LocalData);
    }
}
