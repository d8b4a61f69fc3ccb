//! Pods taken away in waves: never more at a time than agreed, never one twice, always to an end.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use domain::{
    actions::{
        ANSWER_MARGIN, ActionKind, Before, Change, EffectSeen, Evictions, Execution, Finding,
        NewRequest, Next, PodPin, Request, RequestState, Said, Target, TargetKind, Verdict, Wave,
        WavesSight, catalogue::RestartPods,
    },
    approvals::Decision,
    policy::{ActionSettings, Tier},
    resources::{BudgetRow, OwnerRow, PodRow, WorkloadKind, WorkloadRow},
    time::Timestamp,
};
use proptest::prelude::*;
use serde_json::json;

use crate::{
    fixtures::{REQUESTER, preview, settings, signed, start, target, wish},
    observing,
};

const DEADLINE: Duration = Duration::from_secs(30);

fn lasting() -> ActionSettings {
    ActionSettings { settle_within: Duration::from_hours(1), ..settings(0) }
}

/// A pod of the workload.
fn pod(uid: &str, status: &str) -> Arc<PodRow> {
    let owner = OwnerRow { kind: "StatefulSet".into(), name: "api".into(), uid: "api-uid".into() };
    let row = observing::pod(uid, status).as_ref().clone();
    Arc::new(PodRow { owner: Some(owner), labels: [("app".into(), "api".into())].into(), ..row })
}

fn ending(uid: &str) -> Arc<PodRow> {
    Arc::new(PodRow { deleting_since: Some(start()), ..pod(uid, "Terminating").as_ref().clone() })
}

fn workload(desired: u32) -> Arc<WorkloadRow> {
    Arc::new(WorkloadRow {
        namespace: target().namespace,
        kind: WorkloadKind::StatefulSet,
        name: "api".parse().unwrap(),
        uid: "api-uid".to_owned(),
        owner: None,
        desired,
        ready: desired,
        total: desired,
        updated: desired,
        held_back: 0,
        available: desired,
        images: Vec::new(),
        conditions: Vec::new(),
        created_at: start(),
        generation: 1,
        settling: false,
    })
}

fn budget(allowed: u32) -> Arc<BudgetRow> {
    Arc::new(BudgetRow {
        namespace: target().namespace,
        name: "api-pdb".parse().unwrap(),
        uid: "budget-uid".to_owned(),
        match_labels: [("app".into(), "api".into())].into(),
        expressions: Vec::new(),
        allowed,
        healthy: 3,
        demanded: 3,
    })
}

fn evictions(uids: &[String], at_once: u32) -> Evictions {
    let pin = |uid: &String| PodPin::from(pod(uid, "Ready").as_ref());
    Evictions { first: None, pods: uids.iter().map(pin).collect(), at_once }
}

/// A request to restart these pods whose word is given, and its execution.
fn executing(evictions: &Evictions) -> (Request, Execution) {
    let change = Change::Evictions(evictions.clone());
    let names: Vec<_> = evictions.pods.iter().map(|pod| pod.name.as_str()).collect();
    let parameters = json!({"pods": names, "at_once": evictions.at_once});
    let new = NewRequest {
        action: ActionKind::of(&RestartPods),
        target: Target { kind: TargetKind::StatefulSet, uid: "api-uid".to_owned(), ..target() },
        parameters: parameters.as_object().unwrap().clone(),
        change: change.digest().unwrap(),
        pinned: Some(evictions.clone()),
        ..wish()
    };
    let request = Request::ask(new, &lasting(), Tier(2), preview(), start()).unwrap();
    assert!(request.is_as_signed());
    let touch = signed(REQUESTER, Decision::Execute, request.digest);
    let siblings = evictions.pods.iter().map(|pod| pod.uid.clone()).collect();
    let before = Before { siblings, ..Before::default() };
    let request = request.begin(touch, change, before, &lasting(), start()).unwrap();
    let RequestState::Executing(execution) = request.state.clone() else { unreachable!() };
    (request, *execution)
}

fn uids(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("old-{n}")).collect()
}

fn wave(at: Timestamp, evictions: &Evictions, uids: &[&str], said: Option<Vec<Said>>) -> Wave {
    let named = |uid: &&str| evictions.pods.iter().find(|pod| pod.uid == *uid).unwrap().clone();
    Wave { at, deadline: at.plus(DEADLINE), pods: uids.iter().map(named).collect(), said }
}

fn accepted() -> Said {
    Said::Accepted { audit_id: None }
}

struct Stage {
    evictions: Evictions,
    request: Request,
    execution: Execution,
    budgets: Vec<Arc<BudgetRow>>,
    prepared: Option<bool>,
    desired: u32,
}

impl Stage {
    fn of(count: usize, at_once: u32) -> Self {
        let evictions = evictions(&uids(count), at_once);
        let (request, execution) = executing(&evictions);
        let desired = u32::try_from(count).unwrap();
        Self { evictions, request, execution, budgets: Vec::new(), prepared: None, desired }
    }

    fn waved(mut self, at: Timestamp, uids: &[&str], said: Option<Vec<Said>>) -> Self {
        self.execution.waves.push(wave(at, &self.evictions, uids, said));
        self
    }

    fn next(&self, pods: &[Arc<PodRow>], now: Timestamp) -> Next {
        let workloads = [workload(self.desired)];
        let sight = WavesSight {
            pods,
            workloads: &workloads,
            budgets: &self.budgets,
            prepared: self.prepared,
            now,
        };
        self.request.next_wave(&self.execution, &self.evictions, sight)
    }

    fn sent(&self, pods: &[Arc<PodRow>], now: Timestamp) -> Vec<String> {
        match self.next(pods, now) {
            Next::Send(pins) => pins.into_iter().map(|pin| pin.uid).collect(),
            Next::Wait => Vec::new(),
            other => panic!("{other:?}"),
        }
    }
}

fn ready(uids: &[&str]) -> Vec<Arc<PodRow>> {
    uids.iter().map(|uid| pod(uid, "Ready")).collect()
}

fn after(seconds: u64) -> Timestamp {
    start().plus(Duration::from_secs(seconds))
}

#[test]
fn the_first_wave_is_as_large_as_was_agreed() {
    let stage = Stage::of(3, 2);
    assert_eq!(stage.sent(&ready(&["old-0", "old-1", "old-2"]), start()), ["old-0", "old-1"]);
}

#[test]
fn the_next_goes_only_once_another_pod_is_ready_in_its_place() {
    let stage = Stage::of(2, 1).waved(start(), &["old-0"], Some(vec![accepted()]));
    assert_eq!(stage.sent(&[ending("old-0"), pod("old-1", "Ready")], after(1)), [""; 0]);
    assert_eq!(stage.sent(&ready(&["old-1"]), after(2)), [""; 0], "nothing took its place yet");
    let starting = [pod("old-1", "Ready"), pod("new", "ContainerCreating")];
    assert_eq!(stage.sent(&starting, after(3)), [""; 0]);
    assert_eq!(stage.sent(&ready(&["old-1", "new"]), after(4)), ["old-1"]);
}

#[test]
fn the_first_replacement_that_does_not_run_stops_it() {
    let stage = Stage::of(2, 1).waved(start(), &["old-0"], Some(vec![accepted()]));
    let next = stage.next(&[pod("old-1", "Ready"), pod("new", "CrashLoopBackOff")], after(3));
    let Next::End(Verdict::Failed { effect, reason: Finding::PodBroken { pod, .. } }) = next else {
        panic!("{next:?}")
    };
    assert_eq!((effect, pod.as_str()), (EffectSeen::TookPlace, "api-7d9f-new"));
}

#[test]
fn it_has_succeeded_when_all_are_gone_and_replaced() {
    let stage = Stage::of(2, 2).waved(start(), &["old-0", "old-1"], Some(vec![accepted(); 2]));
    let next = stage.next(&ready(&["new-0", "new-1"]), after(5));
    assert!(matches!(next, Next::End(Verdict::Succeeded { .. })), "{next:?}");
}

#[test]
fn a_workload_that_went_meanwhile_leaves_nobody_to_wait_for() {
    let stage = Stage::of(2, 1).waved(start(), &["old-0"], Some(vec![accepted()]));
    let pods = ready(&["old-1"]);
    let sight =
        WavesSight { pods: &pods, workloads: &[], budgets: &[], prepared: None, now: after(2) };
    let next = stage.request.next_wave(&stage.execution, &stage.evictions, sight);
    let Next::End(Verdict::Failed { reason: Finding::Gone { name, .. }, .. }) = next else {
        panic!("{next:?}")
    };
    assert_eq!(name, target().name.as_str());
}

#[test]
fn whoever_wants_fewer_replicas_meanwhile_is_owed_no_more() {
    let mut stage = Stage::of(3, 3);
    stage.desired = 1;
    let uids = ["old-0", "old-1", "old-2"];
    let stage = stage.waved(start(), &uids, Some(vec![accepted(); 3]));
    let next = stage.next(&ready(&["new-0"]), after(5));
    assert!(matches!(next, Next::End(Verdict::Succeeded { .. })), "{next:?}");
}

#[test]
fn a_budget_without_room_holds_pods_back_and_is_named_in_the_end() {
    let mut stage = Stage::of(2, 2);
    stage.budgets = vec![budget(0)];
    let pods = ready(&["old-0", "old-1"]);
    assert_eq!(stage.sent(&pods, start()), [""; 0]);
    let Next::End(Verdict::Failed { effect, reason }) = stage.next(&pods, after(3600)) else {
        panic!()
    };
    let Finding::PodsStay { pods, unseen: 0 } = reason else { panic!("{reason:?}") };
    assert_eq!(effect, EffectSeen::None);
    assert_eq!(pods.len(), 2);
    assert!(pods.iter().all(|pod| pod.budgets == ["api-pdb"]), "{pods:?}");
    stage.budgets = vec![budget(1)];
    assert_eq!(stage.sent(&ready(&["old-0", "old-1"]), after(60)), ["old-0"], "room for one");
}

#[test]
fn a_pod_that_a_budget_held_back_is_left_alone_for_longer_each_time() {
    let held = || Some(vec![Said::Budget { names: vec!["api-pdb".to_owned()] }]);
    let pods = ready(&["old-0"]);
    let once = Stage::of(1, 1).waved(start(), &["old-0"], held());
    assert_eq!(once.sent(&pods, after(9)), [""; 0]);
    assert_eq!(once.sent(&pods, after(10)), ["old-0"]);
    let twice = once.waved(after(10), &["old-0"], held());
    assert_eq!(twice.sent(&pods, after(29)), [""; 0]);
    assert_eq!(twice.sent(&pods, after(30)), ["old-0"]);
}

#[test]
fn what_the_cluster_refuses_for_good_stops_it() {
    let refused = Said::Refused { message: "forbidden".to_owned() };
    let stage = Stage::of(2, 1).waved(start(), &["old-0"], Some(vec![refused]));
    let next = stage.next(&ready(&["old-0", "old-1"]), after(1));
    let namespace = Some(target().namespace);
    let reason = Finding::PodRefused { namespace, message: "forbidden".to_owned() };
    assert_eq!(next, Next::End(Verdict::Failed { effect: EffectSeen::None, reason }));
}

#[test]
fn a_wave_without_answers_is_waited_for_until_no_call_of_it_can_arrive() {
    let stage = Stage::of(2, 1).waved(start(), &["old-0"], None);
    let pods = ready(&["old-0", "old-1"]);
    let last = start().plus(DEADLINE + ANSWER_MARGIN);
    assert_eq!(stage.next(&pods, last.minus(Duration::from_secs(1))), Next::Wait);
    assert_eq!(stage.next(&pods, last), Next::Unheard);
}

#[test]
fn a_pod_whose_answer_was_lost_is_asked_again_only_if_it_stands_after_the_deadline() {
    let stage = Stage::of(2, 1).waved(start(), &["old-0"], Some(vec![Said::Unheard]));
    let stands = ready(&["old-0", "old-1"]);
    assert_eq!(stage.sent(&stands, after(39)), [""; 0], "the call may arrive yet");
    assert_eq!(stage.sent(&stands, after(40)), ["old-0"]);
    assert_eq!(stage.sent(&ready(&["old-1", "new"]), after(40)), ["old-1"], "it went");
}

#[test]
fn a_namesake_is_never_taken_for_the_pod() {
    let stage = Stage::of(1, 1);
    let namesake = PodRow {
        name: pod("old-0", "Ready").name.clone(),
        ..pod("other-uid", "Ready").as_ref().clone()
    };
    let next = stage.next(&[Arc::new(namesake)], after(1));
    assert!(matches!(next, Next::End(Verdict::Succeeded { .. })), "{next:?}");
}

#[test]
fn who_was_not_pinned_is_not_touched() {
    let stage = Stage::of(1, 5);
    assert_eq!(stage.sent(&ready(&["old-0", "came-since"]), start()), ["old-0"]);
}

#[test]
fn what_is_done_is_done_though_somebody_stopped_it_by_then() {
    let mut stage = Stage::of(1, 1).waved(start(), &["old-0"], Some(vec![accepted()]));
    stage.execution.stopped = Some(REQUESTER.parse().unwrap());
    let next = stage.next(&ready(&["new"]), after(5));
    assert!(matches!(next, Next::End(Verdict::Succeeded { .. })), "{next:?}");
}

#[test]
fn pods_that_come_for_another_reason_replace_nothing() {
    let mut stage = Stage::of(3, 1).waved(start(), &["old-0"], Some(vec![accepted()]));
    // Somebody asks for three more meanwhile: these are ready before anything took the place of the first.
    stage.desired = 6;
    let more = ready(&["old-1", "old-2", "new-0", "new-1", "new-2"]);
    assert_eq!(stage.sent(&more, after(3)), [""; 0]);
    let all = ready(&["old-1", "old-2", "new-0", "new-1", "new-2", "new-3"]);
    assert_eq!(stage.sent(&all, after(4)), ["old-1"]);
}

#[test]
fn pods_that_were_sick_before_are_not_waited_for() {
    let stage = Stage::of(3, 1).waved(start(), &["old-0"], Some(vec![accepted()]));
    let pods = [pod("old-1", "CrashLoopBackOff"), pod("old-2", "Error"), pod("new", "Ready")];
    assert_eq!(stage.sent(&pods, after(4)), ["old-1"]);
}

#[test]
fn a_sick_pod_needs_no_room_until_a_budget_held_it_back() {
    let mut stage = Stage::of(1, 1);
    stage.budgets = vec![budget(0)];
    let sick = [pod("old-0", "CrashLoopBackOff")];
    assert_eq!(stage.sent(&sick, start()), ["old-0"]);
    let held = Some(vec![Said::Budget { names: Vec::new() }]);
    let mut stage = stage.waved(start(), &["old-0"], held);
    assert_eq!(stage.sent(&sick, after(600)), [""; 0]);
    stage.budgets = vec![budget(1)];
    assert_eq!(stage.sent(&sick, after(600)), ["old-0"]);
}

#[test]
fn nothing_goes_before_the_node_is_seen_cordoned_nor_after_somebody_opened_it_again() {
    let mut stage = Stage::of(2, 1);
    let pods = ready(&["old-0", "old-1"]);
    stage.prepared = Some(false);
    assert_eq!(stage.next(&pods, after(1)), Next::Wait);
    stage.prepared = Some(true);
    assert_eq!(stage.sent(&pods, after(2)), ["old-0"]);
    let mut stage = stage.waved(after(2), &["old-0"], Some(vec![accepted()]));
    stage.prepared = Some(false);
    let next = stage.next(&pods, after(3));
    let Next::End(Verdict::Failed { reason: Finding::Overwritten, .. }) = next else {
        panic!("{next:?}")
    };
}

#[test]
fn all_that_stands_in_the_end_is_named() {
    let stage = Stage::of(3, 1).waved(start(), &["old-0"], Some(vec![accepted()]));
    let pods = [ending("old-0"), pod("old-1", "Ready"), pod("old-2", "Ready")];
    let Next::End(Verdict::Failed { reason: Finding::PodsStay { pods, .. }, .. }) =
        stage.next(&pods, after(3600))
    else {
        panic!()
    };
    assert_eq!(pods.len(), 3);
}

#[test]
fn a_stop_ends_it_before_the_next_wave_but_not_before_the_answers_of_the_last() {
    let mut stage = Stage::of(2, 1).waved(start(), &["old-0"], None);
    stage.execution.stopped = Some(REQUESTER.parse().unwrap());
    let pods = ready(&["old-1", "new"]);
    assert_eq!(stage.next(&pods, after(1)), Next::Wait);
    stage.execution.waves[0].said = Some(vec![accepted()]);
    let Next::End(Verdict::Failed { effect, reason: Finding::Stopped { by } }) =
        stage.next(&pods, after(2))
    else {
        panic!()
    };
    assert_eq!((effect, by.as_str()), (EffectSeen::TookPlace, REQUESTER));
}

#[test]
fn pods_that_are_not_those_that_were_signed_make_the_record_void() {
    let stage = Stage::of(2, 1);
    let mut tampered = stage.request.clone();
    tampered.pinned.as_mut().unwrap().pods[0].uid = "somebody-elses".to_owned();
    assert!(stage.request.is_as_signed() && !tampered.is_as_signed());
}

/// What a cluster, and a console that may be killed, do to one wave.
#[derive(Clone, Copy, Debug)]
enum Luck {
    /// The pod goes, and the answer is heard.
    Goes,
    /// The pod goes, and the answer is lost.
    GoesUnheard,
    /// The call is lost.
    Lost,
    /// A budget has no room.
    Held,
}

fn luck() -> impl Strategy<Value = Luck> {
    prop_oneof![
        4 => Just(Luck::Goes),
        1 => Just(Luck::GoesUnheard),
        1 => Just(Luck::Lost),
        1 => Just(Luck::Held),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_no_more_are_missing_than_agreed_and_it_ends(
        count in 1_usize..9,
        at_once in 1_u32..5,
        lucks in prop::collection::vec((luck(), any::<bool>()), 1..40),
    ) {
        let mut stage = Stage::of(count, at_once);
        let mut pods: Vec<_> = uids(count).iter().map(|uid| pod(uid, "Ready")).collect();
        let (mut now, mut fortune) = (start(), lucks.iter().cycle());
        let mut evicted = BTreeSet::new();
        let mut due = Vec::new();
        for _ in 0..10_000 {
            match stage.next(&pods, now) {
                Next::Wait => {
                    now = now.plus(Duration::from_secs(1));
                    // What ended is gone, and replaced a moment later.
                    pods.extend(due.drain(..).map(|uid: String| pod(&format!("new-of-{uid}"), "Ready")));
                    if let Some(place) = pods.iter().position(|pod| pod.deleting_since.is_some()) {
                        due.push(pods.remove(place).uid.clone());
                    }
                }
                Next::Unheard => {
                    let last = stage.execution.waves.last_mut().unwrap();
                    last.said = Some(vec![Said::Unheard; last.pods.len()]);
                }
                Next::Send(wave) => {
                    let missing = count - pods.iter().filter(|pod| pod.is_ready()).count();
                    prop_assert!(missing + wave.len() <= at_once as usize);
                    let mut heard = Vec::new();
                    let mut killed = false;
                    for pin in &wave {
                        let (luck, dies) = fortune.next().unwrap();
                        killed |= *dies;
                        if let Luck::Goes | Luck::GoesUnheard = luck {
                            prop_assert!(evicted.insert(pin.uid.clone()), "twice: {}", pin.uid);
                            let place = pods.iter().position(|pod| pod.uid == pin.uid).unwrap();
                            pods[place] = ending(&pin.uid);
                        }
                        heard.push(match luck {
                            Luck::Goes => accepted(),
                            Luck::GoesUnheard => Said::Unheard,
                            Luck::Lost => Said::NotDelivered,
                            Luck::Held => Said::Budget { names: Vec::new() },
                        });
                    }
                    let said = (!killed).then_some(heard);
                    let wave = Wave { at: now, deadline: now.plus(DEADLINE), pods: wave, said };
                    stage.execution.waves.push(wave);
                }
                Next::End(verdict) => {
                    let all = evicted.len() == count;
                    prop_assert_eq!(all, matches!(verdict, Verdict::Succeeded { .. }));
                    return Ok(());
                }
            }
        }
        prop_assert!(false, "it does not end");
    }
}
