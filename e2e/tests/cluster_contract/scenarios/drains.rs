//! Nodes that are drained: in waves, within budgets, of no pod that was not said to go, and through tenants that the
//! person may not see.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    actions::{
        DryRunRefusal, DryRunVerdict, EffectSeen, Fate, Finding, PodStays, RequestState,
        TargetKind, Unseen, Verdict, catalogue::Drain,
    },
    ids::RequestId,
    resources::PodRow,
};
use kube::api::DeleteParams;
use serde_json::{Value, json};

use crate::{
    desk::{Desk, Wish},
    fixtures::{budget, create},
    policy::SETTLE_WITHIN,
    stage::{Stage, eventually, new_namespace},
    workloads::{deployment, scheduled_pod},
};

fn drain(stage: &Stage, at_once: u32) -> Wish {
    let parameters = json!({"at_once": at_once, "local_data": "stay", "unmanaged": "stay"});
    Wish::to(stage, &Drain, (TargetKind::Node, stage.node_name()), parameters)
}

/// The same workload, all of whose pods are put on the scenario's node.
fn on_the_node(stage: &Stage, mut workload: Value) -> Value {
    workload["spec"]["template"]["spec"]["nodeName"] = stage.node_name().into();
    workload
}

fn uids(pods: &[Arc<PodRow>]) -> BTreeSet<String> {
    pods.iter().map(|pod| pod.uid.clone()).collect()
}

async fn bring_up_alone(stage: &Stage, name: &str, annotations: Value, volumes: Value) -> String {
    let mut pod = scheduled_pod(name);
    pod["metadata"]["annotations"] = annotations;
    pod["spec"]["nodeName"] = stage.node_name().into();
    pod["spec"]["volumes"] = volumes;
    stage.bring_up(pod).await.uid.clone()
}

fn waves(desk: &Desk<'_>, id: RequestId) -> Vec<usize> {
    let state = desk.state(id);
    state.execution().unwrap().waves.iter().map(|wave| wave.pods.len()).collect()
}

pub(crate) async fn a_node_is_drained_of_what_can_be_started_elsewhere(stage: &Stage) {
    stage.create_node().await;
    stage.bring_up_workload(on_the_node(stage, deployment("api", 3, json!({})))).await;
    let mirror = json!({"kubernetes.io/config.mirror": "a7c1"});
    let mirror = bring_up_alone(stage, "static", mirror, json!([])).await;
    let scratch = json!([{"name": "scratch", "emptyDir": {}}]);
    let alone = bring_up_alone(stage, "alone", json!({}), scratch).await;
    let before = stage.pods_of("api");

    let desk = Desk::at(stage);
    let wish = drain(stage, 2);
    let preview = desk.review(&wish).await.unwrap().preview;
    assert_eq!(preview.dry_run, DryRunVerdict::Accepted);
    let [reach] = &preview.blast_radius.reached[..] else { panic!("{preview:?}") };
    let fates: BTreeSet<_> = reach.pods.iter().map(|pod| format!("{:?}", pod.fate)).collect();
    let expected = [Fate::Evicted, Fate::Mirror, Fate::Unmanaged].map(|fate| format!("{fate:?}"));
    assert_eq!(fates, expected.into_iter().collect());
    assert_eq!(
        (preview.blast_radius.taken(), &preview.blast_radius.unseen),
        (3, &Unseen::default())
    );
    let [api] = &reach.workloads[..] else { panic!("{reach:?}") };
    // A drain waits for none to take their place.
    assert_eq!((api.ready, api.ready_after), (3, 0));

    let id = desk.sent(&wish).await;
    stage.node_is(true).await;
    let verdict = desk.verdict(id).await;
    assert!(matches!(verdict, Verdict::Succeeded { audit_id: Some(_), .. }), "{verdict:?}");
    assert!(uids(&before).is_disjoint(&uids(&stage.pods_of("api"))));
    assert_eq!(stage.pod("static").map(|pod| pod.uid.clone()), Some(mirror));
    assert_eq!(stage.pod("alone").map(|pod| pod.uid.clone()), Some(alone));
    assert!(waves(&desk, id).iter().all(|pods| *pods <= 2) && waves(&desk, id).len() > 1);
    stage.remove_node().await;
}

pub(crate) async fn a_budget_holds_a_drain_up_and_is_named_until_it_has_room(stage: &Stage) {
    stage.create_node().await;
    stage.bring_up_workload(on_the_node(stage, deployment("api", 2, json!({})))).await;
    stage.create_budget(|version| budget("api-budget", "api", 2, version)).await;
    stage
        .until("the budget without room", || {
            let budgets = stage.cluster.budgets(&stage.namespace);
            budgets.into_iter().find(|budget| budget.healthy == 2 && budget.allowed == 0)
        })
        .await;
    let before = uids(&stage.pods_of("api"));
    let desk = Desk::at(stage);
    let refused = desk.review(&drain(stage, 5)).await.unwrap().preview.dry_run;
    let named = vec!["api-budget".to_owned()];
    let named_with_tenant = vec![format!("{}/api-budget", stage.namespace)];
    let DryRunVerdict::Refused { reason: DryRunRefusal::Budget { names }, .. } = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(names, named_with_tenant);

    let late = desk.sent(&drain(stage, 5)).await;
    stage.node_is(true).await;
    assert_eq!(desk.verdict_so_far(late).await, None);
    assert_eq!(waves(&desk, late), [0; 0], "nothing is sent while there is no room");
    stage.clock.advance(SETTLE_WITHIN);
    let Verdict::Failed { effect: EffectSeen::TookPlace, reason } = desk.verdict(late).await else {
        panic!()
    };
    let Finding::PodsStay { pods, unseen: 0 } = reason else { panic!("{reason:?}") };
    assert!(pods.len() == 2 && pods.iter().all(|PodStays { budgets, .. }| *budgets == named));
    assert_eq!(uids(&stage.pods_of("api")), before);

    let patient = desk.sent(&drain(stage, 5)).await;
    assert_eq!(desk.verdict_so_far(patient).await, None);
    let budgets = stage.budgets().await;
    budgets.delete("api-budget", &DeleteParams::default()).await.unwrap();
    let verdict = desk.verdict(patient).await;
    assert!(matches!(verdict, Verdict::Succeeded { .. }), "{verdict:?}");
    assert!(before.is_disjoint(&uids(&stage.pods_of("api"))));
    stage.remove_node().await;
}

pub(crate) async fn a_drain_reaches_tenants_that_the_person_may_not_see(stage: &Stage) {
    stage.create_node().await;
    let hidden = new_namespace(&stage.admin, "hidden").await;
    let workload = on_the_node(stage, deployment("secretive", 2, json!({})));
    create(&stage.admin, Some(hidden.as_str()), workload).await;
    let pods = || stage.cluster.pods(&hidden);
    stage
        .until("the pods of the other tenant", || {
            (pods().iter().filter(|pod| pod.is_ready()).count() == 2).then_some(())
        })
        .await;
    let before = uids(&pods());
    let desk = Desk::at(stage);
    let wish = drain(stage, 2);
    let preview = desk.review(&wish).await.unwrap().preview;
    assert_eq!(preview.blast_radius.unseen, Unseen { tenants: 1, pods: 2 });
    let told = serde_json::to_string(&preview).unwrap();
    assert!(!told.contains(hidden.as_str()) && !told.contains("secretive"), "{told}");

    let id = desk.sent(&wish).await;
    let verdict = desk.verdict(id).await;
    assert!(matches!(verdict, Verdict::Succeeded { .. }), "{verdict:?}");
    eventually("the end of the pods", async || before.is_disjoint(&uids(&pods())).then_some(()))
        .await;
    stage.remove_node().await;
}

pub(crate) async fn a_drained_node_that_went_is_told(stage: &Stage) {
    stage.create_node().await;
    stage.bring_up_workload(on_the_node(stage, deployment("api", 1, json!({})))).await;
    let before = stage.pods_of("api");
    let desk = Desk::at(stage);
    let id = desk.approved(&drain(stage, 1)).await;
    let ready = desk.begin(id).await;
    stage.remove_node().await;
    let now = desk.carry_out(id, ready).await;
    let RequestState::Failed(ended) = &now else { panic!("{now:?}") };
    let drifted = Verdict::Failed { effect: EffectSeen::None, reason: Finding::Drifted };
    assert_eq!(ended.outcome.verdict, drifted);
    assert_eq!(uids(&stage.pods_of("api")), uids(&before));
}
