//! Other numbers of replicas, and other bounds for an autoscaler.

use domain::{
    actions::{
        FieldChange, Finding, TargetKind, Verdict,
        catalogue::{ResizeHpa, Scale},
    },
    resources::WorkloadKind,
};
use serde_json::json;

use crate::{
    desk::{Desk, Wish},
    stage::{Stage, eventually},
    workloads::{deployment, stateful_set},
};

const DEPLOYMENT: (TargetKind, &str) = (TargetKind::Deployment, "api");

pub(crate) async fn replicas_come_and_go_down_to_none(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 2, json!({}))).await;
    let desk = Desk::at(stage);
    for (before, wanted) in [(2, 4), (4, 1), (1, 0), (0, 1)] {
        let wish = Wish::to(stage, &Scale, DEPLOYMENT, json!({"replicas": wanted}));
        let preview = desk.review(&wish).await.unwrap().preview;
        let change = FieldChange {
            field: "spec.replicas".to_owned(),
            before: Some(before.to_string()),
            after: Some(wanted.to_string()),
        };
        assert_eq!(preview.changes, [change]);
        let reach = preview.blast_radius.workload.unwrap();
        assert_eq!((reach.desired, reach.desired_after), (before, wanted));

        desk.grants(&wish).await;
        let object = stage.object(TargetKind::Deployment, "api").await;
        assert_eq!(object["spec"]["replicas"], wanted);
        assert_eq!(object["status"]["readyReplicas"].as_u64().unwrap_or(0), u64::from(wanted));
    }
}

pub(crate) async fn a_stateful_set_is_scaled(stage: &Stage) {
    stage.bring_up_workload(stateful_set("db", 1)).await;
    let target = (TargetKind::StatefulSet, "db");
    let wish = Wish::to(stage, &Scale, target, json!({"replicas": 3}));
    Desk::at(stage).grants(&wish).await;
    let names: Vec<_> =
        (0..3).map(|n| stage.pod(&format!("db-{n}")).map(|pod| pod.is_ready())).collect();
    assert_eq!(names, [Some(true); 3]);
}

pub(crate) async fn another_number_by_somebody_else_is_told(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 3, json!({}))).await;
    let desk = Desk::at(stage);
    let wish = Wish::to(stage, &Scale, DEPLOYMENT, json!({"replicas": 5}));
    let id = desk.sent(&wish).await;
    stage.patch(TargetKind::Deployment, "api", json!({"spec": {"replicas": 4}})).await;
    stage
        .until("the other number", || {
            let row = stage.workload(WorkloadKind::Deployment, "api")?;
            (row.desired == 4 && !row.settling).then_some(())
        })
        .await;
    let verdict = desk.verdict(id).await;
    let other = Finding::OtherReplicas { wanted: 5, found: 4 };
    assert!(matches!(&verdict, Verdict::Failed { reason, .. } if *reason == other), "{verdict:?}");
}

pub(crate) async fn an_autoscaler_gets_other_bounds(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 2, json!({}))).await;
    stage.create_autoscaler("api", 2, 4).await;
    let target = (TargetKind::HorizontalPodAutoscaler, "api");
    let wish = Wish::to(stage, &ResizeHpa, target, json!({"max_replicas": 9}));
    Desk::at(stage).grants(&wish).await;
    let spec = stage.object(TargetKind::HorizontalPodAutoscaler, "api").await["spec"].clone();
    assert_eq!((&spec["minReplicas"], &spec["maxReplicas"]), (&json!(2), &json!(9)));
}

/// A quota is no matter of the workload's own replicas: the API server takes them, and refuses the pods.
pub(crate) async fn pods_that_a_quota_refuses_are_told_in_its_words(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 1, json!({}))).await;
    stage.quota(json!({"pods": "1"})).await;
    let desk = Desk::at(stage);
    let id = desk.sent(&Wish::to(stage, &Scale, DEPLOYMENT, json!({"replicas": 3}))).await;
    eventually("the refusal of pods", async || {
        let object = stage.object(TargetKind::Deployment, "api").await;
        let conditions = object["status"]["conditions"].as_array()?.clone();
        conditions.into_iter().find(|it| it["type"] == "ReplicaFailure")
    })
    .await;
    stage
        .until("the refusal in the watches", || {
            let row = stage.workload(WorkloadKind::Deployment, "api")?;
            row.conditions.iter().any(|it| it.kind == "ReplicaFailure").then_some(())
        })
        .await;
    assert_eq!(desk.verdict_so_far(id).await, None);
    stage.clock.advance(crate::policy::SETTLE_WITHIN);
    let verdict = desk.verdict(id).await;
    let Verdict::Failed { reason: Finding::RolloutStuck { message }, .. } = verdict else {
        panic!("{verdict:?}")
    };
    assert!(message.contains("exceeded quota"), "{message}");
}
