//! What becomes of containers when a workload is rolled out.

use std::sync::Arc;

use domain::{
    actions::{
        Action, EffectSeen, Finding, TargetKind, Verdict,
        catalogue::{Rollback, RolloutRestart, SetResources},
    },
    resources::{ContainerState, PodRow},
};
use serde_json::{Value, json};

use crate::{
    containers::{SERVES, next_pods_have, running, running_until_ready, serving, whose_pods_have},
    desk::{Desk, Wish},
    stage::Stage,
    workloads::deployment,
};

const DEPLOYMENT: (TargetKind, &str) = (TargetKind::Deployment, "api");

/// An image of a registry that answers nobody.
const NO_SUCH_IMAGE: &str = "127.0.0.1:1/api:1";

/// Needs 60 MiB for a moment, or ends.
const NEEDS_MEMORY: &str = "dd if=/dev/zero of=/dev/null bs=60M count=1 || exit 1";

/// The pod that breaks a rollout, and what is told of it.
async fn broken(
    stage: &Stage,
    action: &'static dyn Action,
    parameters: Value,
) -> (Arc<PodRow>, String) {
    let desk = Desk::at(stage);
    let id = desk.sent(&Wish::to(stage, action, DEPLOYMENT, parameters)).await;
    let verdict = desk.verdict(id).await;
    let Verdict::Failed { effect: EffectSeen::TookPlace, reason } = verdict else {
        panic!("{verdict:?}")
    };
    let Finding::PodBroken { pod, status } = reason else { panic!("{reason:?}") };
    assert!(stage.pods_of("api").iter().any(|pod| pod.is_ready()), "the old pod serves on");
    (stage.pod(&pod).expect("it is there to be looked at"), status)
}

pub(crate) async fn a_restart_ends_every_container_in_order(stage: &Stage) {
    stage.bring_up_workload(serving(deployment("api", 2, json!({})))).await;
    let before = stage.containers_of("api").await;
    Desk::at(stage).grants(&Wish::to(stage, &RolloutRestart, DEPLOYMENT, json!({}))).await;

    for container in &before {
        assert_eq!(container.end().await, 0, "it was asked to end, and ended by itself");
    }
    let after = stage.containers_of("api").await;
    assert_eq!(after.len(), before.len(), "{after:?}");
    assert!(after.iter().all(|it| it.ended().is_none() && !before.contains(it)), "{after:?}");
}

pub(crate) async fn a_rollback_to_an_image_that_is_not_there_is_told(stage: &Stage) {
    let mut first = serving(deployment("api", 1, json!({})));
    first["spec"]["template"]["spec"]["containers"][0]["image"] = NO_SUCH_IMAGE.into();
    stage.create(first).await;
    stage
        .until("a first revision that does not run", || {
            stage.pods_of("api").into_iter().find(|pod| pod.is_broken())
        })
        .await;
    stage.patch(TargetKind::Deployment, "api", next_pods_have(running(SERVES))).await;
    stage
        .until("a second revision that does", || {
            stage.pods_of("api").into_iter().find(|pod| pod.is_ready())
        })
        .await;

    let (_, status) = broken(stage, &Rollback, json!({"revision": 1})).await;
    assert!(["ErrImagePull", "ImagePullBackOff"].contains(&status.as_str()), "{status}");
}

pub(crate) async fn less_memory_than_is_needed_is_told(stage: &Stage) {
    let script = format!("{NEEDS_MEMORY}; : >/ready; {SERVES}");
    let containers = running_until_ready(&script);
    stage.bring_up_workload(whose_pods_have(containers, deployment("api", 1, json!({})))).await;

    let less = json!({"container": "main", "memory_limit": "32Mi"});
    let (pod, status) = broken(stage, &SetResources, less).await;
    assert!(["OOMKilled", "CrashLoopBackOff"].contains(&status.as_str()), "{status}");
    let main = &pod.containers[0];
    let out_of_memory = |end: &ContainerState| match end {
        ContainerState::Terminated { reason, .. } => reason.as_deref() == Some("OOMKilled"),
        _ => false,
    };
    let mut ends = std::iter::once(&main.state).chain(&main.last_state);
    assert!(ends.any(out_of_memory), "{main:?}");
}
