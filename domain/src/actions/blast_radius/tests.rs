//! How far actions reach in a namespace of two applications, of which only one is concerned.

use serde_json::json;

use super::*;
use crate::resources::{ScalerRow, WorkloadKind};

/// The deployment, all of it rolled out.
fn deployment() -> WorkloadRow {
    let row = json!({
        "namespace": "checkout", "kind": "Deployment", "name": "api", "uid": "d", "owner": null, "desired": 20,
        "ready": 20, "total": 20, "updated": 20, "held_back": 0, "available": 20, "images": [], "conditions": [],
        "created_at": "2026-01-01T00:00:00.000000Z", "generation": 1, "settling": false,
    });
    serde_json::from_value(row).unwrap()
}

/// What keeps its pods.
fn replica_set() -> WorkloadRow {
    let owner = json!({"kind": "Deployment", "name": "api", "uid": "d"});
    WorkloadRow {
        kind: WorkloadKind::ReplicaSet,
        name: "api-7d9f".parse().unwrap(),
        uid: "rs".to_owned(),
        owner: serde_json::from_value(owner).unwrap(),
        ..deployment()
    }
}

fn budget(app: &str, allowed: u32) -> Arc<BudgetRow> {
    Arc::new(BudgetRow {
        namespace: "checkout".parse().unwrap(),
        name: format!("{app}-pdb").parse().unwrap(),
        uid: app.to_owned(),
        match_labels: [("app".to_owned(), app.to_owned())].into(),
        expressions: Vec::new(),
        allowed,
        healthy: 20,
        demanded: 18,
    })
}

fn scaler(app: &str, (least, most): (u32, u32)) -> Arc<ScalerRow> {
    Arc::new(ScalerRow {
        namespace: "checkout".parse().unwrap(),
        name: format!("{app}-hpa").parse().unwrap(),
        target_kind: "Deployment".to_owned(),
        target_name: app.to_owned(),
        least,
        most,
    })
}

/// How far it reaches, where the deployment stands so.
fn reached(kind: TargetKind, reach: Reach, row: WorkloadRow) -> BlastRadius {
    let object = match kind {
        TargetKind::Pod => json!({
            "metadata": {"labels": {"app": "api"}, "ownerReferences": [
                {"kind": "ReplicaSet", "name": "api-7d9f", "uid": "rs", "controller": true},
            ]},
            "status": {"conditions": [{"type": "Ready", "status": "True"}]},
        }),
        TargetKind::HorizontalPodAutoscaler => {
            json!({"spec": {"scaleTargetRef": {"kind": "Deployment", "name": "api"}}})
        }
        _ => json!({
            "spec": {"replicas": 20, "template": {"metadata": {"labels": {"app": "api"}}}},
            "status": {"readyReplicas": 20},
        }),
    };
    let uid = if kind == TargetKind::Deployment { "d" } else { "of its own" };
    let target = json!({
        "cluster": "main", "cluster_uid": "c", "namespace": "checkout", "namespace_uid": "n",
        "kind": kind, "name": "api", "uid": uid, "fingerprint": "0".repeat(64),
    });
    let snapshot = Snapshot {
        target: serde_json::from_value(target).unwrap(),
        resource_version: String::new(),
        object,
        status: String::new(),
        ending: false,
        revisions: Vec::new(),
        pods: Vec::new(),
    };
    let around = Surroundings {
        pods: &[],
        workloads: &[Arc::new(row), Arc::new(replica_set())],
        budgets: &[budget("web", 9), budget("api", 2)],
        services: &[],
        scalers: &[scaler("web", (1, 5)), scaler("api", (10, 30))],
    };
    BlastRadius::of(&snapshot, reach, around)
}

/// What takes a pod of the deployment away, and what takes each.
const TAKING: [(TargetKind, Reach); 2] =
    [(TargetKind::Pod, Reach::ThePod), (TargetKind::Deployment, Reach::EachInTurn)];

#[test]
fn an_autoscaler_takes_away_what_is_above_its_most_and_nothing_within_its_bounds() {
    let scaled = |least, most| {
        let reach = Reach::Within { least, most };
        let radius = reached(TargetKind::HorizontalPodAutoscaler, reach, deployment());
        let impact = radius.workload.unwrap();
        (impact.desired, impact.desired_after, impact.ready_after)
    };
    assert_eq!(scaled(1, 1), (20, 1, 1));
    assert_eq!(scaled(10, 30), (20, 20, 20));
    assert_eq!(scaled(25, 30), (20, 25, 20));
}

#[test]
fn the_budgets_over_what_is_taken_away_are_told_with_their_room() {
    let name = "api-pdb".to_owned();
    let covering = [BudgetImpact { name, allowed: 2, healthy: 20, demanded: 18 }];
    for (kind, reach) in TAKING {
        assert_eq!(reached(kind, reach, deployment()).budgets, covering, "{kind}");
    }
    assert_eq!(reached(TargetKind::Deployment, Reach::NoPod, deployment()).budgets, []);
}

#[test]
fn the_autoscaler_that_minds_the_workload_is_told_with_its_bounds() {
    let minding = ScalerImpact { name: "api-hpa".to_owned(), least: 10, most: 30 };
    for (kind, reach) in TAKING {
        let found = reached(kind, reach, deployment()).scaler;
        assert_eq!(found.as_ref(), Some(&minding), "{kind}");
    }
}

#[test]
fn a_rollout_under_way_is_told() {
    let all = Reach::Within { least: 1, most: 30 };
    let reaching = TAKING.into_iter().chain([(TargetKind::HorizontalPodAutoscaler, all)]);
    for (kind, reach) in reaching {
        for (row, rolling_out) in [
            (deployment(), false),
            (WorkloadRow { updated: 7, ..deployment() }, true),
            (WorkloadRow { total: 22, ..deployment() }, true),
            (WorkloadRow { settling: true, ..deployment() }, true),
        ] {
            let impact = reached(kind, reach, row.clone()).workload.unwrap();
            assert_eq!(impact.name, "api", "{kind}");
            assert_eq!(impact.rolling_out, rolling_out, "{kind}: {row:?}");
        }
    }
}
