//! What becomes of containers on a node that is drained.

use domain::actions::{
    TargetKind, Verdict,
    catalogue::{Drain, Uncordon},
};
use harness::node;
use serde_json::json;

use crate::{
    containers::{Container, LINGERS, running, whose_pods_have},
    desk::{Desk, Wish},
    stage::Stage,
    workloads::deployment,
};

const NODE: (TargetKind, &str) = (TargetKind::Node, node::NAME);

pub(crate) async fn a_drain_waits_until_what_lingers_has_ended(stage: &Stage) {
    stage
        .bring_up_workload(whose_pods_have(running(LINGERS), deployment("api", 2, json!({}))))
        .await;
    let containers = stage.containers_of("api").await;
    let desk = Desk::at(stage);
    let parameters = json!({"at_once": 2, "local_data": "stay", "unmanaged": "stay"});
    let id = desk.sent(&Wish::to(stage, &Drain, NODE, parameters)).await;

    let verdict = desk.verdict(id).await;
    assert!(matches!(verdict, Verdict::Succeeded { .. }), "{verdict:?}");
    let ends: Vec<_> = containers.iter().map(Container::ended).collect();
    assert_eq!(ends, [Some(0); 2], "they were asked to end, and had when it was said");

    let waiting = stage.pods_of("api");
    assert!(waiting.iter().all(|pod| pod.node.is_none()), "{waiting:?}");
    desk.grants(&Wish::to(stage, &Uncordon, NODE, json!({}))).await;
    stage
        .until("pods on the node again", || {
            let pods = stage.pods_of("api");
            (pods.len() == 2 && pods.iter().all(|pod| pod.is_ready())).then_some(())
        })
        .await;
}
