//! What containers wrote: read as the person, as far as their own rights go.

use std::{sync::Arc, time::Duration};

use domain::{
    actions::{Finding, LinesTold, TargetKind, Verdict, catalogue::RolloutRestart},
    resources::{ClusterError, ContainerRun, Lines, PodRow, Run},
};
use k8s_openapi::api::core::v1::{Node, Pod};
use kube::{
    Api, Client,
    api::{DeleteParams, LogParams, Patch, PatchParams},
};
use serde_json::json;

use crate::{
    desk::{Desk, Wish},
    fixtures::{create, pod, report, running},
    rbac,
    stage::{Stage, eventually, user},
    workloads::{ailing, deployment},
};

/// A pod that crashes again and again, once it did.
async fn crashing_pod(stage: &Stage) -> Arc<PodRow> {
    stage.create(deployment("api", 1, ailing("crash-loop"))).await;
    let crashed = |pod: &Arc<PodRow>| pod.containers.iter().all(|it| it.last_state.is_some());
    stage.until("a crash", || stage.pods_of("api").into_iter().find(crashed)).await
}

fn run_of(pod: &PodRow, run: Run) -> ContainerRun {
    ContainerRun {
        namespace: pod.namespace.clone(),
        pod: pod.name.clone(),
        uid: pod.uid.clone(),
        container: "main".to_owned(),
        restarts: pod.containers[0].restarts,
        run,
    }
}

async fn read(stage: &Stage, person: &str, run: &ContainerRun) -> Result<Lines, ClusterError> {
    // Past what is kept.
    stage.clock.advance(Duration::from_secs(10));
    stage.cluster.last_lines(&user(person), run).await
}

async fn on_call_may_read(stage: &Stage, run: &ContainerRun) -> Lines {
    let binding = rbac::on_call_reads_lines(&stage.namespace);
    create(&stage.admin, Some(stage.namespace.as_str()), binding).await;
    eventually("leave to read", async || match read(stage, rbac::ON_CALL, run).await {
        Err(ClusterError::Refused { .. }) => None,
        read => Some(read.unwrap()),
    })
    .await
}

pub(crate) async fn lines_take_the_persons_own_rights(stage: &Stage) {
    let pod = crashing_pod(stage).await;
    let run = run_of(&pod, Run::Previous);
    for person in [rbac::ON_CALL, rbac::STRANGER, "unlisted"] {
        let refused = read(stage, person, &run).await;
        assert!(matches!(refused, Err(ClusterError::Refused { .. })), "{person}: {refused:?}");
    }
    let console: Api<Pod> =
        Api::namespaced(stage.console_speaking(|_| ()).await, stage.namespace.as_str());
    let by_itself = console.logs(pod.name.as_str(), &LogParams::default()).await;
    assert!(matches!(by_itself, Err(kube::Error::Api(status)) if status.code == 403));

    let lines = on_call_may_read(stage, &run).await;
    assert!(lines.as_slice().len() > 1, "{:?}", lines.as_slice());
    let stranger = read(stage, rbac::STRANGER, &run).await;
    assert!(matches!(stranger, Err(ClusterError::Refused { .. })), "{stranger:?}");
}

pub(crate) async fn of_a_namesake_nothing_is_read(stage: &Stage) {
    let pod = crashing_pod(stage).await;
    let run = run_of(&pod, Run::Previous);
    on_call_may_read(stage, &run).await;
    let another = ContainerRun { uid: "another".to_owned(), ..run.clone() };
    assert_eq!(read(stage, rbac::ON_CALL, &another).await, Err(ClusterError::NotFound));
    stage.end_deployment("api").await;
    assert_eq!(read(stage, rbac::ON_CALL, &run).await, Err(ClusterError::NotFound));
}

pub(crate) async fn a_rollout_that_crashes_shows_the_last_lines(stage: &Stage) {
    let pod = crashing_pod(stage).await;
    let desk = Desk::at(stage);
    let wish = Wish::to(stage, &RolloutRestart, (TargetKind::Deployment, "api"), json!({}));
    let id = desk.sent(&wish).await;
    let told = eventually("the new pod's crash", async || {
        stage.clock.advance(Duration::from_secs(1));
        desk.last_lines(id).await
    })
    .await;
    assert_eq!((told.run, told.told), (Run::Previous, LinesTold::Refused));
    assert_ne!(told.pod, pod.name.as_str(), "what crashed before is not its doing");

    on_call_may_read(stage, &run_of(&pod, Run::Previous)).await;
    let lines = eventually("lines", async || {
        stage.clock.advance(Duration::from_secs(10));
        match desk.last_lines(id).await?.told {
            LinesTold::Lines(lines) => Some(lines),
            _ => None,
        }
    })
    .await;
    assert!(lines.as_slice().len() > 1, "{:?}", lines.as_slice());
    let verdict = desk.verdict(id).await;
    let broken = matches!(
        &verdict,
        Verdict::Failed { reason: Finding::PodBroken { .. } | Finding::RolloutLate { .. }, .. }
    );
    assert!(broken, "{verdict:?}");
}

/// The node `name`, whose kubelet would listen where nothing does.
async fn silent_node(admin: &Client, name: &str) -> Api<Node> {
    let node = json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}, "spec": {"unschedulable": true}});
    create(admin, None, node).await;
    let nodes: Api<Node> = Api::all(admin.clone());
    let status = json!({"addresses": [{"type": "InternalIP", "address": "127.0.0.1"}],
        "daemonEndpoints": {"kubeletEndpoint": {"Port": 1}}});
    let patch = Patch::Merge(json!({"status": status}));
    nodes.patch_status(name, &PatchParams::default(), &patch).await.unwrap();
    nodes
}

pub(crate) async fn a_node_that_does_not_answer_is_told(stage: &Stage) {
    let namespace = stage.namespace.as_str();
    let nodes = silent_node(&stage.admin, namespace).await;
    let mut on_it = pod("api");
    on_it["spec"]["nodeName"] = namespace.into();
    stage.create(on_it).await;
    report(&stage.admin, namespace, "api", running()).await;
    let row = stage.until("api", || stage.pod("api").filter(|pod| pod.is_ready())).await;
    let binding = rbac::on_call_reads_lines(&stage.namespace);
    create(&stage.admin, Some(namespace), binding).await;
    let run = run_of(&row, Run::Current);
    let silent =
        eventually("leave to read", async || match read(stage, rbac::ON_CALL, &run).await {
            Err(ClusterError::Refused { .. }) => None,
            read => Some(read),
        })
        .await;
    assert!(matches!(silent, Err(ClusterError::Unreachable { .. })), "{silent:?}");
    nodes.delete(namespace, &DeleteParams::default()).await.unwrap();
}
