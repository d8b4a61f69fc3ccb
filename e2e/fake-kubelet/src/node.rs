//! The nodes that this kubelet pretends to be. It never gives a node heartbeats: the test
//! cluster's controllers do not look for them.

use jiff::Timestamp;
use k8s_openapi::{api::core::v1::Node, apimachinery::pkg::apis::meta::v1::Time};
use kube::{
    Api, Client,
    api::{Patch, PatchParams, PostParams},
};
use serde_json::json;

/// The names of `count` nodes.
#[must_use]
pub fn names(count: u16) -> Vec<String> {
    (1..=count).map(|number| format!("fake-{number}")).collect()
}

/// Registers the node `name`, whose kubelet listens on `port`, and reports it ready. A node that
/// exists keeps its spec: it may have been cordoned.
pub async fn register(client: Client, name: &str, port: u16, now: Timestamp) -> kube::Result<()> {
    let nodes = Api::<Node>::all(client);
    let node = serde_json::from_value(json!({ "metadata": { "name": name, "labels": {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
    } } }))
    .map_err(kube::Error::SerdeError)?;
    let parameters = PatchParams::default();
    match nodes.create(&PostParams::default(), &node).await {
        Ok(_) => {
            // Admission taints each new node as not ready.
            let untainted = json!({ "spec": { "taints": null } });
            nodes.patch(name, &parameters, &Patch::Merge(untainted)).await?;
        }
        Err(kube::Error::Api(status)) if status.is_already_exists() => {}
        Err(error) => return Err(error),
    }
    nodes.patch_status(name, &parameters, &Patch::Merge(ready(port, now))).await?;
    Ok(())
}

fn ready(port: u16, now: Timestamp) -> serde_json::Value {
    // Room for the load fixture's thousands of pods on few nodes.
    let room = json!({ "cpu": "256", "memory": "1Ti", "pods": "5000" });
    json!({ "status": {
        "capacity": room,
        "allocatable": room,
        "conditions": [{
            "type": "Ready",
            "status": "True",
            "reason": "KubeletReady",
            "message": "a fake kubelet runs no containers",
            "lastHeartbeatTime": Time(now),
            "lastTransitionTime": Time(now),
        }],
        "addresses": [{ "type": "InternalIP", "address": "127.0.0.1" }],
        "daemonEndpoints": { "kubeletEndpoint": { "Port": port } },
    } })
}
