//! What is rolled out: restarts, rollbacks, other resources; paused and resumed.

use domain::{
    actions::{
        Finding, TargetKind, Verdict,
        catalogue::{PauseRollout, ResumeRollout, Rollback, RolloutRestart, SetResources},
    },
    resources::WorkloadKind,
};
use serde_json::{Value, json};

use crate::{
    desk::{Desk, Wish},
    policy::SETTLE_WITHIN,
    stage::Stage,
    workloads::{ailing, daemon_set, deployment, stateful_set},
};

const DEPLOYMENT: (TargetKind, &str) = (TargetKind::Deployment, "api");

/// The workloads that roll out, each with a pod or two.
fn kinds() -> [(TargetKind, WorkloadKind, Value); 3] {
    [
        (TargetKind::Deployment, WorkloadKind::Deployment, deployment("web", 2, json!({}))),
        (TargetKind::StatefulSet, WorkloadKind::StatefulSet, stateful_set("db", 2)),
        (TargetKind::DaemonSet, WorkloadKind::DaemonSet, daemon_set("agent")),
    ]
}

fn uids(stage: &Stage, app: &str) -> Vec<String> {
    stage.pods_of(app).iter().map(|pod| pod.uid.clone()).collect()
}

fn image(object: &Value) -> &Value {
    &object["spec"]["template"]["spec"]["containers"][0]["image"]
}

/// Somebody releases another image, and all of it is there.
async fn release(stage: &Stage, kinds: (TargetKind, WorkloadKind), name: &str, image: &str) {
    let object = stage.object(kinds.0, name).await;
    let mut containers = object["spec"]["template"]["spec"]["containers"].clone();
    containers[0]["image"] = image.into();
    let template = json!({"spec": {"containers": containers}});
    stage.patch(kinds.0, name, json!({"spec": {"template": template}})).await;
    let generation = object["metadata"]["generation"].as_i64().unwrap() + 1;
    stage.rolled_out(kinds.1, name, generation).await;
}

pub(crate) async fn a_restart_replaces_every_pod_of_every_kind(stage: &Stage) {
    let desk = Desk::at(stage);
    for (kind, row, object) in kinds() {
        let name = object["metadata"]["name"].as_str().unwrap().to_owned();
        stage.bring_up_workload(object).await;
        let before = uids(stage, &name);
        desk.grants(&Wish::to(stage, &RolloutRestart, (kind, &name), json!({}))).await;
        stage.rolled_out(row, &name, 2).await;
        let after = uids(stage, &name);
        assert_eq!(after.len(), before.len(), "{name}");
        assert!(after.iter().all(|uid| !before.contains(uid)), "{name}");
        let object = stage.object(kind, &name).await;
        let annotations = &object["spec"]["template"]["metadata"]["annotations"];
        assert!(annotations["kubectl.kubernetes.io/restartedAt"].is_string(), "{annotations}");
    }
}

pub(crate) async fn what_a_partition_holds_back_is_not_waited_for(stage: &Stage) {
    let mut set = stateful_set("db", 2);
    let rolling = json!({"partition": 1});
    set["spec"]["updateStrategy"] = json!({"type": "RollingUpdate", "rollingUpdate": rolling});
    stage.bring_up_workload(set).await;
    let pods = || {
        let mut pods: Vec<_> =
            stage.pods_of("db").iter().map(|pod| (pod.name.to_string(), pod.uid.clone())).collect();
        pods.sort();
        pods
    };
    let before = pods();
    let restart = Wish::to(stage, &RolloutRestart, (TargetKind::StatefulSet, "db"), json!({}));
    Desk::at(stage).grants(&restart).await;
    let after = pods();
    assert_eq!(after[0], before[0], "held back");
    assert_ne!(after[1], before[1]);
}

pub(crate) async fn a_rollback_brings_an_earlier_template_back_for_every_kind(stage: &Stage) {
    let desk = Desk::at(stage);
    for (kind, row, object) in kinds() {
        let name = object["metadata"]["name"].as_str().unwrap().to_owned();
        let first = image(&object).clone();
        stage.bring_up_workload(object).await;
        release(stage, (kind, row), &name, "registry.kawase.example/api:2").await;
        let replicas = stage.object(kind, &name).await["spec"]["replicas"].clone();

        desk.grants(&Wish::to(stage, &Rollback, (kind, &name), json!({"revision": 1}))).await;
        let object = stage.object(kind, &name).await;
        assert_eq!((image(&object), &object["spec"]["replicas"]), (&first, &replicas), "{name}");
    }
}

pub(crate) async fn other_resources_are_rolled_out_and_what_is_left_out_stays(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 1, json!({}))).await;
    let desk = Desk::at(stage);
    let asked = json!({"container": "main", "cpu_request": "100m", "memory_limit": "256Mi"});
    desk.grants(&Wish::to(stage, &SetResources, DEPLOYMENT, asked)).await;
    let asked = json!({"container": "main", "memory_limit": "512Mi"});
    desk.grants(&Wish::to(stage, &SetResources, DEPLOYMENT, asked)).await;

    let object = stage.object(TargetKind::Deployment, "api").await;
    let containers = &object["spec"]["template"]["spec"]["containers"];
    let resources = json!({"requests": {"cpu": "100m"}, "limits": {"memory": "512Mi"}});
    assert_eq!(containers[0]["resources"], resources);
    assert_eq!(containers[1]["resources"], json!({}));
    let pod = stage.pods_of("api").remove(0);
    let pod = stage.object(TargetKind::Pod, pod.name.as_str()).await;
    assert_eq!(pod["spec"]["containers"][0]["resources"]["limits"], json!({"memory": "512Mi"}));
}

/// The deployment of that generation, of whose newest template there is no pod.
fn waits_at(stage: &Stage, generation: i64) -> Option<()> {
    let row = stage.workload(WorkloadKind::Deployment, "api")?;
    (row.generation == generation && !row.settling && row.updated == 0).then_some(())
}

pub(crate) async fn a_paused_rollout_waits_until_it_is_resumed(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 2, json!({}))).await;
    let before = uids(stage, "api");
    let desk = Desk::at(stage);
    desk.grants(&Wish::to(stage, &PauseRollout, DEPLOYMENT, json!({}))).await;
    assert_eq!(stage.object(TargetKind::Deployment, "api").await["spec"]["paused"], true);
    let restarted = json!({"spec": {"template": {"metadata": {"annotations": {"release": "2"}}}}});
    stage.patch(TargetKind::Deployment, "api", restarted).await;
    stage.until("a rollout that waits", || waits_at(stage, 3)).await;
    assert_eq!(uids(stage, "api"), before, "nothing is rolled out meanwhile");

    desk.grants(&Wish::to(stage, &ResumeRollout, DEPLOYMENT, json!({}))).await;
    let object = stage.object(TargetKind::Deployment, "api").await;
    assert!(object["spec"].get("paused").is_none_or(|paused| *paused == false), "{object:#}");
    stage.rolled_out(WorkloadKind::Deployment, "api", 4).await;
    assert!(uids(stage, "api").iter().all(|uid| !before.contains(uid)));
}

/// A deployment whose first revision fell ill and whose second is well; the wish to go back to the first.
async fn back_to(stage: &Stage, ailment: &str) -> Wish {
    stage.create(deployment("api", 2, ailing(ailment))).await;
    stage
        .until("pods that are ill", || {
            let pods = stage.pods_of("api");
            (pods.len() == 2 && pods.iter().all(|pod| pod.phase == "Running")).then_some(())
        })
        .await;
    let well = json!({"sekisho.dev/fake": null, "sekisho.dev/demo": null});
    let template = json!({"metadata": {"annotations": well}});
    stage.patch(TargetKind::Deployment, "api", json!({"spec": {"template": template}})).await;
    stage.rolled_out(WorkloadKind::Deployment, "api", 2).await;
    Wish::to(stage, &Rollback, DEPLOYMENT, json!({"revision": 1}))
}

pub(crate) async fn a_rollout_whose_pods_crash_has_failed_at_once(stage: &Stage) {
    let wish = back_to(stage, "crash-loop").await;
    let desk = Desk::at(stage);
    let verdict = desk.verdict(desk.sent(&wish).await).await;
    let Verdict::Failed { reason: Finding::PodBroken { pod, status }, .. } = verdict else {
        panic!("{verdict:?}")
    };
    assert_eq!(status, "CrashLoopBackOff");
    assert!(stage.pod(&pod).is_some(), "{pod} is there to be looked at");
    assert!(stage.pods_of("api").iter().any(|pod| pod.is_ready()), "the old pods serve on");
}

pub(crate) async fn a_rollout_that_is_never_ready_is_late(stage: &Stage) {
    let wish = back_to(stage, "never-ready").await;
    let desk = Desk::at(stage);
    let id = desk.sent(&wish).await;
    stage
        .until("a new pod that is not ready", || {
            let row = stage.workload(WorkloadKind::Deployment, "api")?;
            (row.updated == 1 && !row.settling && row.total == 3).then_some(())
        })
        .await;
    assert_eq!(desk.verdict_so_far(id).await, None);
    stage.clock.advance(SETTLE_WITHIN);
    let verdict = desk.verdict(id).await;
    let late = Finding::RolloutLate { ready: 0, desired: 2 };
    assert!(matches!(&verdict, Verdict::Failed { reason, .. } if *reason == late), "{verdict:?}");
}

/// A release that is ill, held back by a pause; the wish to let it go on.
async fn to_resume(stage: &Stage, ailment: &str) -> Wish {
    stage.bring_up_workload(deployment("api", 1, json!({}))).await;
    let template = json!({"metadata": {"annotations": ailing(ailment)}});
    let held_back = json!({"spec": {"paused": true, "template": template}});
    stage.patch(TargetKind::Deployment, "api", held_back).await;
    stage.until("a rollout that waits", || waits_at(stage, 2)).await;
    Wish::to(stage, &ResumeRollout, DEPLOYMENT, json!({}))
}

pub(crate) async fn a_resumed_rollout_whose_pods_crash_has_failed_at_once(stage: &Stage) {
    let wish = to_resume(stage, "crash-loop").await;
    let desk = Desk::at(stage);
    let verdict = desk.verdict(desk.sent(&wish).await).await;
    let Verdict::Failed { reason: Finding::PodBroken { status, .. }, .. } = verdict else {
        panic!("{verdict:?}")
    };
    assert_eq!(status, "CrashLoopBackOff");
}

/// However far it came before, it does not come to its end.
pub(crate) async fn a_rollout_that_was_paused_again_is_late(stage: &Stage) {
    let wish = to_resume(stage, "never-ready").await;
    let desk = Desk::at(stage);
    let id = desk.sent(&wish).await;
    stage.patch(TargetKind::Deployment, "api", json!({"spec": {"paused": true}})).await;
    stage
        .until("the pause", || {
            let row = stage.workload(WorkloadKind::Deployment, "api")?;
            (row.generation == 4 && !row.settling).then_some(())
        })
        .await;
    assert_eq!(desk.verdict_so_far(id).await, None);
    stage.clock.advance(SETTLE_WITHIN);
    let verdict = desk.verdict(id).await;
    let late = Finding::RolloutLate { ready: 0, desired: 1 };
    assert!(matches!(&verdict, Verdict::Failed { reason, .. } if *reason == late), "{verdict:?}");
}
