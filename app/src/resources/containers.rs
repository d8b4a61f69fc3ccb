//! The containers of a pod.

use domain::resources::{ContainerKind, ContainerRow, ContainerState};
use leptos::prelude::*;

use crate::{
    components::{Ago, Badge, Tone},
    messages::{phrases, pods},
};

/// Containers, one to a row.
#[component]
pub(super) fn Containers(items: Vec<ContainerRow>) -> impl IntoView {
    let t = phrases();
    view! {
        <div class="table-box">
            <table class="table table-stacking">
                <caption class="visually-hidden">{t.say(pods::CONTAINERS_CAPTION)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.say(pods::CONTAINER)}</th>
                        <th scope="col">{t.say(pods::STATE)}</th>
                        <th scope="col">{t.say(pods::LAST_STATE)}</th>
                        <th scope="col" class="cell-number">{t.say(pods::RESTARTS)}</th>
                        <th scope="col">{t.say(pods::IMAGE)}</th>
                    </tr>
                </thead>
                <tbody>{items.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(container: ContainerRow) -> impl IntoView {
    let t = phrases();
    let init = matches!(container.kind, ContainerKind::Init)
        .then(|| view! { <span class="tag">{t.say(pods::INIT)}</span> });
    let tone = tone(&container);
    view! {
        <tr>
            <th scope="row">
                <code>{container.name}</code>
                {init}
            </th>
            <td>{state(container.state, tone)}</td>
            <td data-label=t.say(pods::LAST_STATE)>
                {container.last_state.map(|last| state(last, Tone::Neutral))}
            </td>
            <td class="cell-number" data-label=t.say(pods::RESTARTS)>
                {container.restarts}
            </td>
            <td data-label=t.say(pods::IMAGE)>
                <span class="image" title=container.image_id>
                    <code>{container.image}</code>
                </span>
            </td>
        </tr>
    }
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
fn state(state: ContainerState, tone: Tone) -> impl IntoView {
    let t = phrases();
    let (word, more, at) = match state {
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
            {more.map(|more| view! { <span class="cell-more">{more}</span> })}
            {at
                .map(|at| {
                    view! {
                        <span class="cell-more">
                            <Ago at=at />
                        </span>
                    }
                })}
        </div>
    }
}
