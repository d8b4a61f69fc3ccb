//! Watching what was ordered: how far it has come, how the new pods fare, and what the cluster warns of.

use std::cmp::Ordering;

use leptos::prelude::*;

use super::{case::Watched, steps::ladder};
use crate::{
    components::{FreshnessNote, Views},
    live::Live,
    messages::{actions, phrases},
};

/// How far an execution has come. The page is read anew until it has ended.
#[component]
pub(super) fn Watch(way: Watched) -> impl IntoView {
    Live::try_again();
    let next = way.milestones.iter().position(|(_, behind)| !behind);
    let milestones = way.milestones.into_iter().enumerate().map(|(at, (name, behind))| {
        let stands = match behind {
            true => Ordering::Less,
            false if next == Some(at) => Ordering::Equal,
            false => Ordering::Greater,
        };
        (name, stands)
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
    let freshness = way.freshness.map(|it| view! { <FreshnessNote freshness=it /> });
    view! {
        {freshness}
        {ladder(phrases().say(actions::WAY), milestones)}
        <ul>{lines.views()}</ul>
    }
}
