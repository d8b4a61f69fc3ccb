//! The rows of the demo cluster: what its pages show.

use std::collections::BTreeMap;

use domain::{
    names::Namespace,
    resources::{
        ConditionRow, ContainerKind, ContainerRow, ContainerState, NamespaceRow, NodeRow, OwnerRow,
        PodRow, WorkloadKind, WorkloadRow,
    },
    testkit::ManualClock,
    time::Clock,
};
use serde_json::{Value, json};

pub(super) fn namespace(name: &str) -> NamespaceRow {
    NamespaceRow {
        name: name.parse().unwrap(),
        uid: format!("{name}-uid"),
        labels: BTreeMap::new(),
        created_at: ManualClock::default().now(),
        deleting_since: None,
    }
}

/// What keeps the pods.
pub(super) fn stateful_set(namespace: &Namespace, wanted: u32) -> WorkloadRow {
    WorkloadRow {
        namespace: namespace.clone(),
        kind: WorkloadKind::StatefulSet,
        name: "api".parse().unwrap(),
        uid: "api-uid".to_owned(),
        owner: None,
        desired: wanted,
        ready: wanted,
        total: wanted,
        updated: wanted,
        held_back: 0,
        available: wanted,
        images: Vec::new(),
        conditions: Vec::new(),
        created_at: ManualClock::default().now(),
        generation: 1,
        settling: false,
    }
}

/// A ready pod that a controller keeps.
pub(super) fn pod(namespace: &Namespace, name: &str, uid: &str) -> PodRow {
    PodRow {
        namespace: namespace.clone(),
        name: name.parse().unwrap(),
        uid: uid.to_owned(),
        phase: "Running".to_owned(),
        status: "Running".to_owned(),
        ready: 1,
        containers_total: 2,
        restarts: 3,
        restarted_at: None,
        created_at: ManualClock::default().now(),
        deleting_since: None,
        node: Some("node-1".to_owned()),
        owner: Some(OwnerRow {
            kind: "StatefulSet".to_owned(),
            name: "api".to_owned(),
            uid: "api-uid".to_owned(),
        }),
        labels: BTreeMap::new(),
        containers: Vec::new(),
        conditions: vec![ready()],
        message: None,
        service_account: None,
        ip: None,
        mirror: false,
        local_data: false,
    }
}

/// The same, crashing again and again.
pub(super) fn crashing(pod: PodRow) -> PodRow {
    let status = "CrashLoopBackOff".to_owned();
    let container = ContainerRow {
        name: "main".to_owned(),
        kind: ContainerKind::Main,
        image: "api:1".to_owned(),
        image_id: None,
        ready: false,
        restarts: 3,
        state: ContainerState::Waiting { reason: Some(status.clone()), message: None },
        last_state: Some(ContainerState::Terminated { reason: None, exit_code: 1, at: None }),
    };
    PodRow { status, ready: 0, containers: vec![container], conditions: Vec::new(), ..pod }
}

fn ready() -> ConditionRow {
    ConditionRow {
        kind: "Ready".to_owned(),
        status: "True".to_owned(),
        reason: None,
        message: None,
        since: None,
    }
}

/// A ready node.
pub(super) fn node(name: &str, cordoned: bool) -> NodeRow {
    NodeRow {
        name: name.parse().unwrap(),
        uid: format!("{name}-uid"),
        status: if cordoned { "Ready,SchedulingDisabled" } else { "Ready" }.to_owned(),
        cordoned,
        roles: vec!["worker".to_owned()],
        version: "v1.33.0".to_owned(),
        created_at: ManualClock::default().now(),
        conditions: vec![ready()],
    }
}

/// The node as the API server writes it, which leaves out what is false.
pub(super) fn node_object(node: &NodeRow) -> Value {
    let mut object = json!({"metadata": {"name": node.name, "uid": node.uid}, "spec": {}});
    if node.cordoned {
        object["spec"]["unschedulable"] = true.into();
    }
    object
}

/// The pod as the API server writes it, as far as anything is told from it.
pub(super) fn object(pod: &PodRow) -> Value {
    let owners = pod.owner.iter().map(|owner| {
        json!({"kind": owner.kind, "name": owner.name, "uid": owner.uid, "controller": true})
    });
    let conditions = pod.conditions.iter().map(|it| json!({"type": it.kind, "status": it.status}));
    json!({
        "metadata": {
            "name": pod.name,
            "namespace": pod.namespace,
            "uid": pod.uid,
            "labels": pod.labels,
            "ownerReferences": owners.collect::<Vec<_>>(),
        },
        "status": {"conditions": conditions.collect::<Vec<_>>()},
    })
}
