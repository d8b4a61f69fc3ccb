//! Several pods of one request: pinned by their UIDs, sent away in waves, stopped by the first that does not run.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    actions::{
        DryRunRefusal, DryRunVerdict, EffectSeen, Finding, RequestState, Said, TargetKind, Verdict,
        catalogue::RestartPods,
    },
    resources::PodRow,
};
use kube::api::{DeleteParams, Patch, PatchParams};
use serde_json::{Value, json};

use crate::{
    desk::{Desk, Wish},
    fixtures::budget,
    policy::SETTLE_WITHIN,
    stage::Stage,
    workloads::{ailing, deployment, stateful_set},
};

fn wish(stage: &Stage, kind: TargetKind, pods: &[Arc<PodRow>], at_once: u32) -> Wish {
    let names: Vec<_> = pods.iter().map(|pod| pod.name.as_str()).collect();
    let parameters = json!({"pods": names, "at_once": at_once});
    Wish::to(stage, &RestartPods, (kind, "api"), parameters)
}

fn uids(pods: &[Arc<PodRow>]) -> BTreeSet<String> {
    pods.iter().map(|pod| pod.uid.clone()).collect()
}

fn waves(state: &RequestState) -> Vec<usize> {
    state.execution().unwrap().waves.iter().map(|wave| wave.pods.len()).collect()
}

pub(crate) async fn chosen_pods_go_wave_after_wave_and_no_other(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 4, json!({}))).await;
    let before = stage.pods_of("api");
    let (chosen, others) = before.split_at(3);
    let desk = Desk::at(stage);
    let wish = wish(stage, TargetKind::Deployment, chosen, 2);
    let preview = desk.review(&wish).await.unwrap().preview;
    assert_eq!(preview.dry_run, DryRunVerdict::Accepted);
    assert_eq!(preview.blast_radius.taken(), 3);
    let workload = preview.blast_radius.workload.expect("the deployment");
    assert_eq!((workload.ready, workload.ready_after), (4, 2));

    let id = desk.waved(&wish).await;
    let verdict = desk.verdict(id).await;
    assert!(matches!(verdict, Verdict::Succeeded { .. }), "{verdict:?}");
    let after = uids(&stage.pods_of("api"));
    assert!(uids(chosen).is_disjoint(&after), "{after:?}");
    assert!(uids(others).is_subset(&after), "{after:?}");
    let now = desk.state(id);
    assert!(waves(&now).len() > 1 && waves(&now).iter().all(|pods| *pods <= 2), "{now:?}");
    let said = now.execution().unwrap().waves.iter().flat_map(|wave| wave.said.as_ref().unwrap());
    let heard = |said: &Said| matches!(said, Said::Accepted { audit_id: Some(_) });
    assert!(said.clone().count() == 3 && said.into_iter().all(heard), "{now:?}");
}

pub(crate) async fn the_first_pod_that_does_not_run_stops_the_rest(stage: &Stage) {
    let mut by_hand = stateful_set("api", 3);
    by_hand["spec"]["updateStrategy"] = json!({"type": "OnDelete"});
    stage.bring_up_workload(by_hand).await;
    let before = stage.pods_of("api");
    // What the next pods are made from falls ill; those that are there run on.
    let ill: Value =
        json!({"spec": {"template": {"metadata": {"annotations": ailing("crash-loop")}}}});
    let sets = stage.api(TargetKind::StatefulSet).await;
    sets.patch("api", &PatchParams::default(), &Patch::Merge(ill)).await.unwrap();
    let desk = Desk::at(stage);
    let id = desk.waved(&wish(stage, TargetKind::StatefulSet, &before, 1)).await;
    let verdict = desk.verdict(id).await;
    let Verdict::Failed { effect: EffectSeen::TookPlace, reason } = verdict else {
        panic!("{verdict:?}")
    };
    assert!(matches!(&reason, Finding::PodBroken { .. }), "{reason:?}");
    let left = uids(&stage.pods_of("api")).intersection(&uids(&before)).count();
    assert_eq!((left, waves(&desk.state(id))), (2, vec![1]));
}

pub(crate) async fn a_budget_holds_pods_back_until_it_has_room(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 2, json!({}))).await;
    stage.create_budget(|version| budget("api-budget", "api", 2, version)).await;
    stage
        .until("the budget without room", || {
            let budgets = stage.cluster.budgets(&stage.namespace);
            budgets.into_iter().find(|budget| budget.healthy == 2 && budget.allowed == 0)
        })
        .await;
    let before = stage.pods_of("api");
    let desk = Desk::at(stage);
    let wish = wish(stage, TargetKind::Deployment, &before, 2);
    let verdict = desk.review(&wish).await.unwrap().preview.dry_run;
    let DryRunVerdict::Refused { reason: DryRunRefusal::Budget { names }, .. } = verdict else {
        panic!("{verdict:?}")
    };
    assert_eq!(names, [format!("{}/api-budget", stage.namespace)]);
    let id = desk.waved(&wish).await;
    assert_eq!(desk.verdict_so_far(id).await, None);
    assert_eq!(waves(&desk.state(id)), [0; 0], "nothing is sent while there is no room");
    stage.clock.advance(SETTLE_WITHIN);
    let verdict = desk.verdict(id).await;
    let Verdict::Failed { effect: EffectSeen::None, reason: Finding::PodsStay { pods, .. } } =
        verdict
    else {
        panic!("{verdict:?}")
    };
    assert_eq!(pods.len(), 2);
    assert!(pods.iter().all(|pod| pod.budgets == ["api-budget"]), "{pods:?}");
    assert_eq!(uids(&stage.pods_of("api")), uids(&before));
}

/// Somebody else restarts the pod while the request waits: its namesake was not asked about.
pub(crate) async fn a_namesake_is_left_alone(stage: &Stage) {
    stage.bring_up_workload(stateful_set("api", 2)).await;
    let before = stage.pods_of("api");
    let desk = Desk::at(stage);
    let id = desk.approved(&wish(stage, TargetKind::StatefulSet, &before, 2)).await;
    let pods = stage.api(TargetKind::Pod).await;
    pods.delete(before[0].name.as_str(), &DeleteParams::default()).await.unwrap();
    let namesake = stage
        .until("the namesake", || {
            let new = stage.pods_of("api").into_iter().find(|pod| pod.name == before[0].name)?;
            (new.uid != before[0].uid && new.is_ready()).then_some(new)
        })
        .await;
    let ready = desk.begin(id).await;
    desk.carry_out(id, ready).await;
    let verdict = desk.verdict(id).await;
    assert!(matches!(verdict, Verdict::Succeeded { .. }), "{verdict:?}");
    let after = uids(&stage.pods_of("api"));
    assert!(after.contains(&namesake.uid) && !after.contains(&before[1].uid), "{after:?}");
    assert_eq!(waves(&desk.state(id)), [1]);
}
