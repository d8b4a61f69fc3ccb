//! Six nodes in three zones.
//!
//! Data only.

use serde_json::{Value, json};

pub(super) fn objects() -> Vec<Value> {
    (1..=6).map(|number| node(number, ["a", "b", "c"][number % 3])).collect()
}

fn node(number: usize, zone: &str) -> Value {
    let name = format!("node-{zone}-{number}");
    let resources =
        json!({ "cpu": "16", "memory": "64Gi", "pods": "110", "ephemeral-storage": "200Gi" });
    json!({
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": { "name": name, "labels": {
            "kubernetes.io/hostname": name,
            "kubernetes.io/os": "linux",
            "kubernetes.io/arch": "amd64",
            "node.kubernetes.io/instance-type": "n16-64",
            "topology.kubernetes.io/region": "kawase-east",
            "topology.kubernetes.io/zone": format!("kawase-east-{zone}"),
        } },
        "spec": { "podCIDR": format!("10.244.{number}.0/24") },
        "status": {
            "addresses": [
                { "type": "InternalIP", "address": format!("10.20.0.{}", 10 + number) },
                { "type": "Hostname", "address": name },
            ],
            "capacity": resources,
            "allocatable": resources,
            "conditions": [
                { "type": "MemoryPressure", "status": "False", "reason": "KubeletHasSufficientMemory" },
                { "type": "DiskPressure", "status": "False", "reason": "KubeletHasNoDiskPressure" },
                { "type": "PIDPressure", "status": "False", "reason": "KubeletHasSufficientPID" },
                { "type": "Ready", "status": "True", "reason": "KubeletReady" },
            ],
            "nodeInfo": {
                "kubeletVersion": "v1.33.0", "containerRuntimeVersion": "containerd://2.1.1",
                "osImage": "Debian GNU/Linux 13 (trixie)", "kernelVersion": "6.12.0", "architecture": "amd64",
                "operatingSystem": "linux", "kubeProxyVersion": "v1.33.0",
                "machineID": "", "systemUUID": "", "bootID": "",
            },
        },
    })
}
