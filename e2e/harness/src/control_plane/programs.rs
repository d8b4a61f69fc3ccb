//! The command lines of the control plane's programs. Everything listens on loopback.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::{authority::Credential, cluster::Cluster};

/// Loopback ports, one for each listener.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ports {
    pub(super) api: u16,
    pub(super) etcd: u16,
    pub(super) etcd_peer: u16,
    pub(super) controllers: u16,
    pub(super) scheduler: u16,
}

/// What the command lines have in common.
pub(super) struct Programs<'a> {
    pub(super) cluster: &'a Cluster,
    pub(super) ports: Ports,
    pub(super) token_keys: Credential,
}

impl Programs<'_> {
    /// The store. Written to disk with fsync, as in production.
    pub(super) fn etcd(&self) -> Command {
        let client = format!("http://127.0.0.1:{}", self.ports.etcd);
        let peer = format!("http://127.0.0.1:{}", self.ports.etcd_peer);
        let mut command = Command::new("etcd");
        // This version counts 64-bit ARM as experimental and must be told.
        command.env("ETCD_UNSUPPORTED_ARCH", "arm64");
        flags(
            &mut command,
            &[
                ("name", "test"),
                ("data-dir", &self.path("etcd")),
                ("listen-client-urls", &client),
                ("advertise-client-urls", &client),
                ("listen-peer-urls", &peer),
                ("initial-advertise-peer-urls", &peer),
                ("initial-cluster", &format!("test={peer}")),
            ],
        );
        command
    }

    /// The API server, with the authorisers, issuer and audit log of a real cluster.
    pub(super) fn api_server(
        &self,
        server: &Credential,
        kubelets_client: &Credential,
        more: &[String],
    ) -> Command {
        let mut command = self.program("kube-apiserver");
        let authority = self.cluster.authority().itself();
        flags(
            &mut command,
            &[
                ("etcd-servers", &format!("http://127.0.0.1:{}", self.ports.etcd)),
                ("bind-address", "127.0.0.1"),
                ("advertise-address", "127.0.0.1"),
                ("secure-port", &self.ports.api.to_string()),
                // Loopback is no valid endpoint of the `kubernetes` service.
                ("endpoint-reconciler-type", "none"),
                ("service-cluster-ip-range", "10.0.0.0/16"),
                ("tls-cert-file", &text(&server.certificate)),
                ("tls-private-key-file", &text(&server.key)),
                ("client-ca-file", &text(&authority.certificate)),
                ("kubelet-client-certificate", &text(&kubelets_client.certificate)),
                ("kubelet-client-key", &text(&kubelets_client.key)),
                ("cert-dir", &self.path("api-server")),
                ("authorization-mode", "Node,RBAC"),
                ("service-account-issuer", "https://kubernetes.default.svc"),
                ("service-account-signing-key-file", &text(&self.token_keys.key)),
                ("service-account-key-file", &text(&self.token_keys.certificate)),
                ("audit-policy-file", &self.path("audit-policy.yaml")),
                ("audit-log-path", &text(self.cluster.audit_log().path())),
                // Megabytes. A log that rotates away under a test's eyes proves nothing.
                ("audit-log-maxsize", "4096"),
            ],
        );
        command.args(more);
        command
    }

    /// The controllers, except those that need real nodes and disks: without a kubelet's
    /// heartbeats, node lifecycle would taint every node.
    pub(super) fn controllers(&self, client: &Path) -> Command {
        let mut command = self.program("kube-controller-manager");
        let authority = self.cluster.authority().itself();
        clients_flags(&mut command, client, self.ports.controllers, &self.path("controllers"));
        let controllers = "*,-nodelifecycle,-nodeipam,-attachdetach,\
                           -persistentvolume-binder,-persistentvolume-expander";
        flags(
            &mut command,
            &[
                ("controllers", controllers),
                ("use-service-account-credentials", "true"),
                ("service-account-private-key-file", &text(&self.token_keys.key)),
                ("root-ca-file", &text(&authority.certificate)),
                ("cluster-signing-cert-file", &text(&authority.certificate)),
                ("cluster-signing-key-file", &text(&authority.key)),
                // The load fixture makes thousands of pods.
                ("kube-api-qps", "500"),
                ("kube-api-burst", "1000"),
            ],
        );
        command
    }

    /// The scheduler.
    pub(super) fn scheduler(&self, client: &Path) -> Command {
        let mut command = self.program("kube-scheduler");
        clients_flags(&mut command, client, self.ports.scheduler, &self.path("scheduler"));
        command
    }

    fn program(&self, name: &str) -> Command {
        Command::new(self.cluster.folder().join("bin").join(name))
    }

    fn path(&self, name: &str) -> String {
        text(&self.cluster.folder().join(name))
    }
}

/// What controllers and scheduler share: they are the API server's clients.
fn clients_flags(command: &mut Command, kubeconfig: &Path, port: u16, certificates: &str) {
    let kubeconfig = text(kubeconfig);
    flags(
        command,
        &[
            ("kubeconfig", &kubeconfig),
            ("authentication-kubeconfig", &kubeconfig),
            ("authorization-kubeconfig", &kubeconfig),
            ("bind-address", "127.0.0.1"),
            ("secure-port", &port.to_string()),
            ("port", "0"),
            ("cert-dir", certificates),
            ("leader-elect", "false"),
        ],
    );
}

fn flags(command: &mut Command, flags: &[(&str, &str)]) {
    command.args(flags.iter().map(|(name, value)| format!("--{name}={value}")));
}

fn text(path: &Path) -> String {
    PathBuf::from(path).to_string_lossy().into_owned()
}
