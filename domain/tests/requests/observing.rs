//! What the watches see, and what is concluded from it: never more than was seen.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use domain::{
    actions::{
        Accepted, Before, Change, Execution, Finding, Request, RequestState, Sight, TargetNow,
        Verdict,
    },
    approvals::Decision,
    resources::{ConditionRow, OwnerRow, PodRow},
};

use crate::fixtures::{REQUESTER, request, settings, signed, start, target};

const SETTLE: Duration = Duration::from_mins(5);

pub(crate) fn pod(uid: &str, status: &str) -> Arc<PodRow> {
    let ready = if status == "Ready" { "True" } else { "False" };
    Arc::new(PodRow {
        namespace: target().namespace,
        name: format!("api-7d9f-{uid}").parse().unwrap(),
        uid: uid.to_owned(),
        phase: "Running".to_owned(),
        status: if status == "Ready" { "Running".to_owned() } else { status.to_owned() },
        ready: 0,
        containers_total: 1,
        restarts: 0,
        restarted_at: None,
        created_at: start(),
        deleting_since: None,
        node: None,
        owner: Some(OwnerRow {
            kind: "ReplicaSet".to_owned(),
            name: "api-7d9f".to_owned(),
            uid: "rs-uid".to_owned(),
        }),
        labels: BTreeMap::new(),
        containers: Vec::new(),
        conditions: vec![ConditionRow {
            kind: "Ready".to_owned(),
            status: ready.to_owned(),
            reason: None,
            message: None,
            since: None,
        }],
        message: None,
        service_account: None,
        ip: None,
        mirror: false,
        local_data: false,
    })
}

fn executing() -> (Request, Execution) {
    let request = request(0);
    let touch = signed(REQUESTER, Decision::Execute, request.digest);
    let siblings = vec![target().uid, "old-sibling".to_owned()];
    let request = request
        .begin(
            touch,
            Change::Evict,
            Before { siblings, ..Before::default() },
            &settings(0),
            start(),
        )
        .unwrap();
    let request = request
        .acknowledge(Accepted { audit_id: Some("audit".to_owned()), generation: None })
        .unwrap();
    let RequestState::Executing(execution) = request.state.clone() else { unreachable!() };
    (request, *execution)
}

fn seen(pods: &[Arc<PodRow>], after: Duration) -> Option<Verdict> {
    let (request, execution) = executing();
    let now = start().plus(after);
    request.observe(&execution, Sight { pods, workloads: &[], object: None, now })
}

#[test]
fn while_the_pod_stands_nothing_is_concluded() {
    assert_eq!(seen(&[pod("pod-uid", "Terminating")], Duration::from_secs(1)), None);
}

#[test]
fn an_old_sibling_is_no_replacement() {
    assert_eq!(seen(&[pod("old-sibling", "Ready")], Duration::from_secs(1)), None);
}

#[test]
fn a_ready_newcomer_is_success_with_the_clusters_audit_id() {
    let pods = [pod("old-sibling", "Ready"), pod("newcomer", "Ready")];
    let expected = Verdict::Succeeded {
        made: Some("api-7d9f-newcomer".to_owned()),
        audit_id: Some("audit".to_owned()),
    };
    assert_eq!(seen(&pods, Duration::from_secs(1)), Some(expected));
}

#[test]
fn a_starting_newcomer_is_waited_for_until_time_is_up() {
    let pods = [pod("newcomer", "ContainerCreating")];
    assert_eq!(seen(&pods, Duration::from_secs(1)), None);
    assert!(matches!(seen(&pods, SETTLE), Some(Verdict::Failed { .. })));
}

#[test]
fn a_broken_newcomer_is_failure_at_once() {
    let verdict = seen(&[pod("newcomer", "CrashLoopBackOff")], Duration::from_secs(1));
    let Some(Verdict::Failed { reason: Finding::PodBroken { status, .. }, .. }) = verdict else {
        panic!("{verdict:?}");
    };
    assert_eq!(status, "CrashLoopBackOff");
}

#[test]
fn what_the_kubelet_tries_again_at_once_is_waited_for() {
    for status in ["Error", "OOMKilled", "ErrImagePull", "Init:Error"] {
        assert_eq!(seen(&[pod("newcomer", status)], Duration::from_secs(1)), None, "{status}");
        let late = seen(&[pod("newcomer", status)], SETTLE);
        assert!(matches!(late, Some(Verdict::Failed { .. })), "{status}: {late:?}");
    }
    let ended = PodRow { phase: "Failed".to_owned(), ..pod("newcomer", "Error").as_ref().clone() };
    let broken = seen(&[Arc::new(ended)], Duration::from_secs(1));
    assert!(matches!(broken, Some(Verdict::Failed { .. })), "nobody starts it again");
}

#[test]
fn where_two_went_one_newcomer_does_not_speak_for_both() {
    let with = |second| {
        // The other sibling went as well, by another request perhaps.
        let pods = [pod("newcomer", "Ready"), pod("another", second)];
        seen(&pods, Duration::from_secs(1))
    };
    assert_eq!(with("ContainerCreating"), None);
    assert!(matches!(with("CrashLoopBackOff"), Some(Verdict::Failed { .. })));
    assert!(matches!(with("Ready"), Some(Verdict::Succeeded { .. })));
}

#[test]
fn of_a_lost_answer_only_an_untouched_pod_is_conclusive() {
    let concluded = Request::observe_unheard;
    assert!(matches!(concluded(TargetNow::Untouched), Some(Verdict::Failed { .. })));
    assert!(matches!(concluded(TargetNow::Changed), Some(Verdict::Unknown { .. })));
    assert_eq!(concluded(TargetNow::Made), None);
}
