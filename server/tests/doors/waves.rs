//! Several pods of one request, wave after wave, whatever happens to people, policies and the console on the way.

use std::time::Duration;

use domain::{
    ProblemCode,
    actions::{ANSWER_MARGIN, ActionKind, Asked, catalogue::RestartPods},
    audit::{Entry, EntryOutcome},
    policy::{Freeze, GuardRail},
};
use sekisho::verify::{Checked, Contradiction, Keys, verify_entries};
use serde_json::{Value, json};

use crate::{
    asking::Signer,
    cluster::Says,
    policy::login,
    world::{ORIGIN, World},
};

const DEADLINE: Duration = Duration::from_secs(30);
const RIGHT_MISSING_FOR: Duration = Duration::from_mins(2);

fn restart(pods: &[&str], at_once: u32) -> Value {
    json!({
        "action": "restart-pods",
        "target": {"cluster": "demo", "namespace": "checkout", "kind": "StatefulSet", "name": "api"},
        "parameters": {"pods": pods, "at_once": at_once},
        "reason": "they answer nobody",
    })
}

impl World {
    /// A world in which the word was given to restart these of three pods, one at a time; and whoever gave it.
    async fn with_waves(pods: &[&str]) -> (Self, String, Signer) {
        let world = Self::new().await;
        world.cluster.keeps(3);
        let mut on_call = world.signer("on-call").await;
        let asked = on_call.browser.post("/api/v1/requests", restart(pods, 1)).await.done();
        let id = asked["id"].as_str().unwrap().to_owned();
        world.signer("owner").await.decide(&id, "approve").await.done();
        on_call.decide(&id, "execute").await.done();
        (world, id, on_call)
    }

    async fn advanced(&self) -> usize {
        self.console.advance_waves().await.unwrap()
    }

    fn evicted(&self) -> Vec<String> {
        self.cluster.evicted().into_iter().map(|(_, pod)| pod.uid).collect()
    }

    /// What the log tells of restarts in waves, oldest first.
    async fn waves_told(&self) -> Vec<String> {
        let entries = self.entries().await;
        let told = entries.iter().rev().filter(|entry| entry.action.as_str() == "restart-pods");
        told.map(|entry| entry.outcome.as_str().to_owned()).collect()
    }

    async fn outcome(&self, id: &str) -> Value {
        let request = self.console.request(&self.actor("second"), id.parse().unwrap()).await;
        serde_json::to_value(request.unwrap().view.outcome).unwrap()
    }
}

#[tokio::test]
async fn one_pod_after_the_other_goes_and_each_wave_stands_in_the_log_before_it_is_sent() {
    let (world, id, _) = World::with_waves(&["api-0", "api-2"]).await;
    assert_eq!(world.advanced().await, 1);
    assert_eq!(world.evicted(), ["api-0-uid"]);
    assert_eq!(world.advanced().await, 0, "nothing took its place yet");
    world.cluster.replace_the_evicted();
    assert_eq!(world.advanced().await, 1);
    assert_eq!(world.evicted(), ["api-0-uid", "api-2-uid"]);
    world.cluster.replace_the_evicted();
    assert_eq!(world.advanced().await, 1);
    assert_eq!(world.state_of(&id).await, "succeeded");
    let wave = ["wave_intended", "wave_answered"];
    let story = [&["requested", "approved", "intended"][..], &wave, &wave, &["succeeded"]].concat();
    assert_eq!(world.waves_told().await, story);
    assert!(world.cluster.evicted().iter().all(|(scope, _)| {
        scope.action == ActionKind::of(&RestartPods) && scope.approvers == [login("owner")]
    }));
}

#[tokio::test]
async fn whoever_restarts_one_pod_is_told_of_the_waves_that_wait_for_its_workload() {
    let world = World::new().await;
    world.cluster.keeps(3);
    let mut on_call = world.signer("on-call").await;
    let waves = restart(&["api-1", "api-2"], 1);
    let waves = on_call.browser.post("/api/v1/requests", waves).await.done();
    let one = on_call.browser.post("/api/v1/requests", crate::asking::restart()).await.done();
    let [near] = one["preview"]["neighbours"].as_array().unwrap().as_slice() else {
        panic!("one other is open: {one}")
    };
    assert_eq!((&near["id"], &near["action"]), (&waves["id"], &json!("restart-pods")));
}

#[tokio::test]
async fn a_wave_is_sent_once_however_many_consoles_look() {
    let (world, ..) = World::with_waves(&["api-0", "api-1", "api-2"]).await;
    for _ in 0..3 {
        let consoles = (0..8).map(|_| world.console.advance_waves());
        for moved in futures::future::join_all(consoles).await {
            moved.unwrap();
        }
        world.cluster.replace_the_evicted();
    }
    assert_eq!(world.evicted(), ["api-0-uid", "api-1-uid", "api-2-uid"]);
}

#[tokio::test]
async fn a_wave_whose_answers_were_lost_goes_on_after_its_deadline_and_repeats_nothing() {
    let (world, id, _) = World::with_waves(&["api-0", "api-1"]).await;
    world.cluster.says(Says::Nothing);
    assert_eq!(world.advanced().await, 1);
    world.cluster.says(Says::Yes);
    let world = world.begun_again().await;
    assert_eq!(world.advanced().await, 0, "the call may arrive yet");
    // It had arrived.
    world.cluster.replace_the_evicted();
    world.clock.advance(DEADLINE + ANSWER_MARGIN);
    assert_eq!(world.advanced().await, 1);
    world.cluster.replace_the_evicted();
    assert_eq!(world.advanced().await, 1);
    assert_eq!(world.evicted(), ["api-0-uid", "api-1-uid"]);
    assert_eq!(world.state_of(&id).await, "succeeded");
    let ended =
        world.signer("engineer").await.browser.get(&format!("/api/v1/requests/{id}")).await.done();
    assert_eq!(ended["evicted"], json!({ "pods": 2, "gone": 2 }), "what nobody heard was seen");
}

#[tokio::test]
async fn a_freeze_that_begins_between_two_waves_sends_no_other() {
    for (lifts, sent) in [(json!([]), 1), (json!(["freeze"]), 2)] {
        let world = World::new().await;
        world.cluster.keeps(3);
        let (now, hour) = (world.console.now(), Duration::from_hours(1));
        let begins = if sent == 1 { now.plus(Duration::from_mins(1)) } else { now };
        world.policy.amend(|policy| {
            let until = now.plus(hour);
            policy.freezes = vec![Freeze { name: "incident".to_owned(), from: begins, until }];
            for settings in policy.actions.values_mut() {
                settings.guard_rails.lift = [(GuardRail::Freeze, 1)].into();
            }
        });
        world.console.enforce_policy().await.unwrap();
        let mut on_call = world.signer("on-call").await;
        let mut asked = restart(&["api-0", "api-1"], 1);
        asked["lifts"] = lifts;
        let asked = on_call.browser.post("/api/v1/requests", asked).await.done();
        let id = asked["id"].as_str().unwrap().to_owned();
        world.signer("owner").await.decide(&id, "approve").await.done();
        on_call.decide(&id, "execute").await.done();
        assert_eq!(world.advanced().await, 1);
        world.cluster.replace_the_evicted();
        world.clock.advance(Duration::from_mins(1));
        assert_eq!(world.advanced().await, 1);
        assert_eq!(world.evicted().len(), sent);
        if sent == 1 {
            let reason = &world.outcome(&id).await["verdict"]["reason"];
            assert_eq!(*reason, json!({ "finding": "frozen", "name": "incident" }));
        }
    }
}

#[tokio::test]
async fn a_pod_whose_eviction_was_lost_on_the_way_is_sent_away_under_a_word_of_its_own() {
    let (world, ..) = World::with_waves(&["api-0"]).await;
    world.cluster.says(Says::Nothing);
    assert_eq!(world.advanced().await, 1);
    world.cluster.says(Says::Yes);
    world.clock.advance(DEADLINE + ANSWER_MARGIN);
    assert_eq!(world.advanced().await, 1);
    assert_eq!(world.evicted(), ["api-0-uid", "api-0-uid"], "the same pod, never its replacement");
    let told = world.waves_told().await;
    assert_eq!(told.iter().filter(|outcome| *outcome == "wave_intended").count(), 2);
}

async fn ends_without_right(world: &World, id: &str) {
    world.cluster.replace_the_evicted();
    assert_eq!(world.advanced().await, 0, "this replica may be behind");
    world.clock.advance(RIGHT_MISSING_FOR);
    assert_eq!(world.advanced().await, 1);
    assert_eq!(world.evicted(), ["api-0-uid"]);
    let verdict = &world.outcome(id).await["verdict"];
    assert_eq!(verdict["reason"]["finding"], "right_lost");
    assert_eq!(verdict["effect"], "took_place");
    assert_eq!(world.advanced().await, 0);
}

#[tokio::test]
async fn who_is_locked_between_two_waves_sends_no_other() {
    let (world, id, _) = World::with_waves(&["api-0", "api-1"]).await;
    assert_eq!(world.advanced().await, 1);
    world.console.lock(&world.actor("admin"), &login("on-call")).await.unwrap();
    ends_without_right(&world, &id).await;
}

#[tokio::test]
async fn whose_approver_is_locked_between_two_waves_sends_no_other() {
    let (world, id, _) = World::with_waves(&["api-0", "api-1"]).await;
    assert_eq!(world.advanced().await, 1);
    world.console.lock(&world.actor("admin"), &login("owner")).await.unwrap();
    ends_without_right(&world, &id).await;
}

#[tokio::test]
async fn who_loses_their_role_between_two_waves_sends_no_other() {
    let (world, id, _) = World::with_waves(&["api-0", "api-1"]).await;
    assert_eq!(world.advanced().await, 1);
    world.policy.demote("on-call");
    world.console.enforce_policy().await.unwrap();
    ends_without_right(&world, &id).await;
}

#[tokio::test]
async fn the_requester_stops_it_between_two_waves_and_whoever_only_looks_does_not() {
    let (world, id, mut on_call) = World::with_waves(&["api-0", "api-1"]).await;
    assert_eq!(world.advanced().await, 1);
    let path = format!("/api/v1/requests/{id}/withdrawal");
    let mut looks = world.signer("engineer").await;
    assert_eq!(looks.browser.post(&path, json!({})).await.code(), (403, "not_requester"));
    let stopped = on_call.browser.post(&path, json!({})).await.done();
    assert_eq!((&stopped["state"], &stopped["may_withdraw"]), (&json!("executing"), &json!(false)));
    assert_eq!(on_call.browser.post(&path, json!({})).await.code(), (409, "wrong_state"));
    world.cluster.replace_the_evicted();
    assert_eq!(world.advanced().await, 1);
    assert_eq!(world.evicted(), ["api-0-uid"]);
    assert_eq!(world.outcome(&id).await["verdict"]["reason"]["by"], "on-call");
    assert_eq!(world.waves_told().await[5..], ["stopped", "failed"]);

    let ended = on_call.browser.get(&format!("/api/v1/requests/{id}")).await.done();
    assert_eq!(ended["evicted"], json!({ "pods": 2, "gone": 1 }));
    let rest = json!({ "pods": ["api-1"], "at_once": 1 });
    assert_eq!(ended["again"], json!({ "action": "restart-pods", "parameters": rest }));
}

#[tokio::test]
async fn whoever_may_decide_about_it_stops_it_while_its_requester_is_away() {
    let (world, id, _) = World::with_waves(&["api-0", "api-1"]).await;
    let mut second = world.signer("second").await;
    let path = format!("/api/v1/requests/{id}");
    assert_eq!(second.browser.get(&path).await.done()["may_withdraw"], true);
    second.browser.post(&format!("{path}/withdrawal"), json!({})).await.done();
    assert_eq!(world.advanced().await, 1);
    assert_eq!(world.outcome(&id).await["verdict"]["reason"]["by"], "second");
    assert!(world.evicted().is_empty());
}

#[tokio::test]
async fn a_stop_while_a_wave_is_under_way_loses_none_of_its_answers() {
    let (world, id, mut on_call) = World::with_waves(&["api-0", "api-1"]).await;
    let path = format!("/api/v1/requests/{id}/withdrawal");
    world.cluster.while_evicting(async move {
        on_call.browser.post(&path, json!({})).await.done();
    });
    assert_eq!(world.advanced().await, 1);
    let entries = world.entries().await;
    let answered = entries.iter().find(|entry| entry.outcome.as_str() == "wave_answered").unwrap();
    assert_eq!(answered.detail["pods"][0]["audit_id"], "audit-1");
    assert_eq!(world.waves_told().await[3..], ["wave_intended", "stopped", "wave_answered"]);
}

#[tokio::test]
async fn what_went_in_one_call_is_watched_until_somebody_stops_that() {
    let (world, id, _ready) = World::with_intent().await;
    let early = world.console.withdraw(&world.actor("on-call"), id.parse().unwrap()).await;
    assert_eq!(early.unwrap_err().code, ProblemCode::WrongState, "it may not have been done yet");

    let (world, id, mut on_call) = World::with_approval().await;
    on_call.decide(&id, "execute").await.done();
    world.heard("accepted").await;
    let path = format!("/api/v1/requests/{id}/withdrawal");
    let mut looks = world.signer("engineer").await;
    assert_eq!(looks.browser.post(&path, json!({})).await.code(), (403, "not_requester"));
    let ended = on_call.browser.post(&path, json!({})).await.done();
    assert_eq!(ended["state"], "unknown");
    let reason = &ended["outcome"]["verdict"]["reason"];
    assert_eq!(*reason, json!({ "finding": "unwatched", "by": "on-call" }));
    assert_eq!(world.told("restart-pod", "unknown").await, 1);
    assert_eq!(world.console.settle_executions().await.unwrap(), 0, "nobody looks any more");
}

#[tokio::test]
async fn a_pod_that_is_not_there_is_not_asked_for() {
    let world = World::new().await;
    world.cluster.keeps(2);
    let mut on_call = world.signer("on-call").await;
    for (pods, expected) in [
        (json!(["api-0", "api-7"]), (409, "unsuited")),
        (json!([]), (422, "parameter_invalid")),
        (json!(["api-0", "api-0"]), (422, "parameter_invalid")),
        (json!("api-0"), (422, "parameter_invalid")),
        (json!([7]), (422, "parameter_invalid")),
    ] {
        let mut asked = restart(&[], 1);
        asked["parameters"]["pods"] = pods;
        let answer = on_call.browser.post("/api/v1/requests", asked).await;
        assert_eq!(answer.code(), expected, "{answer:?}");
    }
}

#[tokio::test]
async fn pods_that_are_all_gone_make_it_void_and_one_that_is_left_does_not() {
    let world = World::new().await;
    world.cluster.keeps(3);
    let asked = Asked {
        action: ActionKind::of(&RestartPods),
        target: serde_json::from_value(restart(&[], 1)["target"].clone()).unwrap(),
        parameters: serde_json::from_value(json!({"pods": ["api-1", "api-2"], "at_once": 1}))
            .unwrap(),
        lifts: Vec::new(),
        reason: "they answer nobody".to_owned(),
        ticket: None,
    };
    let id = world.console.submit(&world.actor("on-call"), asked).await.unwrap().id.to_string();
    world.cluster.keeps(2);
    assert_eq!(world.state_of(&id).await, "pending", "api-1 is there still");
    world.cluster.keeps(1);
    assert_eq!(world.state_of(&id).await, "void");
}

async fn history() -> Vec<Entry> {
    let (world, ..) = World::with_waves(&["api-0"]).await;
    world.advanced().await;
    world.entries().await
}

fn contradictions(entries: &[Entry]) -> Vec<Contradiction> {
    let report = verify_entries(entries, &ORIGIN.parse().unwrap(), &Keys::AssertedByServer);
    let bad = report.bad().filter_map(|(_, checked)| match checked {
        Checked::Contradicted(contradiction) => Some(*contradiction),
        _ => None,
    });
    bad.collect()
}

fn told<'a>(entries: &'a mut [Entry], outcome: &str) -> &'a mut Entry {
    entries.iter_mut().find(|entry| entry.outcome.as_str() == outcome).unwrap()
}

#[tokio::test]
async fn an_outsider_sees_whether_a_wave_took_only_what_was_signed_for() {
    let entries = history().await;
    assert_eq!(contradictions(&entries), []);
    let mut other = entries.clone();
    told(&mut other, "wave_intended").detail["pods"][0]["uid"] = json!("api-1-uid");
    assert_eq!(contradictions(&other), [Contradiction::OtherChange, Contradiction::OtherWave]);
    let mut pinned = entries.clone();
    told(&mut pinned, "requested").detail["pinned"]["pods"][0]["uid"] = json!("api-1-uid");
    assert!(contradictions(&pinned).contains(&Contradiction::OtherChange));
    let mut elsewhere = entries;
    told(&mut elsewhere, "wave_intended").tenant = "demo/ledger".parse().ok();
    assert_eq!(contradictions(&elsewhere), [Contradiction::OtherCase]);
}

#[tokio::test]
async fn an_outsider_sees_whether_a_wave_was_one_that_the_request_allows() {
    let entries = history().await;
    let found = |rewrite: &dyn Fn(&mut Vec<Entry>)| {
        let mut entries = entries.clone();
        rewrite(&mut entries);
        contradictions(&entries)
    };
    let other = [Contradiction::OtherWave];
    assert_eq!(found(&|all| told(all, "wave_intended").detail["pods_in_wave"] = json!(2)), other);
    assert_eq!(
        found(&|all| told(all, "wave_answered").detail["pods"][0]["uid"] = json!("u")),
        other
    );
    // A wave after a stop.
    let stopped = found(&|all| {
        let mut wave = told(all, "wave_intended").clone();
        let answers = told(all, "wave_answered");
        (answers.outcome, wave.sequence) = (EntryOutcome::Stopped, answers.sequence + 1);
        all.push(wave);
    });
    assert_eq!(stopped, other);
}
