//! The people of the console, for those who manage them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::PersonStatus;
use crate::{
    access::Actor,
    console::Console,
    names::{Login, TeamName},
    problem::Problem,
    time::Timestamp,
};

/// What a list tells of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// What they are called here.
    pub login: Login,
    /// Their name for people; absent for somebody the policy no longer lists.
    pub name: Option<String>,
    /// Their teams.
    pub teams: BTreeSet<TeamName>,
    /// Passkeys they enrolled.
    pub passkeys: usize,
    /// When they were locked, if they are.
    pub locked_at: Option<Timestamp>,
}

impl Console {
    /// Everyone whom the policy lists or whom the console knew before, by login.
    pub async fn people(&self, actor: &Actor) -> Result<Vec<PersonRow>, Problem> {
        self.may_manage(actor)?;
        let policy = self.policy();
        let mut people: BTreeMap<_, _> = policy
            .policy
            .people
            .iter()
            .map(|(login, person)| (login.clone(), Some(person)))
            .collect();
        for login in self.ports.identity.known_people().await? {
            people.entry(login).or_insert(None);
        }
        let mut rows = Vec::with_capacity(people.len());
        for (login, person) in people {
            rows.push(PersonRow {
                name: person.map(|person| person.name.clone()),
                teams: person.map(|person| person.teams.clone()).unwrap_or_default(),
                passkeys: self.ports.identity.passkeys(&login).await?.len(),
                locked_at: match self.ports.identity.status(&login).await? {
                    PersonStatus::Open => None,
                    PersonStatus::Locked { since } => Some(since),
                },
                login,
            });
        }
        Ok(rows)
    }
}
