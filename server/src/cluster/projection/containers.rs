//! The containers of a pod as rows.

use domain::resources::{ContainerKind, ContainerRow, ContainerState};
use k8s_openapi::api::core::v1::{Container, ContainerState as State, ContainerStatus, Pod};

use super::metadata::{count, moment};

/// The rows of a pod's containers, init containers first.
pub(super) fn container_rows(pod: &Pod) -> Vec<ContainerRow> {
    let Some(spec) = &pod.spec else {
        return Vec::new();
    };
    let status = pod.status.as_ref();
    let init = status.and_then(|status| status.init_container_statuses.as_deref());
    let main = status.and_then(|status| status.container_statuses.as_deref());
    let rows = |kind, containers: &[Container], statuses: Option<&[ContainerStatus]>| {
        let status_of = |name: &str| statuses?.iter().find(|status| status.name == name);
        containers
            .iter()
            .map(|container| container_row(kind, container, status_of(&container.name)))
            .collect::<Vec<_>>()
    };
    let mut all =
        rows(ContainerKind::Init, spec.init_containers.as_deref().unwrap_or_default(), init);
    all.extend(rows(ContainerKind::Main, &spec.containers, main));
    all
}

fn container_row(
    kind: ContainerKind,
    container: &Container,
    status: Option<&ContainerStatus>,
) -> ContainerRow {
    ContainerRow {
        name: container.name.clone(),
        kind,
        image: container.image.clone().unwrap_or_default(),
        image_id: status.map(|status| status.image_id.clone()).filter(|id| !id.is_empty()),
        ready: status.is_some_and(|status| status.ready),
        restarts: status.map_or(0, |status| count(status.restart_count)),
        state: status
            .and_then(|status| status.state.as_ref())
            .and_then(state)
            .unwrap_or(ContainerState::Waiting { reason: None, message: None }),
        last_state: status.and_then(|status| status.last_state.as_ref()).and_then(state),
    }
}

fn state(state: &State) -> Option<ContainerState> {
    if let Some(running) = &state.running {
        return Some(ContainerState::Running { since: running.started_at.as_ref().map(moment) });
    }
    if let Some(terminated) = &state.terminated {
        return Some(ContainerState::Terminated {
            reason: terminated.reason.clone(),
            exit_code: terminated.exit_code,
            at: terminated.finished_at.as_ref().map(moment),
        });
    }
    state.waiting.as_ref().map(|waiting| ContainerState::Waiting {
        reason: waiting.reason.clone(),
        message: waiting.message.clone(),
    })
}
