//! The signed-in person, as every page needs to know them.

use std::collections::BTreeSet;

use domain::{names::{Login, TeamName}, time::Timestamp};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use crate::Failure;

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Viewer {
    /// What they are called here.
    pub(crate) login: Login,
    /// Their name for people.
    pub(crate) name: String,
    /// Their teams.
    pub(crate) teams: BTreeSet<TeamName>,
    /// What they may see beyond their tenants.
    pub(crate) sections: BTreeSet<Section>,
    /// The server's clock; ages are counted from it, not from the clock of the browser.
    pub(crate) now: Timestamp,
}

/// A part of the console that only some may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Section {
    /// Everybody's history.
    EverybodysHistory,
    /// People.
    People,
}

/// Who is signed in.
#[server(prefix = "/pages", input = GetUrl)]
pub(crate) async fn viewer() -> Result<Viewer, Failure> {
    let crate::rendering::Caller { console, actor } = crate::rendering::Caller::current()?;
    Ok(of(&console, &actor))
}

#[cfg(feature = "ssr")]
fn of(console: &domain::Console, actor: &domain::access::Actor) -> Viewer {
    use domain::access::{Act, Resource, authorise};

    let policy = console.policy();
    let sections = [
        (Act::ReadHistory, Section::EverybodysHistory),
        (Act::ManagePeople, Section::People),
    ];
    let person = actor.person();
    Viewer {
        login: person.login.clone(),
        name: person.name.clone(),
        teams: person.teams.clone(),
        sections: sections
            .into_iter()
            .filter(|(act, _)| authorise(&policy, actor, *act, &Resource::Console).is_ok())
            .map(|(_, section)| section)
            .collect(),
        now: console.now(),
    }
}
