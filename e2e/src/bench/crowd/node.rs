//! Nodes without a kubelet, which say that they are ready.

use serde_json::{Value, json};

use super::writing::Write;
use crate::bench::{Trouble, caller::Caller};

pub(super) fn name(number: usize) -> String {
    format!("node-{number:02}")
}

/// Makes one.
pub(super) async fn settle(admin: &Caller, number: usize) -> Result<Value, Trouble> {
    let name = name(number);
    let object = json!({
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": {"kubernetes.io/hostname": name}},
    });
    let node = Write::create("/api/v1/nodes".to_owned(), object).send(admin).await?;
    let now = &node["metadata"]["creationTimestamp"];
    let room = json!({"cpu": "32", "memory": "128Gi", "pods": "250"});
    let status = json!({"status": {
        "capacity": room,
        "allocatable": room,
        "conditions": [{
            "type": "Ready", "status": "True", "reason": "KubeletReady",
            "lastHeartbeatTime": now, "lastTransitionTime": now,
        }],
    }});
    Write::patch(format!("/api/v1/nodes/{name}/status"), status).send(admin).await
}
