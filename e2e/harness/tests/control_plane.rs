//! The control plane, started for real from what `cargo xtask test` has built.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use harness::{
    cache::Cache,
    control_plane::{Binaries, Cluster, ClusterError, ControlPlane, Options},
    wait,
};

const LIMIT: Duration = Duration::from_secs(30);

/// The same folder at every run of a test, so that each clears what a killed one left.
fn run_folder(test: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(test)
}

fn start(run: &Path) -> ControlPlane {
    let binaries = Cache::open().map(|cache| Binaries::find(&cache)).expect("a cache folder");
    let binaries = binaries.expect("the control plane is built");
    ControlPlane::start(&binaries, run, &Options::default()).expect("the control plane starts")
}

/// What `kubectl` answers to the person in `kubeconfig`, or how it was refused.
fn ask(mut kubectl: Command, arguments: &[&str]) -> Result<String, String> {
    let output = kubectl.args(arguments).stdin(Stdio::null()).output().expect("kubectl runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

fn as_admin(cluster: &Cluster, arguments: &[&str]) -> Result<String, String> {
    ask(cluster.kubectl(&cluster.admin_kubeconfig()), arguments)
}

#[test]
fn people_have_what_rbac_gives_them_and_the_audit_log_names_them() {
    let plane = start(&run_folder("rbac"));
    let cluster = plane.cluster();
    let engineer = cluster.kubeconfig_for("engineer", &["shop"]).expect("signed");

    let list = ["get", "pods", "--namespace", "default"];
    let refused = ask(cluster.kubectl(&engineer), &list).expect_err("no right yet");
    assert!(refused.contains("User \"engineer\" cannot list resource \"pods\""), "{refused}");
    as_admin(cluster, &["create", "rolebinding", "see", "--clusterrole=view", "--group=shop"])
        .expect("bound");
    // The authoriser hears of the binding by a watch.
    wait::until("the new binding", LIMIT, || ask(cluster.kubectl(&engineer), &list).ok())
        .expect("allowed now");

    let created = |event: &serde_json::Value| {
        event["verb"] == "create"
            && event["objectRef"]["resource"] == "rolebindings"
            && event["objectRef"]["name"] == "see"
    };
    let event = cluster.audit_log().wait_for("the binding", LIMIT, created).expect("logged");
    assert_eq!(event["user"]["username"], "admin");
    assert_eq!(event["responseObject"]["subjects"][0]["name"], "shop");
    let denied = |event: &serde_json::Value| {
        event["user"]["username"] == "engineer" && event["responseStatus"]["code"] == 403
    };
    cluster.audit_log().wait_for("the refusal", LIMIT, denied).expect("logged");
}

#[test]
fn another_process_can_be_handed_the_cluster() {
    let plane = start(&run_folder("handed-over"));
    let (_, kubeconfig) = plane.cluster().environment();

    let cluster = Cluster::open(&kubeconfig).expect("a test cluster");

    assert_eq!(cluster.server(), plane.cluster().server());
    let admin = cluster.kubeconfig_for("someone", &["system:masters"]).expect("signed");
    ask(cluster.kubectl(&admin), &["get", "nodes"]).expect("answers");
    assert!(matches!(Cluster::open(&admin), Err(ClusterError::NotOurs { .. })));
}

#[test]
fn impersonation_is_in_the_audit_log_with_groups() {
    let plane = start(&run_folder("impersonation"));
    let cluster = plane.cluster();

    let groups = ["--as=on-call", "--as-group=sekisho:act:restart-pod"];
    let create = ["create", "configmap", "note", "--namespace=default"];
    let refused = as_admin(cluster, &[&create[..], &groups[..]].concat());

    assert!(refused.expect_err("no right").contains("User \"on-call\" cannot create"));
    let by_on_call = |event: &serde_json::Value| event["impersonatedUser"]["username"] == "on-call";
    let event = cluster.audit_log().wait_for("the attempt", LIMIT, by_on_call).expect("logged");
    assert_eq!(event["user"]["username"], "admin");
    let groups = &event["impersonatedUser"]["groups"];
    assert_eq!(groups[0], "sekisho:act:restart-pod");
}

#[test]
fn secrets_never_reach_the_audit_log() {
    let plane = start(&run_folder("secrets"));
    let cluster = plane.cluster();

    let create = ["create", "secret", "generic", "password", "--from-literal=it=opensesame"];
    as_admin(cluster, &create).expect("created");

    let of_secret = |event: &serde_json::Value| event["objectRef"]["name"] == "password";
    let event = cluster.audit_log().wait_for("the secret", LIMIT, of_secret).expect("logged");
    assert_eq!(event["level"], "Metadata");
    let log = std::fs::read_to_string(cluster.audit_log().path()).expect("a log");
    assert!(!log.contains("b3BlbnNlc2FtZQ"), "the value, in base64, is in the log");
}

#[test]
fn a_killed_api_server_refuses_and_comes_back_with_its_state() {
    let mut plane = start(&run_folder("killed"));
    as_admin(plane.cluster(), &["create", "namespace", "kept"]).expect("created");

    plane.kill_api_server();
    let refused = as_admin(plane.cluster(), &["get", "namespace", "kept"]).expect_err("gone");
    assert!(refused.contains("refused"), "{refused}");
    plane.restart_api_server().expect("back");

    as_admin(plane.cluster(), &["get", "namespace", "kept"]).expect("still there");
}

#[test]
fn a_paused_api_server_answers_nothing_until_resumed() {
    let plane = start(&run_folder("paused"));
    let cluster = plane.cluster();

    plane.pause_api_server();
    let get = ["get", "namespaces", "--request-timeout=1s"];
    let late = as_admin(cluster, &get).expect_err("no answer");
    assert!(late.to_lowercase().contains("timeout") || late.contains("deadline"), "{late}");
    plane.resume_api_server();

    wait::until("an answer", LIMIT, || as_admin(cluster, &get).ok()).expect("answers again");
}

#[test]
fn dropping_it_stops_every_process_and_keeps_the_logs() {
    let run = run_folder("dropped");
    let plane = start(&run);
    let running = || {
        // Every process of the run has its folder on the command line.
        let run = run.display().to_string();
        let processes = std::fs::read_dir("/proc").expect("proc").filter_map(Result::ok);
        let lines = processes.filter_map(|it| std::fs::read(it.path().join("cmdline")).ok());
        lines.filter(|line| String::from_utf8_lossy(line).contains(&run)).count()
    };
    assert_eq!(running(), 4);

    drop(plane);

    assert_eq!(running(), 0);
    assert!(run.join("kube-apiserver.log").exists());
    assert!(run.join("audit.log").exists());
}

#[test]
fn an_argument_that_the_api_server_refuses_is_an_error_with_its_log() {
    let binaries = Cache::open().map(|cache| Binaries::find(&cache)).expect("a cache folder");
    let options = Options { api_server_arguments: vec!["--no-such-flag".to_owned()] };

    let started = ControlPlane::start(
        &binaries.expect("the control plane is built"),
        &run_folder("refused"),
        &options,
    );

    let error = started.expect_err("refused").to_string();
    assert!(error.contains("kube-apiserver ended by itself"), "{error}");
    assert!(error.contains("unknown flag: --no-such-flag"), "{error}");
}
