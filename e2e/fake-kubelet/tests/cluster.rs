//! The fake kubelet on a real control plane: what Kubernetes makes of what it reports.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use harness::{
    cache::Cache,
    control_plane::{Binaries, Cluster, ControlPlane, Options},
    wait,
};
use serde_json::{Value, json};

const LIMIT: Duration = Duration::from_mins(1);

/// A cluster with two nodes, in the same folder at every run of a test, so that each clears
/// what a killed one left.
fn start(test: &str) -> ControlPlane {
    let binaries = Cache::open().map(|cache| Binaries::find(&cache)).expect("a cache folder");
    let binaries = binaries.expect("the control plane is built");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let plane = ControlPlane::start(&binaries, &folder, &Options::default());
    let mut plane = plane.expect("the control plane starts");
    plane.run_kubelet(Path::new(env!("CARGO_BIN_EXE_fake-kubelet")), 2).expect("nodes are ready");
    plane
}

fn kubectl(cluster: &Cluster, arguments: &[&str]) -> Result<String, String> {
    let mut kubectl = cluster.kubectl(&cluster.admin_kubeconfig());
    let output = kubectl.args(arguments).stdin(Stdio::null()).output().expect("kubectl runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

fn get(cluster: &Cluster, kind: &str, name: &str) -> Option<Value> {
    let text = kubectl(cluster, &["get", kind, name, "--output=json"]).ok()?;
    Some(serde_json::from_str(&text).expect("JSON"))
}

/// The word in the STATUS column of `kubectl get pods`, and the READY column.
fn column(cluster: &Cluster, pod: &str) -> Option<(String, String)> {
    let line = kubectl(cluster, &["get", "pod", pod, "--no-headers"]).ok()?;
    let mut words = line.split_whitespace().skip(1).map(str::to_owned);
    let ready = words.next()?;
    Some((words.next()?, ready))
}

fn apply(cluster: &Cluster, folder: &str, object: &Value) {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{folder}.json"));
    std::fs::write(&path, object.to_string()).expect("written");
    kubectl(cluster, &["apply", "--filename", &path.display().to_string()]).expect("applied");
}

fn pod(name: &str, behaviour: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": { "name": name, "annotations": { "sekisho.dev/fake": behaviour } },
        "spec": { "containers": [{ "name": "app", "image": "shop/app:1" }] },
    })
}

fn deployment(image: &str) -> Value {
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "web" },
        "spec": {
            "replicas": 3,
            "selector": { "matchLabels": { "app": "web" } },
            "template": {
                "metadata": { "labels": { "app": "web" } },
                "spec": { "containers": [{ "name": "app", "image": image }] },
            },
        },
    })
}

#[test]
fn pods_do_as_they_are_told() {
    let plane = start("behaviours");
    let cluster = plane.cluster();
    let told = [
        ("crashing", "crash-loop", "CrashLoopBackOff", "0/1"),
        ("unready", "never-ready", "Running", "0/1"),
        ("waiting", "pending", "ContainerCreating", "0/1"),
        ("late", "slow:1500", "Running", "1/1"),
        ("puzzled", "fly", "CreateContainerConfigError", "0/1"),
    ];
    let pods: Vec<_> = told.iter().map(|(name, behaviour, ..)| pod(name, behaviour)).collect();
    apply(cluster, "behaviours", &json!({ "apiVersion": "v1", "kind": "List", "items": pods }));

    for (name, _, status, ready) in told {
        let expected = (status.to_owned(), ready.to_owned());
        wait::until(&format!("{name} to be {status}"), LIMIT, || {
            (column(cluster, name)? == expected).then_some(())
        })
        .expect("as told");
    }
    let logs = ["logs", "crashing", "--previous", "--tail=1"];
    assert_eq!(kubectl(cluster, &logs).as_deref(), Ok("the run before finds no database\n"));
    let late = get(cluster, "pod", "late").expect("there");
    let since = |path| late.pointer(path).and_then(Value::as_str).expect("a time").to_owned();
    assert_ne!(since("/status/startTime"), since("/status/conditions/2/lastTransitionTime"));
}

#[test]
fn rollouts_finish_and_what_is_evicted_is_replaced() {
    let plane = start("rollouts");
    let cluster = plane.cluster();
    let rolled_out = || {
        kubectl(cluster, &["rollout", "status", "deployment/web", "--timeout=60s"])
            .expect("the rollout finishes");
    };
    let names = || {
        let names = ["get", "pods", "--output=jsonpath={.items[*].metadata.name}"];
        let text = kubectl(cluster, &names).expect("listed");
        text.split(' ').map(str::to_owned).collect::<Vec<_>>()
    };
    apply(cluster, "rollouts", &deployment("shop/web:1"));
    rolled_out();
    let first = names();

    apply(cluster, "rollouts", &deployment("shop/web:2"));
    rolled_out();
    wait::until("the old pods to be gone", LIMIT, || {
        (!names().iter().any(|name| first.contains(name))).then_some(())
    })
    .expect("removed");

    let evicted = names().remove(0);
    kubectl(cluster, &["delete", "pod", &evicted]).expect("deleted within its grace period");
    rolled_out();
    assert!(!names().contains(&evicted));
    assert_eq!(names().len(), 3);
}

#[test]
fn a_cordoned_node_stays_cordoned_when_the_kubelet_starts_again() {
    let mut plane = start("cordoned");
    kubectl(plane.cluster(), &["cordon", "fake-1"]).expect("cordoned");

    plane.run_kubelet(Path::new(env!("CARGO_BIN_EXE_fake-kubelet")), 2).expect("again");

    let node = get(plane.cluster(), "node", "fake-1").expect("there");
    assert_eq!(node["spec"]["unschedulable"], true);
}

#[test]
fn the_harness_builds_this_very_program() {
    let built = harness::kubelet::build(&harness::progress::silent).expect("built");

    assert_eq!(built, Path::new(env!("CARGO_BIN_EXE_fake-kubelet")));
}
