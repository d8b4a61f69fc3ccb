//! The table of what `kubectl` prints, one row for each branch of the API server's printer.

#![expect(clippy::needless_pass_by_value, reason = "fixtures are written in place, as `json!(…)`")]

use serde_json::{Value, json};

use super::{Printed, printed};

fn pod(spec: Value, status: Value) -> Value {
    json!({"metadata": {"name": "p", "namespace": "n"}, "spec": spec, "status": status})
}

/// A pod with this many plain containers and this status.
fn plain(containers: usize, status: Value) -> Value {
    let containers: Vec<_> = (0..containers).map(|i| json!({"name": format!("c{i}")})).collect();
    pod(json!({"containers": containers}), status)
}

/// A pod with two init containers, one main container and this status.
fn with_init(status: Value) -> Value {
    pod(
        json!({"initContainers": [{"name": "i0"}, {"name": "i1"}], "containers": [{"name": "c0"}]}),
        status,
    )
}

fn container(name: &str, state: Value) -> Value {
    json!({"name": name, "image": "i", "imageID": "", "ready": false, "restartCount": 0, "state": state})
}

fn running(name: &str) -> Value {
    let mut running = container(name, json!({"running": {}}));
    running["ready"] = json!(true);
    running
}

fn ended(name: &str, terminated: Value) -> Value {
    container(name, json!({"terminated": terminated}))
}

fn waiting(name: &str, reason: &str) -> Value {
    container(name, json!({"waiting": {"reason": reason}}))
}

fn restarted(mut container: Value, times: u32, last: &str) -> Value {
    container["restartCount"] = json!(times);
    container["lastState"] = json!({"terminated": {"exitCode": 1, "finishedAt": last}});
    container
}

fn deleted(mut pod: Value) -> Value {
    pod["metadata"]["deletionTimestamp"] = json!("2026-01-01T00:00:00Z");
    pod
}

#[track_caller]
fn prints(pod: Value, ready: &str, status: &str, restarts: u32) {
    let got: Printed = printed(&serde_json::from_value(pod).unwrap());
    let want = (ready.to_owned(), status.to_owned(), restarts);
    assert_eq!((format!("{}/{}", got.ready, got.total), got.status, got.restarts), want);
}

#[test]
fn phases_and_reasons() {
    prints(plain(1, json!({"phase": "Pending"})), "0/1", "Pending", 0);
    prints(plain(1, json!({"phase": "Failed", "reason": "Evicted"})), "0/1", "Evicted", 0);
    let gated = json!({"phase": "Pending",
        "conditions": [{"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"}]});
    prints(plain(1, gated), "0/1", "SchedulingGated", 0);
    prints(plain(2, json!({})), "0/2", "", 0);
}

#[test]
fn main_containers() {
    let status = |containers: Value| json!({"phase": "Running", "containerStatuses": containers});
    prints(plain(2, status(json!([running("c0"), running("c1")]))), "2/2", "Running", 0);
    prints(
        plain(2, status(json!([running("c0"), waiting("c1", "CrashLoopBackOff")]))),
        "1/2",
        "CrashLoopBackOff",
        0,
    );
    prints(
        plain(
            2,
            status(json!([waiting("c0", "ImagePullBackOff"), waiting("c1", "CrashLoopBackOff")])),
        ),
        "0/2",
        "ImagePullBackOff",
        0,
    );
    prints(
        plain(1, status(json!([ended("c0", json!({"exitCode": 137, "reason": "OOMKilled"}))]))),
        "0/1",
        "OOMKilled",
        0,
    );
    prints(
        plain(1, status(json!([ended("c0", json!({"exitCode": 3, "signal": 9}))]))),
        "0/1",
        "Signal:9",
        0,
    );
    prints(plain(1, status(json!([ended("c0", json!({"exitCode": 3}))]))), "0/1", "ExitCode:3", 0);
    prints(plain(1, status(json!([container("c0", json!({"running": {}}))]))), "0/1", "Running", 0);
}

#[test]
fn one_completed_beside_one_running() {
    let containers =
        json!([running("c0"), ended("c1", json!({"exitCode": 0, "reason": "Completed"}))]);
    let status = |ready: &str| json!({"phase": "Running", "containerStatuses": containers, "conditions": [{"type": "Ready", "status": ready}]});
    prints(plain(2, status("True")), "1/2", "Running", 0);
    prints(plain(2, status("False")), "1/2", "NotReady", 0);
    let completed = json!({"phase": "Succeeded",
        "containerStatuses": [ended("c0", json!({"exitCode": 0, "reason": "Completed"}))]});
    prints(plain(1, completed), "0/1", "Completed", 0);
}

#[test]
fn init_containers() {
    let status = |init: Value| {
        json!({"phase": "Pending", "initContainerStatuses": init,
        "containerStatuses": [waiting("c0", "PodInitializing")]})
    };
    let done = || ended("i0", json!({"exitCode": 0, "reason": "Completed"}));
    let table = [
        (json!([waiting("i0", "PodInitializing"), waiting("i1", "PodInitializing")]), "Init:0/2"),
        (json!([done(), container("i1", json!({"running": {}}))]), "Init:1/2"),
        (json!([done(), waiting("i1", "CrashLoopBackOff")]), "Init:CrashLoopBackOff"),
        (json!([done(), ended("i1", json!({"exitCode": 1, "reason": "Error"}))]), "Init:Error"),
        (json!([ended("i0", json!({"exitCode": 1, "signal": 15}))]), "Init:Signal:15"),
        (json!([ended("i0", json!({"exitCode": 4}))]), "Init:ExitCode:4"),
        (json!([container("i0", json!({}))]), "Init:0/2"),
        (json!([done(), ended("i1", json!({"exitCode": 0}))]), "PodInitializing"),
    ];
    for (init, word) in table {
        prints(with_init(status(init)), "0/1", word, 0);
    }
}

#[test]
fn an_init_container_that_runs_again_does_not_hide_an_initialised_pod() {
    let status = json!({"phase": "Running", "conditions": [{"type": "Initialized", "status": "True"}],
        "initContainerStatuses": [waiting("i0", "PodInitializing")], "containerStatuses": [running("c0")]});
    prints(with_init(status), "1/1", "Init:0/2", 0);
}

#[test]
fn sidecars_count_among_the_containers() {
    let spec = json!({"initContainers": [{"name": "i0", "restartPolicy": "Always"}, {"name": "i1"}],
                      "containers": [{"name": "c0"}]});
    let mut sidecar = restarted(running("i0"), 2, "2026-01-01T00:05:00Z");
    sidecar["started"] = json!(true);
    let up = json!({"phase": "Running", "containerStatuses": [running("c0")],
        "initContainerStatuses": [sidecar, restarted(ended("i1", json!({"exitCode": 0})), 3, "2026-01-01T00:06:00Z")]});
    prints(pod(spec.clone(), up), "2/2", "Running", 2);
    let starting =
        json!({"phase": "Pending", "initContainerStatuses": [container("i0", json!({}))]});
    prints(pod(spec, starting), "0/2", "Init:0/2", 0);
}

#[test]
fn restarts_are_those_of_the_stage_the_pod_is_in() {
    let crashed = restarted(waiting("i0", "CrashLoopBackOff"), 4, "2026-01-01T00:01:00Z");
    let initialising = json!({"phase": "Pending", "initContainerStatuses": [crashed]});
    prints(with_init(initialising), "0/1", "Init:CrashLoopBackOff", 4);
    let later = json!({"phase": "Running", "containerStatuses": [
        restarted(running("c0"), 1, "2026-01-01T00:03:00Z"), restarted(running("c1"), 2, "2026-01-01T00:02:00Z")]});
    let got = printed(&serde_json::from_value(plain(2, later)).unwrap());
    assert_eq!(got.restarts, 3);
    assert_eq!(got.restarted_at.unwrap().to_string(), "2026-01-01T00:03:00.000000Z");
}

#[test]
fn deletion_outranks_the_rest() {
    let up = json!({"phase": "Running", "containerStatuses": [running("c0")]});
    prints(deleted(plain(1, up)), "1/1", "Terminating", 0);
    let lost = json!({"phase": "Running", "reason": "NodeLost"});
    prints(deleted(plain(1, lost.clone())), "0/1", "Unknown", 0);
    prints(plain(1, lost), "0/1", "NodeLost", 0);
    let over = json!({"phase": "Succeeded",
        "containerStatuses": [ended("c0", json!({"exitCode": 0, "reason": "Completed"}))]});
    prints(deleted(plain(1, over)), "0/1", "Completed", 0);
}
