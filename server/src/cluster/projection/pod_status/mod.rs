//! The word, counts and restarts that `kubectl get pods` prints for a pod.
//!
//! The API server computes them for `kubectl` (its `printPod`); the console has only the object and
//! computes the same again, by the rules of current releases. Those differ from 1.20 in pods with
//! restartable init containers or scheduling gates, which 1.20 does not know, and in pods that
//! ended and are being deleted, which 1.20 calls `Terminating`.

use domain::time::Timestamp;
use k8s_openapi::api::core::v1::{ContainerState, ContainerStateTerminated, ContainerStatus, Pod};

use super::metadata::{count, moment};

/// What `kubectl get pods` prints.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) status: String,
    pub(super) ready: u32,
    pub(super) total: u32,
    pub(super) restarts: u32,
    pub(super) restarted_at: Option<Timestamp>,
}

/// Restarts and when the last one was.
#[derive(Clone, Copy, Default)]
struct Restarts {
    count: u32,
    last: Option<Timestamp>,
}

impl Restarts {
    fn add(&mut self, container: &ContainerStatus) {
        self.count += count(container.restart_count);
        let ended = container
            .last_state
            .as_ref()
            .and_then(|state| state.terminated.as_ref())
            .and_then(|terminated| terminated.finished_at.as_ref())
            .map(moment);
        self.last = self.last.max(ended);
    }
}

/// What `kubectl get pods` prints for this pod.
pub(super) fn printed(pod: &Pod) -> Printed {
    let init = Initialisation::of(pod);
    let mut status = init.reason.clone().unwrap_or_else(|| base_reason(pod));
    let (mut ready, mut restarts) = (init.ready, init.restarts);
    if init.reason.is_none() || has_condition(pod, "Initialized") {
        restarts = init.restarts_of_sidecars;
        let main = Main::of(pod, &mut restarts);
        ready += main.ready;
        status = main.word(pod, status);
    }
    Printed {
        status: ending(pod).map_or(status, str::to_owned),
        ready,
        total: init.sidecars + containers(pod).count(),
        restarts: restarts.count,
        restarted_at: restarts.last,
    }
}

/// How far the init containers got.
#[derive(Default)]
struct Initialisation {
    /// What the pod is called while they are not through; absent when they are.
    reason: Option<String>,
    restarts: Restarts,
    restarts_of_sidecars: Restarts,
    /// Restartable init containers: they serve beside the others.
    sidecars: u32,
    ready: u32,
}

impl Initialisation {
    fn of(pod: &Pod) -> Self {
        let sidecars = sidecar_names(pod);
        let wanted =
            pod.spec.as_ref().and_then(|spec| spec.init_containers.as_ref()).map_or(0, Vec::len);
        let mut seen = Self { sidecars: number(sidecars.len()), ..Self::default() };
        let statuses =
            pod.status.iter().flat_map(|status| status.init_container_statuses.iter().flatten());
        for (index, container) in statuses.enumerate() {
            let is_sidecar = sidecars.contains(&container.name.as_str());
            seen.restarts.add(container);
            if is_sidecar {
                seen.restarts_of_sidecars.add(container);
            }
            if is_sidecar && container.started == Some(true) && !ended_well(container) {
                seen.ready += u32::from(container.ready);
            } else if !ended_well(container) {
                seen.reason = Some(init_reason(container.state.as_ref(), index, wanted));
                break;
            }
        }
        seen
    }
}

fn sidecar_names(pod: &Pod) -> Vec<&str> {
    let init = pod.spec.iter().flat_map(|spec| spec.init_containers.iter().flatten());
    init.filter(|container| container.restart_policy.as_deref() == Some("Always"))
        .map(|container| container.name.as_str())
        .collect()
}

fn ended_well(container: &ContainerStatus) -> bool {
    let terminated = container.state.as_ref().and_then(|s| s.terminated.as_ref());
    terminated.is_some_and(|terminated| terminated.exit_code == 0)
}

fn init_reason(state: Option<&ContainerState>, index: usize, wanted: usize) -> String {
    let progress = || format!("Init:{index}/{wanted}");
    let Some(state) = state else {
        return progress();
    };
    if let Some(terminated) = &state.terminated {
        return format!("Init:{}", why_it_ended(terminated));
    }
    match state.waiting.as_ref().and_then(|w| w.reason.as_deref()) {
        None | Some("" | "PodInitializing") => progress(),
        Some(reason) => format!("Init:{reason}"),
    }
}

fn why_it_ended(terminated: &ContainerStateTerminated) -> String {
    match (terminated.reason.as_deref(), terminated.signal) {
        (None | Some(""), None | Some(0)) => format!("ExitCode:{}", terminated.exit_code),
        (None | Some(""), Some(signal)) => format!("Signal:{signal}"),
        (Some(reason), _) => reason.to_owned(),
    }
}

/// What the main containers say; the first one that has a word wins.
struct Main {
    word: Option<String>,
    ready: u32,
}

impl Main {
    fn of(pod: &Pod, restarts: &mut Restarts) -> Self {
        let mut main = Self { word: None, ready: 0 };
        for container in containers(pod).statuses.iter().rev() {
            restarts.add(container);
            let state = container.state.as_ref();
            let waits = state
                .and_then(|state| state.waiting.as_ref())
                .and_then(|waiting| waiting.reason.as_deref())
                .filter(|reason| !reason.is_empty());
            if let Some(reason) = waits {
                main.word = Some(reason.to_owned());
            } else if let Some(ended) = state.and_then(|state| state.terminated.as_ref()) {
                main.word = Some(why_it_ended(ended));
            } else if container.ready && state.is_some_and(|state| state.running.is_some()) {
                main.ready += 1;
            }
        }
        main
    }

    /// A pod of which one container completed and another runs is still running.
    fn word(self, pod: &Pod, otherwise: String) -> String {
        match self.word.unwrap_or(otherwise) {
            word if word != "Completed" || self.ready == 0 => word,
            _ if has_condition(pod, "Ready") => "Running".to_owned(),
            _ => "NotReady".to_owned(),
        }
    }
}

/// The main containers: as wanted, and as they fare.
struct Containers<'a> {
    wanted: usize,
    statuses: &'a [ContainerStatus],
}

impl Containers<'_> {
    fn count(&self) -> u32 {
        number(self.wanted)
    }
}

fn containers(pod: &Pod) -> Containers<'_> {
    let statuses = pod.status.as_ref().and_then(|status| status.container_statuses.as_deref());
    Containers {
        wanted: pod.spec.as_ref().map_or(0, |spec| spec.containers.len()),
        statuses: statuses.unwrap_or_default(),
    }
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The phase, unless the pod itself or its scheduling says more.
fn base_reason(pod: &Pod) -> String {
    let Some(status) = &pod.status else {
        return String::new();
    };
    let gated = status.conditions.iter().flatten().any(|condition| {
        condition.type_ == "PodScheduled" && condition.reason.as_deref() == Some("SchedulingGated")
    });
    if gated {
        return "SchedulingGated".to_owned();
    }
    let reason = status.reason.clone().filter(|reason| !reason.is_empty());
    reason.or(status.phase.clone()).unwrap_or_default()
}

/// What a pod that is being deleted is called.
fn ending(pod: &Pod) -> Option<&'static str> {
    pod.metadata.deletion_timestamp.as_ref()?;
    let status = pod.status.as_ref();
    let reason = status.and_then(|status| status.reason.as_deref());
    let phase = status.and_then(|status| status.phase.as_deref());
    match (reason, phase) {
        (Some("NodeLost"), _) => Some("Unknown"),
        (_, Some("Succeeded" | "Failed")) => None,
        _ => Some("Terminating"),
    }
}

fn has_condition(pod: &Pod, kind: &str) -> bool {
    pod.status
        .iter()
        .flat_map(|status| status.conditions.iter().flatten())
        .any(|condition| condition.type_ == kind && condition.status == "True")
}

#[cfg(test)]
mod tests;
