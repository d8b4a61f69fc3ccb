//! Watching what was ordered: how far it has come, and how the new pods fare.

use leptos::prelude::*;

use super::case::Watched;
use crate::{
    live::Live,
    messages::{actions, phrases},
};

/// How far an execution has come. The page is read anew until it has ended.
#[component]
pub(super) fn Watch(seen: Watched) -> impl IntoView {
    Live::try_again();
    let next = seen.milestones.iter().position(|(_, behind)| !behind);
    let milestones = seen.milestones.into_iter().enumerate().map(|(at, (name, behind))| {
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
    let pods = seen.pods.into_iter().map(|(name, status)| {
        view! {
            <li>
                <code>{name}</code>
                " "
                {status}
            </li>
        }
    });
    view! {
        <ol class="steps" aria-label=phrases().say(actions::WAY)>
            {milestones.collect_view()}
        </ol>
        <ul>{pods.collect_view()}</ul>
    }
}
