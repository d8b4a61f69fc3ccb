//! The real node, started for real: what it leaves behind, and what it does not.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use harness::{
    cache::Cache,
    control_plane::{Binaries, Cluster, ControlPlane, Options},
    node::{ContainerLog, Event, IMAGE},
    tool, wait,
};

const LIMIT: Duration = Duration::from_secs(30);

/// The same folder at every run, so that each clears what a killed one left.
fn run_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("node")
}

fn start(run: &Path) -> ControlPlane {
    let binaries = Cache::open().map(|cache| Binaries::find(&cache)).expect("a cache folder");
    let binaries = binaries.expect("the control plane is built");
    let mut plane = ControlPlane::start(&binaries, run, &Options::default()).expect("starts");
    plane.run_node().expect("a node starts");
    plane
}

fn ask(cluster: &Cluster, arguments: &[&str]) -> Result<String, tool::Error> {
    tool::output(cluster.kubectl(&cluster.admin_kubeconfig()).args(arguments))
}

/// Runs a pod that writes a line and then sleeps; answers what tells its processes from all others: the ids of its
/// container and of its sandbox, one of which its shim is told, and the script.
fn run_pod(cluster: &Cluster) -> Vec<String> {
    let script = format!("echo here; sleep 1000; echo {}", cluster.server());
    let run = ["run", "sleeper", "--image", IMAGE, "--command", "--", "sh", "-c", &script];
    ask(cluster, &run).expect("created");
    let lines = || ask(cluster, &["logs", "sleeper"]).ok().filter(|it| !it.is_empty());
    assert_eq!(wait::until("its lines", LIMIT, lines).expect("it runs"), "here\n");
    let started = ContainerLog::of(cluster).events().expect("a log").into_iter();
    let ids = started.filter_map(|event| match event {
        Event::Started { container } => Some(container),
        Event::Ended { .. } => None,
    });
    ids.chain([script]).collect()
}

/// Processes in whose command line one of these stands.
fn processes_with(texts: &[String]) -> usize {
    let processes = fs::read_dir("/proc").expect("proc").filter_map(Result::ok);
    let lines = processes.filter_map(|it| fs::read(it.path().join("cmdline")).ok());
    let lines = lines.map(|line| String::from_utf8_lossy(&line).into_owned());
    lines.filter(|line| texts.iter().any(|text| line.contains(text))).count()
}

/// Cgroups that were made for a node, of this run or of another one.
fn cgroups() -> Vec<PathBuf> {
    let hierarchies = fs::read_dir("/sys/fs/cgroup").expect("cgroups").filter_map(Result::ok);
    let inside = hierarchies.filter_map(|hierarchy| fs::read_dir(hierarchy.path()).ok()).flatten();
    let paths = inside.filter_map(Result::ok).map(|cgroup| cgroup.path());
    paths.filter(|path| path.to_string_lossy().contains("/sekisho-")).collect()
}

/// From now on, whoever looks takes the run for one whose owner was killed.
fn killed(plane: ControlPlane, run: &Path) {
    fs::write(run.join("owner"), "1 1").expect("written");
    std::mem::forget(plane);
}

#[test]
fn nothing_is_left_of_a_node_that_was_killed_or_has_ended() {
    let (run, others) = (run_folder(), cgroups());
    let plane = start(&run);
    let orphan = run_pod(plane.cluster());
    let mut made = cgroups();
    made.retain(|cgroup| !others.contains(cgroup));
    assert!(!made.is_empty());
    assert_eq!(processes_with(&orphan), 2, "its shell and its shim");

    killed(plane, &run);
    let plane = start(&run);
    assert_eq!(processes_with(&orphan), 0);
    let container = run_pod(plane.cluster());
    assert_eq!(processes_with(&container), 2);

    drop(plane);
    assert_eq!(processes_with(&container), 0);
    assert!(made.iter().all(|cgroup| !cgroup.exists()), "{made:?}");
    let mounts = fs::read_to_string("/proc/mounts").expect("mounts");
    assert!(!mounts.lines().any(|mount| mount.starts_with("node ")), "{mounts}");
}
