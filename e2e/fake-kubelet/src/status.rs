//! The status that a kubelet would report for a pod: phase, conditions and containers.

use jiff::Timestamp;
use k8s_openapi::{
    api::core::v1::{Container, Pod, PodCondition},
    apimachinery::pkg::apis::meta::v1::Time,
};
use serde_json::{Value, json};

use crate::life::Containers;

/// How often a crash-looping container has been tried.
const RESTARTS: u32 = 6;

/// A merge patch of the pod's status. It names the pod's UID, so that it never reaches
/// another pod under the same name.
#[must_use]
pub fn patch(pod: &Pod, containers: &Containers, address: &str, now: Timestamp) -> Value {
    let specs = pod.spec.iter().flat_map(|spec| &spec.containers);
    let statuses: Vec<_> = specs.map(|spec| container(spec, containers, now)).collect();
    let mut status = json!({
        "phase": phase(containers),
        "conditions": conditions(pod, containers, now),
        "containerStatuses": statuses,
        "hostIP": "127.0.0.1",
        "startTime": started(pod, now),
    });
    if phase(containers) == "Running" {
        status["podIP"] = json!(address);
        status["podIPs"] = json!([{ "ip": address }]);
    }
    json!({ "metadata": { "uid": pod.metadata.uid }, "status": status })
}

fn phase(containers: &Containers) -> &'static str {
    match containers {
        Containers::Creating | Containers::Refused(_) => "Pending",
        Containers::Ready | Containers::Unready | Containers::CrashLooping => "Running",
        Containers::Failed => "Failed",
    }
}

/// When a node took the pod: once set, it stays.
fn started(pod: &Pod, now: Timestamp) -> Time {
    let status = pod.status.as_ref();
    status.and_then(|status| status.start_time.clone()).unwrap_or(Time(now))
}

fn conditions(pod: &Pod, containers: &Containers, now: Timestamp) -> Vec<PodCondition> {
    let ready = *containers == Containers::Ready;
    let condition = |type_: &str, holds| PodCondition {
        type_: type_.to_owned(),
        status: if holds { "True" } else { "False" }.to_owned(),
        reason: (!holds).then(|| "ContainersNotReady".to_owned()),
        last_transition_time: Some(Time(now)),
        ..PodCondition::default()
    };
    // A merge patch replaces the whole list: keep what the scheduler has said.
    let known = pod.status.iter().filter_map(|status| status.conditions.as_ref()).flatten();
    let scheduled = known.filter(|it| it.type_ == "PodScheduled").cloned();
    scheduled
        .chain([
            condition("Initialized", true),
            condition("ContainersReady", ready),
            condition("Ready", ready),
        ])
        .collect()
}

fn container(spec: &Container, containers: &Containers, now: Timestamp) -> Value {
    let running = json!({ "running": { "startedAt": Time(now) } });
    let waiting = |reason: &str, message: &str| json!({ "waiting": { "reason": reason, "message": message } });
    let times = Time(now);
    let ended = json!({ "terminated": {
        "exitCode": 1, "reason": "Error", "startedAt": times, "finishedAt": times,
    } });
    let (state, restarts) = match containers {
        Containers::Ready | Containers::Unready => (running, 0),
        Containers::Creating => (json!({ "waiting": { "reason": "ContainerCreating" } }), 0),
        Containers::Failed => (ended.clone(), 0),
        Containers::Refused(why) => (waiting("CreateContainerConfigError", why), 0),
        Containers::CrashLooping => {
            let message = format!("back-off 5m0s restarting failed container={}", spec.name);
            (waiting("CrashLoopBackOff", &message), RESTARTS)
        }
    };
    let mut status = json!({
        "name": spec.name,
        "image": spec.image,
        "imageID": "",
        "ready": *containers == Containers::Ready,
        "started": matches!(containers, Containers::Ready | Containers::Unready),
        "restartCount": restarts,
        "state": state,
    });
    if *containers == Containers::CrashLooping {
        status["lastState"] = ended;
    }
    status
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::from_value;

    fn pod() -> Pod {
        from_value(json!({
            "metadata": { "name": "web", "uid": "u-1" },
            "spec": { "containers": [
                { "name": "app", "image": "shop/app:1" },
                { "name": "proxy", "image": "shop/proxy:2" },
            ] },
            "status": { "phase": "Pending", "conditions": [
                { "type": "PodScheduled", "status": "True" },
                { "type": "Ready", "status": "False" },
            ] },
        }))
        .expect("a pod")
    }

    fn patched(containers: &Containers) -> Pod {
        let mut patch = patch(&pod(), containers, "10.244.0.1", Timestamp::UNIX_EPOCH);
        patch["spec"] = json!({ "containers": [] });
        from_value(patch).expect("a status that Kubernetes knows")
    }

    fn condition(pod: &Pod, type_: &str) -> String {
        let status = pod.status.as_ref().expect("status");
        let mut found = status.conditions.iter().flatten().filter(|it| it.type_ == type_);
        let first = found.next().expect("the condition").status.clone();
        assert!(found.next().is_none(), "one {type_}");
        first
    }

    #[test]
    fn a_ready_pod_has_an_address_and_all_containers_running() {
        let pod = patched(&Containers::Ready);

        assert_eq!(condition(&pod, "Ready"), "True");
        assert_eq!(condition(&pod, "PodScheduled"), "True");
        assert_eq!(pod.metadata.uid.as_deref(), Some("u-1"));
        let status = pod.status.expect("status");
        assert_eq!(status.phase.as_deref(), Some("Running"));
        assert_eq!(status.pod_ip.as_deref(), Some("10.244.0.1"));
        let containers = status.container_statuses.expect("containers");
        assert_eq!(containers.len(), 2);
        assert!(containers.iter().all(|it| it.ready && it.restart_count == 0));
    }

    #[test]
    fn a_crash_loop_has_restarts_and_a_last_failure() {
        let pod = patched(&Containers::CrashLooping);

        assert_eq!(condition(&pod, "Ready"), "False");
        let status = pod.status.expect("status");
        assert_eq!(status.phase.as_deref(), Some("Running"));
        let container = status.container_statuses.expect("containers").remove(0);
        assert_eq!(container.restart_count, 6);
        let waiting = container.state.expect("state").waiting.expect("waiting");
        assert_eq!(waiting.reason.as_deref(), Some("CrashLoopBackOff"));
        let last = container.last_state.expect("last").terminated.expect("terminated");
        assert_eq!(last.exit_code, 1);
    }

    #[test]
    fn a_failed_pod_has_ended_for_good() {
        let pod = patched(&Containers::Failed);

        let status = pod.status.expect("status");
        assert_eq!(status.phase.as_deref(), Some("Failed"));
        let container = status.container_statuses.expect("containers").remove(0);
        let ended = container.state.expect("state").terminated.expect("terminated");
        assert_eq!((ended.exit_code, container.restart_count), (1, 0));
    }

    #[test]
    fn a_pending_pod_has_no_address_yet() {
        let pod = patched(&Containers::Creating);

        let status = pod.status.expect("status");
        assert_eq!(status.phase.as_deref(), Some("Pending"));
        assert_eq!(status.pod_ip, None);
        assert!(status.start_time.is_some());
    }

    #[test]
    fn a_refused_pod_says_why() {
        let pod = patched(&Containers::Refused("no such behaviour".to_owned()));

        let container = pod.status.expect("status").container_statuses.expect("them").remove(0);
        let waiting = container.state.expect("state").waiting.expect("waiting");
        assert_eq!(waiting.message.as_deref(), Some("no such behaviour"));
    }
}
