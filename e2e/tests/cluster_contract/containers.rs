//! Containers for a node that really runs them, and what the node's containerd tells of each.

use domain::actions::TargetKind;
use harness::{
    control_plane::Cluster,
    node::{ContainerLog, Event, IMAGE},
};
use serde_json::{Value, json};

use crate::stage::{Stage, eventually};

/// Serves, and ends by itself when it is asked to: with status 0, which nothing that is killed has.
pub(crate) const SERVES: &str = r#"trap "exit 0" TERM; echo serving; sleep 1000 & wait"#;
/// Serves, and does not listen when it is asked to end.
pub(crate) const DEAF: &str = r#"trap "" TERM; echo serving; sleep 1000"#;
/// Serves, and takes its time to end when it is asked to.
pub(crate) const LINGERS: &str = r#"trap "sleep 4; exit 0" TERM; echo serving; sleep 1000 & wait"#;
/// Says why, and ends at once.
const CRASHES: &str = "{ echo starting; echo no ledger to write to; } >&2; exit 3";
/// What it says last.
pub(crate) const LAST_WORDS: &str = "no ledger to write to";

/// A grace in which everything has ended that listens, and what does not has not: in seconds, longer than a scenario.
const PATIENCE: u32 = 600;
/// The exit status of what was killed with SIGKILL.
pub(crate) const KILLED: u64 = 128 + 9;

/// The containers of a pod that runs this script.
pub(crate) fn running(script: &str) -> Value {
    json!([{"name": "main", "image": IMAGE, "command": ["sh", "-c", script]}])
}

/// The same, ready once the script has made the file `/ready`. Nobody takes them for ready in the instants in which they
/// run before they crash: that is what probes are for.
pub(crate) fn running_until_ready(script: &str) -> Value {
    let mut containers = running(script);
    let probe = json!({"exec": {"command": ["sh", "-c", "test -e /ready"]}, "periodSeconds": 2});
    containers[0]["readinessProbe"] = probe;
    containers
}

/// The containers of a pod that crashes, again and again.
pub(crate) fn crashing() -> Value {
    running_until_ready(CRASHES)
}

/// The containers of a pod whose program is not there: they never run, not even for an instant.
pub(crate) fn without_program() -> Value {
    json!([{"name": "main", "image": IMAGE, "command": ["/bin/no-such-program"]}])
}

/// The same workload, whose pods have these containers, and are not killed before they had time to end by themselves.
pub(crate) fn whose_pods_have(containers: Value, mut workload: Value) -> Value {
    let pod = &mut workload["spec"]["template"]["spec"];
    pod["containers"] = containers;
    pod["terminationGracePeriodSeconds"] = PATIENCE.into();
    workload
}

/// The same workload, whose pods serve.
pub(crate) fn serving(workload: Value) -> Value {
    whose_pods_have(running(SERVES), workload)
}

/// A patch by which the next pods of a workload have these containers.
pub(crate) fn next_pods_have(containers: Value) -> Value {
    json!({"spec": {"template": {"spec": {"containers": containers}}}})
}

/// A container that runs, as its kubelet reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Container {
    pub(crate) id: String,
    pub(crate) started_at: String,
}

impl Stage {
    /// Those of the pods of an application that are ready.
    pub(crate) async fn containers_of(&self, app: &str) -> Vec<Container> {
        let mut containers = Vec::new();
        for pod in self.pods_of(app).into_iter().filter(|pod| pod.is_ready()) {
            containers.push(self.container_of(pod.name.as_str()).await);
        }
        containers
    }

    /// The one container of a pod.
    pub(crate) async fn container_of(&self, pod: &str) -> Container {
        let pod = self.object(TargetKind::Pod, pod).await;
        let status = &pod["status"]["containerStatuses"][0];
        let id = status["containerID"].as_str().and_then(|id| id.strip_prefix("containerd://"));
        let started_at = status["state"]["running"]["startedAt"].as_str();
        match (id, started_at) {
            (Some(id), Some(at)) => Container { id: id.to_owned(), started_at: at.to_owned() },
            _ => panic!("{status:#}"),
        }
    }
}

impl Container {
    /// How it ended, as soon as it did: with its own status, or 128 and the signal's number.
    pub(crate) async fn end(&self) -> u64 {
        eventually("the end of a container", async || self.ended()).await
    }

    /// How it ended, if it did.
    pub(crate) fn ended(&self) -> Option<u64> {
        events().into_iter().find_map(|event| self.end_in(&event))
    }

    /// Which of all that happened on the node was its start.
    pub(crate) fn start_in_order(&self) -> Option<usize> {
        let started = Event::Started { container: self.id.clone() };
        events().into_iter().position(|event| event == started)
    }

    /// Which of all that happened on the node was its end.
    pub(crate) fn end_in_order(&self) -> Option<usize> {
        events().iter().position(|event| self.end_in(event).is_some())
    }

    fn end_in(&self, event: &Event) -> Option<u64> {
        match event {
            Event::Ended { container, status } if *container == self.id => Some(*status),
            _ => None,
        }
    }
}

fn events() -> Vec<Event> {
    ContainerLog::of(&Cluster::from_environment().unwrap()).events().unwrap()
}
