//! The running control plane, and the faults that tests put it through.

use std::{
    fs, io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use super::{
    authority::{self, Authority},
    binaries::Binaries,
    cluster::{self, Cluster, authority_folder},
    programs::{Ports, Programs},
};
use crate::{
    node::{self, Node},
    ports,
    run_folder::{self, RunFolder},
    service::{self, Service},
    wait::{self, TimedOut},
};

const AUDIT_POLICY: &str = include_str!("../../recipes/audit-policy.yaml");

/// How long a service may take to be ready. On an idle machine it takes seconds.
const LIMIT: Duration = Duration::from_mins(2);

/// The control plane did not run as it should.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A service did not start, or ended by itself.
    #[error(transparent)]
    Service(#[from] service::Error),
    /// A service runs but does not become ready.
    #[error("{source}; see the logs in {}", logs.display())]
    NotReady {
        /// Where its log is.
        logs: PathBuf,
        /// What was waited for.
        source: TimedOut,
    },
    /// A kubeconfig could not be made.
    #[error(transparent)]
    Cluster(#[from] cluster::Error),
    /// A certificate could not be made.
    #[error(transparent)]
    Authority(#[from] authority::Error),
    /// The run folder could not be had.
    #[error(transparent)]
    RunFolder(#[from] run_folder::Error),
    /// The real node did not run as it should.
    #[error(transparent)]
    Node(#[from] node::Error),
    /// No port to listen on.
    #[error(transparent)]
    Port(#[from] ports::NoneFree),
    /// The file system refused.
    #[error("cannot set up the control plane")]
    Io(#[from] io::Error),
}

/// What a test may want otherwise than usual.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// More arguments for `kube-apiserver`, each such as `--watch-cache=false`.
    pub api_server_arguments: Vec<String>,
}

/// A running cluster. Dropping it stops every process; its run folder, with the logs, stays
/// until the next start there.
#[derive(Debug)]
pub struct ControlPlane {
    // Fields are dropped from the top: clients first, the store last.
    kubelet: Option<Service>,
    node: Option<Node>,
    scheduler: Service,
    controllers: Service,
    api_server: Service,
    etcd: Service,
    cluster: Cluster,
    folder: RunFolder,
}

impl ControlPlane {
    /// Starts an empty cluster with its state in `run_folder`, and waits until it is ready.
    pub fn start(binaries: &Binaries, run_folder: &Path, options: &Options) -> Result<Self, Error> {
        let folder = RunFolder::claim(run_folder)?;
        symlink(binaries.folder(), folder.path().join("bin"))?;
        fs::write(folder.path().join("audit-policy.yaml"), AUDIT_POLICY)?;
        let authority = Authority::create(&authority_folder(folder.path()))?;
        let ports = choose_ports()?;
        let cluster = Cluster::create(folder.path(), ports.api)?;
        let token_keys = authority.token_keys()?;
        let programs = Programs { cluster: &cluster, ports, token_keys };

        let etcd = Service::start("etcd", programs.etcd(), &folder)?;
        let kubelets_client = authority.client("kube-apiserver", &["system:masters"])?;
        let more = &options.api_server_arguments;
        let command = programs.api_server(&authority.server()?, &kubelets_client, more);
        let mut api_server = Service::start("kube-apiserver", command, &folder)?;
        until_serving(&cluster, &mut api_server)?;

        let controllers = cluster.kubeconfig_for("system:kube-controller-manager", &[])?;
        let controllers = programs.controllers(&controllers);
        let controllers = Service::start("kube-controller-manager", controllers, &folder)?;
        let scheduler = cluster.kubeconfig_for("system:kube-scheduler", &[])?;
        let scheduler = Service::start("kube-scheduler", programs.scheduler(&scheduler), &folder)?;
        let mut plane = Self {
            kubelet: None,
            node: None,
            scheduler,
            controllers,
            api_server,
            etcd,
            cluster,
            folder,
        };
        plane.until_controlled()?;
        Ok(plane)
    }

    /// The cluster as its clients see it.
    #[must_use]
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// Lets the fake kubelet at `program` run `nodes` nodes, and waits until they are ready.
    pub fn run_kubelet(&mut self, program: &Path, nodes: u16) -> Result<(), Error> {
        let mut command = Command::new(program);
        command.arg("--kubeconfig").arg(self.cluster.admin_kubeconfig());
        command.arg("--nodes").arg(nodes.to_string());
        let shown = self.cluster.server_certificate()?;
        command.arg("--certificate").arg(shown.certificate).arg("--key").arg(shown.key);
        // The one before, if any, goes first: two would fight over the same pods.
        self.kubelet = None;
        let mut kubelet = Service::start("fake-kubelet", command, &self.folder)?;
        until_ready(&self.cluster, "ready nodes", &mut [&mut kubelet], |cluster| {
            (ready_nodes(cluster)? >= usize::from(nodes)).then_some(())
        })?;
        self.kubelet = Some(kubelet);
        Ok(())
    }

    /// Runs a real node, and waits until it takes pods. [`node::prepare`](crate::node::prepare)
    /// comes first.
    pub fn run_node(&mut self) -> Result<(), Error> {
        // The one before, if any, goes first: both have one name.
        self.node = None;
        let mut node = Node::start(&self.cluster, &self.folder)?;
        until_ready(&self.cluster, "a ready node", &mut [node.service()], |cluster| {
            ready_nodes(cluster).filter(|nodes| *nodes > 0)?;
            // A new node is tainted as not ready, and no controller runs here that takes that away.
            let untainted = r#"{"spec":{"taints":null}}"#;
            ask(cluster, &["patch", "node", node::NAME, "--patch", untainted]).map(drop)
        })?;
        self.node = Some(node);
        Ok(())
    }

    /// Freezes the API server: connections stay open and nothing answers.
    pub fn pause_api_server(&self) {
        self.api_server.pause();
    }

    /// Ends [`pause_api_server`](Self::pause_api_server).
    pub fn resume_api_server(&self) {
        self.api_server.resume();
    }

    /// Kills the API server: connections break and new ones are refused.
    pub fn kill_api_server(&mut self) {
        self.api_server.kill();
    }

    /// Starts the API server again at the same address and waits until it is ready.
    pub fn restart_api_server(&mut self) -> Result<(), Error> {
        self.api_server.start_again(&self.folder)?;
        until_serving(&self.cluster, &mut self.api_server)
    }

    /// Controllers work once they have given the default namespace its account.
    fn until_controlled(&mut self) -> Result<(), Error> {
        let services =
            &mut [&mut self.etcd, &mut self.api_server, &mut self.controllers, &mut self.scheduler];
        until_ready(&self.cluster, "working controllers", services, |cluster| {
            ask(cluster, &["get", "serviceaccount", "default"]).map(drop)
        })
    }
}

fn until_serving(cluster: &Cluster, api_server: &mut Service) -> Result<(), Error> {
    until_ready(cluster, "the API server to be ready", &mut [api_server], |cluster| {
        ask(cluster, &["get", "--raw", "/readyz"]).map(drop)
    })
}

/// Looks until `look` is satisfied, unless one of `services` ends before.
fn until_ready(
    cluster: &Cluster,
    what: &str,
    services: &mut [&mut Service],
    look: impl Fn(&Cluster) -> Option<()>,
) -> Result<(), Error> {
    let mut check = || services.iter_mut().try_for_each(|service| service.check());
    let outcome = wait::until(what, LIMIT, || match check() {
        Ok(()) => look(cluster).map(Ok),
        Err(ended) => Some(Err(ended)),
    });
    let logs = cluster.folder().to_owned();
    Ok(outcome.map_err(|source| Error::NotReady { logs, source })??)
}

/// How many nodes are ready.
fn ready_nodes(cluster: &Cluster) -> Option<usize> {
    let ready = "jsonpath={.items[*].status.conditions[?(@.type==\"Ready\")].status}";
    let statuses = ask(cluster, &["get", "nodes", "--output", ready])?;
    Some(statuses.split(' ').filter(|status| *status == "True").count())
}

/// What `kubectl` answers to the admin, if it succeeds.
fn ask(cluster: &Cluster, arguments: &[&str]) -> Option<String> {
    let mut kubectl = cluster.kubectl(&cluster.admin_kubeconfig());
    kubectl.args(["--request-timeout", "5s", "--namespace", "default"]).args(arguments);
    let output = kubectl.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn choose_ports() -> Result<Ports, ports::NoneFree> {
    Ok(Ports {
        api: ports::free()?,
        etcd: ports::free()?,
        etcd_peer: ports::free()?,
        controllers: ports::free()?,
        scheduler: ports::free()?,
    })
}
