//! What becomes of a pod's container when the pod is restarted, deleted, isolated.

use std::time::Duration;

use domain::actions::{
    EffectSeen, Finding, LinesTold, TargetKind, Verdict,
    catalogue::{DeletePod, IsolatePod, RejoinPod, RestartPod},
};
use k8s_openapi::api::apps::v1::ReplicaSet;
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::json;

use crate::{
    containers::{
        Container, DEAF, KILLED, LAST_WORDS, crashing, next_pods_have, running, serving,
        whose_pods_have,
    },
    desk::{Desk, Wish},
    fixtures::create,
    rbac,
    stage::{Stage, eventually},
    workloads::{deployment, replica_set},
};

pub(crate) async fn a_restarted_pod_ends_in_order_and_another_container_runs(stage: &Stage) {
    stage.bring_up_workload(serving(deployment("api", 1, json!({})))).await;
    let pod = stage.pods_of("api").remove(0);
    let before = stage.container_of(pod.name.as_str()).await;
    let wish = Wish::to(stage, &RestartPod, (TargetKind::Pod, pod.name.as_str()), json!({}));

    let made = Desk::at(stage).grants(&wish).await.expect("a replacement");

    assert_eq!(before.ended(), Some(0), "it was asked to end, and had when it was said");
    let after = stage.container_of(&made).await;
    assert!(after.id != before.id && after.started_at >= before.started_at, "{after:?}");
    assert_eq!(after.ended(), None);
}

pub(crate) async fn a_replacement_that_crashes_is_told_with_its_last_words(stage: &Stage) {
    let namespace = stage.namespace.as_str();
    create(&stage.admin, Some(namespace), rbac::on_call_reads_lines(&stage.namespace)).await;
    stage.bring_up_workload(serving(replica_set("api", 1))).await;
    let pod = stage.pods_of("api").remove(0);
    let desk = Desk::at(stage);
    let wish = Wish::to(stage, &RestartPod, (TargetKind::Pod, pod.name.as_str()), json!({}));
    let id = desk.approved(&wish).await;
    // What the next pod runs breaks while the request waits; the pod itself is as it was.
    let sets: Api<ReplicaSet> = Api::namespaced(stage.admin.clone(), namespace);
    let crashing = Patch::Merge(next_pods_have(crashing()));
    sets.patch("api", &PatchParams::default(), &crashing).await.unwrap();
    let ready = desk.begin(id).await;
    desk.carry_out(id, ready).await;

    let told = eventually("its last words", async || {
        // Past what is kept of an earlier look: what a container wrote may arrive just after its end.
        stage.clock.advance(Duration::from_millis(250));
        desk.last_lines(id).await.filter(|told| match &told.told {
            LinesTold::Lines(lines) => {
                lines.as_slice().last().is_some_and(|line| line.contains(LAST_WORDS))
            }
            _ => false,
        })
    })
    .await;
    assert_eq!(told.container, "main");

    let verdict = desk.verdict(id).await;
    let Verdict::Failed { effect: EffectSeen::TookPlace, reason } = &verdict else {
        panic!("{verdict:?}")
    };
    let Finding::PodBroken { pod: broken, status } = reason else { panic!("{reason:?}") };
    assert!(*broken == told.pod && *broken != pod.name.as_str(), "{reason:?}");
    assert!(["Error", "CrashLoopBackOff"].contains(&status.as_str()), "{status}");
}

pub(crate) async fn a_deleted_pod_is_gone_and_its_container_killed_at_once(stage: &Stage) {
    stage.bring_up_workload(whose_pods_have(running(DEAF), deployment("api", 1, json!({})))).await;
    let pod = stage.pods_of("api").remove(0);
    let container = stage.container_of(pod.name.as_str()).await;
    let wish = Wish::to(stage, &DeletePod, (TargetKind::Pod, pod.name.as_str()), json!({}));

    let made = Desk::at(stage).grants(&wish).await.expect("a replacement");

    let pods = stage.api(TargetKind::Pod).await;
    assert!(pods.get_opt(pod.name.as_str()).await.unwrap().is_none());
    assert_eq!(stage.container_of(&made).await.ended(), None);
    assert_eq!(container.end().await, KILLED, "long before its grace was over");
}

pub(crate) async fn an_isolated_pod_keeps_its_container_running(stage: &Stage) {
    stage.bring_up_workload(serving(deployment("api", 1, json!({})))).await;
    let pod = stage.pods_of("api").remove(0);
    let before = stage.container_of(pod.name.as_str()).await;
    let desk = Desk::at(stage);
    let target = (TargetKind::Pod, pod.name.as_str());

    let made = desk.grants(&Wish::to(stage, &IsolatePod, target, json!({}))).await;
    let replacement = stage.container_of(&made.expect("a replacement")).await;
    assert!(replacement.id != before.id && replacement.started_at >= before.started_at);
    assert_eq!(stage.container_of(pod.name.as_str()).await, before);

    desk.grants(&Wish::to(stage, &RejoinPod, target, json!({}))).await;
    let ended = eventually("the end of the one too many", async || {
        [&before, &replacement].into_iter().find_map(Container::ended)
    });
    assert_eq!(ended.await, 0);
}
