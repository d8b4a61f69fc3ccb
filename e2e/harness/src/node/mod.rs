//! A real node: a kubelet, and a containerd that runs what it is told to. For tests whose truth
//! is in a container.
//!
//! All of it lives in namespaces whose first process is the service, so that it ends as one.
//! Nothing of the machine is changed: state is kept in memory, pods have a network apart, and
//! the cgroups, the only thing that outlives a killed run, are cleared at the next start.

mod cgroups;
mod containers;
mod image;
mod settings;

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use self::{cgroups::Cgroups, settings::Settings};
use crate::{
    control_plane::{Cluster, ClusterError},
    identity::Identity,
    packages, ports,
    progress::Progress,
    run_folder::{self, RunFolder},
    service::{self, Service},
    tool,
    wait::{self, TimedOut},
};

pub use containers::{ContainerLog, Event};
pub use image::IMAGE;

/// What it is called in the cluster.
pub const NAME: &str = "localhost";

/// What it is made of, besides the kubelet.
const PACKAGES: &[&str] = &["busybox-static", "containerd", "containernetworking-plugins", "runc"];

const RECIPE: &str = include_str!("../../recipes/node.sh");

/// From which the kubelet learns that memory ran out.
const KERNEL_LOG: &str = "/dev/kmsg";

/// How long the first of the node's processes may take to be there.
const LIMIT: Duration = Duration::from_secs(10);

/// A node could not be had.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Only root runs containers.
    #[error("a real node is run by root only: it mounts and makes namespaces; run this with sudo")]
    NotRoot,
    /// The kubelet of this Kubernetes wants cgroups of the first version.
    #[error(
        "a real node needs cgroups of version 1 and /sys/fs/cgroup lacks {0}; boot the machine \
         with systemd.unified_cgroup_hierarchy=0, or mount them with Debian's `cgroupfs-mount`"
    )]
    NoCgroups(String),
    /// In a container that was not given it.
    #[error(
        "a real node reads {KERNEL_LOG}, which is not there; make it with:\n  sudo mknod {KERNEL_LOG} c 1 11"
    )]
    NoKernelLog,
    /// In a container without the right to.
    #[error(
        "a real node needs namespaces of its own, which are refused; give this container the capability SYS_ADMIN"
    )]
    NoNamespaces(#[source] tool::Error),
    /// Packages are missing.
    #[error(transparent)]
    Packages(#[from] packages::Error),
    /// A tool failed.
    #[error(transparent)]
    Tool(#[from] tool::Error),
    /// The node's programs did not start, or ended by themselves.
    #[error(transparent)]
    Service(#[from] service::Error),
    /// The node's processes could not be noted.
    #[error(transparent)]
    RunFolder(#[from] run_folder::Error),
    /// The kubelet has no credentials.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// No port to listen on.
    #[error(transparent)]
    Port(#[from] ports::NoneFree),
    /// Something did not begin, or end, in time.
    #[error(transparent)]
    TimedOut(#[from] TimedOut),
    /// The file system refused.
    #[error("cannot set up a node in {}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Installs what a node is made of, where it is missing, and looks whether this machine can run
/// one at all.
pub fn prepare(progress: Progress<'_>) -> Result<(), Error> {
    if !rustix::process::geteuid().is_root() {
        return Err(Error::NotRoot);
    }
    let missing = Cgroups::missing();
    if !missing.is_empty() {
        return Err(Error::NoCgroups(missing.join(", ")));
    }
    if !Path::new(KERNEL_LOG).exists() {
        return Err(Error::NoKernelLog);
    }
    tool::output(in_namespaces().arg("true")).map_err(Error::NoNamespaces)?;
    Ok(packages::ensure(PACKAGES, progress)?)
}

/// A running node. Dropping it ends every container.
#[derive(Debug)]
pub(crate) struct Node {
    service: Service,
    first: Identity,
    // Dropped last: nothing runs in them any more.
    _cgroups: Cgroups,
}

impl Node {
    /// Starts a node of `cluster`, with its settings and logs in `folder`; it is ready later.
    pub(crate) fn start(cluster: &Cluster, folder: &RunFolder) -> Result<Self, Error> {
        let cgroups = Cgroups::create(folder.path())?;
        let settings = folder.path().join("node");
        fs::create_dir(&settings).map_err(at(&settings))?;
        image::write(&settings.join("image.tar"))?;
        let user = format!("system:node:{NAME}");
        let kubeconfig = cluster.kubeconfig_for(&user, &["system:nodes"])?;
        fs::rename(kubeconfig, settings.join("kubeconfig")).map_err(at(&settings))?;
        let shown = cluster.server_certificate()?;
        let port = ports::free()?;
        Settings { folder: &settings, cgroups: cgroups.path(), port, shown }.write()?;
        let recipe = settings.join("node.sh");
        fs::write(&recipe, RECIPE).map_err(at(&recipe))?;

        let mut command = in_namespaces();
        command.arg("bash").arg(&recipe).arg(folder.path().join("bin/kubelet"));
        command.arg(&settings).arg(folder.path());
        let service = Service::start("node", command, folder)?;
        let first = wait::until("the node's first process", LIMIT, || first_of(&service))?;
        // What is to be stopped, should we be killed: `unshare` itself hears no signal.
        folder.record("node", first.pid())?;
        Ok(Self { service, first, _cgroups: cgroups })
    }

    /// What runs it.
    pub(crate) fn service(&mut self) -> &mut Service {
        &mut self.service
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // With the first process of their namespace all others end, and only then `unshare` does.
        self.first.stop();
    }
}

/// Runs what follows as the first process of namespaces of its own; all in them ends with it.
fn in_namespaces() -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--"]);
    command
}

/// The one child of `unshare`.
fn first_of(service: &Service) -> Option<Identity> {
    let pid = service.pid();
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).ok()?;
    Identity::of(children.split_whitespace().next()?.parse().ok()?)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io { path, source }
}
