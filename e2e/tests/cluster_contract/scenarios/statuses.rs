//! A pod is called here what `kubectl get pods` calls it.

use k8s_openapi::api::core::v1::Pod;
use kube::{Api, api::DeleteParams};
use serde_json::{Value, json};

use crate::{
    fixtures::{pod, report, running},
    stage::Stage,
};

fn container(name: &str, restarts: u32, state: Value) -> Value {
    json!({"name": name, "image": "i", "imageID": "i", "ready": false, "restartCount": restarts, "state": state})
}

fn of_main(phase: &str, restarts: u32, state: Value) -> Value {
    json!({"phase": phase, "containerStatuses": [container("main", restarts, state)],
        "conditions": [{"type": "Ready", "status": "False"}]})
}

fn initialising(restarts: u32, state: Value) -> Value {
    json!({"phase": "Pending", "initContainerStatuses": [container("init", restarts, state)],
        "conditions": [{"type": "Initialized", "status": "False"}, {"type": "Ready", "status": "False"}],
        "containerStatuses": [container("main", 0, json!({"waiting": {"reason": "PodInitializing"}}))]})
}

/// Name, what `kubectl` prints (ready, status, restarts), status.
fn table() -> Vec<(&'static str, &'static str, Value)> {
    let terminated = |state: Value| of_main("Running", 2, json!({"terminated": state}));
    let evicted = json!({"phase": "Failed", "reason": "Evicted", "message": "low on memory",
        "containerStatuses": null, "conditions": null});
    vec![
        ("running", "1/1 Running 0", running()),
        (
            "crashing",
            "0/1 CrashLoopBackOff 5",
            of_main("Running", 5, json!({"waiting": {"reason": "CrashLoopBackOff"}})),
        ),
        ("killed", "0/1 OOMKilled 2", terminated(json!({"exitCode": 137, "reason": "OOMKilled"}))),
        ("exited", "0/1 ExitCode:3 2", terminated(json!({"exitCode": 3}))),
        ("signalled", "0/1 Signal:9 2", terminated(json!({"exitCode": 137, "signal": 9}))),
        (
            "done",
            "0/1 Completed 0",
            of_main("Succeeded", 0, json!({"terminated": {"exitCode": 0, "reason": "Completed"}})),
        ),
        ("evicted", "0/1 Evicted 0", evicted),
        (
            "init-crashing",
            "0/1 Init:CrashLoopBackOff 4",
            initialising(4, json!({"waiting": {"reason": "CrashLoopBackOff"}})),
        ),
        ("init-running", "0/1 Init:0/1 1", initialising(1, json!({"running": {}}))),
        (
            "init-failed",
            "0/1 Init:Error 0",
            initialising(0, json!({"terminated": {"exitCode": 1, "reason": "Error"}})),
        ),
    ]
}

pub(crate) async fn a_pod_is_called_what_kubectl_calls_it(stage: &Stage) {
    let mut expected = Vec::new();
    for (name, printed, status) in table() {
        let mut object = pod(name);
        if name.starts_with("init") {
            object["spec"]["initContainers"] = json!([{"name": "init", "image": "i"}]);
        }
        stage.bring_up(object).await;
        report(&stage.admin, stage.namespace.as_str(), name, status).await;
        expected.push(format!("{name} {printed}"));
    }
    let mut ending = pod("ending");
    // Nobody ends a pod on a node that is not there.
    ending["spec"]["nodeName"] = json!("no-such-node");
    stage.create(ending).await;
    report(&stage.admin, stage.namespace.as_str(), "ending", running()).await;
    let pods: Api<Pod> = Api::namespaced(stage.admin.clone(), stage.namespace.as_str());
    pods.delete("ending", &DeleteParams::default().grace_period(600)).await.unwrap();
    expected.push("ending 1/1 Terminating 0".to_owned());
    expected.sort();

    let ours = || {
        let pods = stage.cluster.pods(&stage.namespace);
        let lines = pods.iter().map(|pod| {
            format!(
                "{} {}/{} {} {}",
                pod.name, pod.ready, pod.containers_total, pod.status, pod.restarts
            )
        });
        let mut lines: Vec<_> = lines.collect();
        lines.sort();
        lines
    };
    stage.until_equal(&expected, ours).await;
    if let Some(printed) = stage.ground.kubectl_get_pods(stage.namespace.as_str()) {
        let columns = |line: &String| line.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
        let mut kubectl: Vec<_> = printed.iter().map(columns).collect();
        kubectl.sort();
        assert_eq!(kubectl, ours());
    }
}
