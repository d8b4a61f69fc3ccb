//! Watching what was ordered: how far it has come, how the new pods fare, and what the cluster warns of.

use leptos::prelude::*;

use super::case::Watched;
use crate::{
    live::Live,
    messages::{actions, phrases},
};

/// How far an execution has come. The page is read anew until it has ended.
#[component]
pub(super) fn Watch(way: Watched) -> impl IntoView {
    Live::try_again();
    let next = way.milestones.iter().position(|(_, behind)| !behind);
    let milestones = way.milestones.into_iter().enumerate().map(|(at, (name, behind))| {
        let current = next == Some(at);
        let state = if behind {
            "done"
        } else if current {
            "current"
        } else {
            "ahead"
        };
        view! {
            <li class="step" data-state=state aria-current=current.then_some("step")>
                {name}
            </li>
        }
    });
    let lines = way.seen.into_iter().map(|(name, said)| {
        view! {
            <li>
                <code>{name}</code>
                " "
                {said}
            </li>
        }
    });
    view! {
        <ol class="steps" aria-label=phrases().say(actions::WAY)>
            {milestones.collect_view()}
        </ol>
        <ul>{lines.collect_view()}</ul>
    }
}
