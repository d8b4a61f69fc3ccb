//! What is concluded of workloads that were changed.

use std::{sync::Arc, time::Duration};

use domain::{
    actions::{
        Accepted, ActionKind, Before, Change, Execution, Finding, NewRequest, Part, Request,
        RequestState, Sight, Target, TargetKind, Verdict,
        catalogue::{PauseRollout, Scale},
    },
    approvals::Decision,
    policy::Tier,
    resources::{ConditionRow, WorkloadKind, WorkloadRow},
};
use serde_json::{Value, json};

use crate::fixtures::{REQUESTER, preview, settings, signed, start, target, wish};

const SETTLE: Duration = Duration::from_mins(5);

/// An execution on a deployment that the cluster accepted as this generation.
fn executing(action: ActionKind, parameters: &Value, change: Change) -> (Request, Execution) {
    let target = Target { kind: TargetKind::Deployment, uid: "api-uid".to_owned(), ..target() };
    let parameters = parameters.as_object().unwrap().clone();
    let new = NewRequest { action, target, parameters, ..wish() };
    let request = Request::ask(new, &settings(0), Tier(2), preview(), start()).unwrap();
    let touch = signed(REQUESTER, Decision::Execute, request.digest);
    let request = request.begin(touch, change, Before::default(), &settings(0), start()).unwrap();
    let accepted = Accepted { audit_id: None, generation: Some(7) };
    let request = request.acknowledge(accepted).unwrap();
    let RequestState::Executing(execution) = request.state.clone() else { unreachable!() };
    (request, *execution)
}

fn scaled_to_five() -> (Request, Execution) {
    let patch = json!({"spec": {"replicas": 5}});
    let change = Change::Patch { part: Part::Scale, patch };
    executing(ActionKind::of(&Scale), &json!({"replicas": 5}), change)
}

fn deployment(generation: i64, desired: u32, ready: u32) -> WorkloadRow {
    WorkloadRow {
        namespace: target().namespace,
        kind: WorkloadKind::Deployment,
        name: "api".parse().unwrap(),
        uid: "api-uid".to_owned(),
        owner: None,
        desired,
        ready,
        total: ready,
        updated: ready,
        held_back: 0,
        available: ready,
        images: Vec::new(),
        conditions: Vec::new(),
        created_at: start(),
        generation,
        settling: false,
    }
}

fn seen(row: WorkloadRow, after: Duration) -> Option<Verdict> {
    let (request, execution) = scaled_to_five();
    let (workloads, now) = ([Arc::new(row)], start().plus(after));
    request.observe(&execution, Sight { pods: &[], workloads: &workloads, object: None, now })
}

fn reason(verdict: Option<Verdict>) -> Finding {
    match verdict {
        Some(Verdict::Failed { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_view_from_before_the_change_tells_nothing_of_it() {
    assert_eq!(seen(deployment(6, 3, 3), Duration::from_secs(1)), None);
}

#[test]
fn another_number_after_the_change_is_somebody_elses() {
    let verdict = seen(deployment(8, 4, 4), Duration::from_secs(1));
    assert_eq!(reason(verdict), Finding::OtherReplicas { wanted: 5, found: 4 });
}

#[test]
fn replicas_that_a_quota_forbids_are_told_in_the_clusters_words_once_time_is_over() {
    let mut row = deployment(7, 5, 3);
    row.conditions = vec![ConditionRow {
        kind: "ReplicaFailure".to_owned(),
        status: "True".to_owned(),
        reason: Some("FailedCreate".to_owned()),
        message: Some("exceeded quota".to_owned()),
        since: None,
    }];
    assert_eq!(seen(row.clone(), Duration::from_secs(1)), None, "it may pass by itself");
    let stuck = Finding::RolloutStuck { message: "exceeded quota".to_owned() };
    assert_eq!(reason(seen(row, SETTLE)), stuck);
}

#[test]
fn old_replicas_that_are_ready_are_not_told_as_new_ones() {
    let mut row = deployment(7, 5, 5);
    (row.ready, row.total, row.updated) = (4, 6, 1);
    let late = Finding::RolloutLate { ready: 0, desired: 5 };
    assert_eq!(reason(seen(row, SETTLE)), late);
}

#[test]
fn replicas_are_there_though_a_rollout_beside_them_is_stuck() {
    let mut row = deployment(7, 5, 5);
    (row.total, row.updated) = (7, 2);
    let verdict = seen(row, Duration::from_secs(1));
    assert!(matches!(verdict, Some(Verdict::Succeeded { .. })), "{verdict:?}");
}

#[test]
fn what_was_changed_and_is_gone_is_not_waited_for() {
    let patch = json!({"spec": {"paused": true}});
    let change = Change::Patch { part: Part::Whole, patch };
    let (request, execution) = executing(ActionKind::of(&PauseRollout), &json!({}), change);
    let now = start().plus(Duration::from_secs(1));
    let sight = Sight { pods: &[], workloads: &[], object: None, now };
    let gone = Finding::Gone { kind: "Deployment".to_owned(), name: target().name.to_string() };
    assert_eq!(reason(request.observe(&execution, sight)), gone);
}
