//! What becomes of containers in waves: the next go when those in the place of the last run.

use std::sync::Arc;

use domain::{
    actions::{EffectSeen, Finding, TargetKind, Verdict, catalogue::RestartPods},
    resources::PodRow,
};
use serde_json::json;

use crate::{
    containers::{Container, crashing, next_pods_have, serving},
    desk::{Desk, Wish},
    stage::Stage,
    workloads::{deployment, stateful_set},
};

fn one_by_one(stage: &Stage, kind: TargetKind, pods: &[Arc<PodRow>]) -> Wish {
    let names: Vec<_> = pods.iter().map(|pod| pod.name.as_str()).collect();
    Wish::to(stage, &RestartPods, (kind, "api"), json!({"pods": names, "at_once": 1}))
}

pub(crate) async fn the_next_container_ends_after_another_runs(stage: &Stage) {
    stage.bring_up_workload(serving(deployment("api", 2, json!({})))).await;
    let before = stage.containers_of("api").await;
    let desk = Desk::at(stage);
    let id = desk.waved(&one_by_one(stage, TargetKind::Deployment, &stage.pods_of("api"))).await;
    let verdict = desk.verdict(id).await;
    assert!(matches!(verdict, Verdict::Succeeded { .. }), "{verdict:?}");

    let after = stage.containers_of("api").await;
    let ends: Vec<_> = before.iter().map(Container::ended).collect();
    assert_eq!(ends, [Some(0); 2], "they were asked to end, and had when it was said");
    let last_end = before.iter().filter_map(Container::end_in_order).max();
    let first_start = after.iter().filter_map(Container::start_in_order).min();
    assert!(first_start.is_some() && first_start < last_end, "{first_start:?} {last_end:?}");
}

pub(crate) async fn the_first_container_that_crashes_leaves_the_rest_running(stage: &Stage) {
    let mut by_hand = serving(stateful_set("api", 2));
    by_hand["spec"]["updateStrategy"] = json!({"type": "OnDelete"});
    stage.bring_up_workload(by_hand).await;
    let before = stage.containers_of("api").await;
    // What the next pods run breaks; those that are there run on.
    stage.patch(TargetKind::StatefulSet, "api", next_pods_have(crashing())).await;
    let desk = Desk::at(stage);
    let id = desk.waved(&one_by_one(stage, TargetKind::StatefulSet, &stage.pods_of("api"))).await;

    let verdict = desk.verdict(id).await;
    let broken = matches!(
        &verdict,
        Verdict::Failed { effect: EffectSeen::TookPlace, reason: Finding::PodBroken { .. } }
    );
    assert!(broken, "{verdict:?}");
    let ended = before.iter().filter(|container| container.ended().is_some()).count();
    assert_eq!(ended, 1, "the other runs on");
}
