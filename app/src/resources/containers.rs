//! The containers of a pod.

use domain::resources::{ContainerKind, ContainerRow, ContainerState};
use leptos::prelude::*;

use crate::{
    components::{Ago, Badge, Column, Row, Table, Tone, more, row},
    messages::{phrases, pods},
};

const COLUMNS: &[Column] = &[
    Column::text(pods::CONTAINER),
    Column::text(pods::STATE).unlabelled(),
    Column::text(pods::LAST_STATE),
    Column::number(pods::RESTARTS),
    Column::text(pods::IMAGE),
];

/// Containers, one to a row.
#[component]
pub(super) fn Containers(items: Vec<ContainerRow>) -> impl IntoView {
    let rows = items.into_iter().map(row).collect();
    view! { <Table caption=pods::CONTAINERS_CAPTION columns=COLUMNS rows=rows /> }
}

fn row(container: ContainerRow) -> Row {
    let t = phrases();
    let init = matches!(container.kind, ContainerKind::Init)
        .then(|| view! { <span class="tag">{t.say(pods::INIT)}</span> });
    let tone = tone(&container);
    let name = view! {
        <code>{container.name}</code>
        {init}
    };
    let image = view! {
        <span class="image" title=container.image_id>
            <code>{container.image}</code>
        </span>
    };
    row![
        name,
        state(container.state, tone),
        container.last_state.map(|last| state(last, Tone::Neutral)),
        container.restarts,
        image,
    ]
}

fn tone(container: &ContainerRow) -> Tone {
    match &container.state {
        ContainerState::Running { .. } if container.ready => Tone::Good,
        ContainerState::Running { .. } => Tone::Busy,
        ContainerState::Terminated { exit_code: 0, .. } => Tone::Neutral,
        ContainerState::Terminated { .. } => Tone::Danger,
        ContainerState::Waiting { reason, .. } => match reason.as_deref() {
            None | Some("ContainerCreating" | "PodInitializing") => Tone::Busy,
            Some(_) => Tone::Danger,
        },
    }
}

/// A state in the cluster's own word, with what there is to say about it.
fn state(state: ContainerState, tone: Tone) -> AnyView {
    let t = phrases();
    let (word, said, at) = match state {
        ContainerState::Waiting { reason, message } => {
            (reason.unwrap_or_else(|| t.say(pods::WAITING).to_owned()), message, None)
        }
        ContainerState::Running { since } => (t.say(pods::RUNNING).to_owned(), None, since),
        ContainerState::Terminated { reason, exit_code, at } => {
            let code = t.fill(pods::EXIT, &[("code", &exit_code)]);
            (reason.unwrap_or_else(|| t.say(pods::TERMINATED).to_owned()), Some(code), at)
        }
    };
    view! {
        <div class="state">
            <Badge tone=tone label=word />
            {said.map(more)}
            {at.map(|at| more(view! { <Ago at=at /> }))}
        </div>
    }
    .into_any()
}
