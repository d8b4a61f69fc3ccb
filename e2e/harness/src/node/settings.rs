//! What containerd, its network and the kubelet are told, as files.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{Error, at, image::IMAGE};
use crate::control_plane::ServerCertificate;

/// What differs from node to node.
pub(super) struct Settings<'a> {
    /// Where they are written.
    pub(super) folder: &'a Path,
    /// The path of the node's cgroups in each hierarchy.
    pub(super) cgroups: String,
    /// Where the kubelet listens, on loopback.
    pub(super) port: u16,
    /// What the kubelet shows there, and whose clients it believes.
    pub(super) shown: ServerCertificate,
}

impl Settings<'_> {
    /// Writes them all.
    pub(super) fn write(&self) -> Result<(), Error> {
        let network = self.folder.join("network");
        fs::create_dir_all(&network).map_err(at(&network))?;
        self.keep("containerd.toml", &self.containerd())?;
        self.keep("network/pods.conflist", &network_of_pods().to_string())?;
        self.keep("kubelet.json", &self.kubelet().to_string())
    }

    fn keep(&self, name: &str, text: &str) -> Result<(), Error> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(at(&path))
    }

    fn containerd(&self) -> String {
        // TOML writes a string as JSON does.
        let network = json!(self.folder.join("network"));
        format!(
            r#"version = 2
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{IMAGE}"
cni.bin_dir = "/usr/lib/cni"
cni.conf_dir = {network}
# Not every root may shield processes from the end of memory.
restrict_oom_score_adj = true
"#
        )
    }

    fn kubelet(&self) -> Value {
        json!({
            "apiVersion": "kubelet.config.k8s.io/v1beta1",
            "kind": "KubeletConfiguration",
            "address": "127.0.0.1",
            "port": self.port,
            "healthzPort": 0,
            "tlsCertFile": self.shown.certificate,
            "tlsPrivateKeyFile": self.shown.key,
            "authentication": { "x509": { "clientCAFile": self.shown.authority } },
            "cgroupDriver": "cgroupfs",
            "cgroupRoot": self.cgroups,
            "failSwapOn": false,
            // That it is ready is told with the next of these.
            "nodeStatusUpdateFrequency": "1s",
            // The machine's own firewall is none of its business.
            "makeIPTablesUtilChains": false,
            "volumePluginDir": "/var/lib/kubelet/volume-plugins",
            // A full disk of the machine's is no reason to send pods away.
            "evictionHard": { "nodefs.available": "0%", "imagefs.available": "0%" },
            "imageGCHighThresholdPercent": 100,
            "eventRecordQPS": 0,
            "serializeImagePulls": false,
        })
    }
}

/// Each pod has an address, and nobody to talk to.
fn network_of_pods() -> Value {
    let addresses = json!({"type": "host-local", "subnet": "10.244.0.0/16", "dataDir": "/var/lib/cni/networks"});
    json!({"cniVersion": "0.4.0", "name": "pods", "plugins": [{"type": "ptp", "ipam": addresses}]})
}
