//! What the console knows of the person who asks.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Session;
use crate::{
    access::{Act, Actor, Resource, authorise},
    console::Console,
    ids::RecoveryId,
    names::{Login, TeamName},
    policy::PolicyWarning,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// What they are called here.
    pub login: Login,
    /// Their name for people.
    pub name: String,
    /// Their teams.
    pub teams: BTreeSet<TeamName>,
    /// What they may do beyond their tenants.
    pub capabilities: BTreeSet<Capability>,
    /// The session they speak through.
    pub session: Session,
    /// That an older policy than the folder's is in force.
    pub policy_warning: Option<PolicyWarning>,
    /// The recovery by which somebody wants to let them in again: theirs to stop.
    pub recovery: Option<RecoveryId>,
    /// Until when they may agree to nothing, where they were recovered lately.
    pub recovered_until: Option<Timestamp>,
    /// How many notifications are stuck; only for whoever may mend them.
    pub notifications_stuck: Option<u64>,
}

/// Something that a person may do beyond their tenants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Read everybody's history.
    ReadHistory,
    /// Invite, lock and unlock people.
    ManagePeople,
}

impl Capability {
    const ALL: [Self; 2] = [Self::ReadHistory, Self::ManagePeople];

    const fn act(self) -> Act {
        match self {
            Self::ReadHistory => Act::ReadHistory,
            Self::ManagePeople => Act::ManagePeople,
        }
    }
}

impl Console {
    /// The person who asks, with what they may do.
    pub async fn me(&self, actor: &Actor) -> Result<Me, Problem> {
        let session = self.ports.identity.session(actor.session()).await?;
        let person = actor.person();
        Ok(Me {
            login: person.login.clone(),
            name: person.name.clone(),
            teams: person.teams.clone(),
            capabilities: self.capabilities(actor),
            session: session.ok_or(ProblemCode::SignedOut)?,
            policy_warning: self.policy_warning(actor),
            recovery: self.own_recovery(actor).await?,
            recovered_until: self.recovered_until(actor.login()).await?,
            notifications_stuck: self.notifications_stuck(actor).await?,
        })
    }

    fn capabilities(&self, actor: &Actor) -> BTreeSet<Capability> {
        let policy = self.policy();
        let has = |capability: &Capability| {
            authorise(&policy, actor, capability.act(), &Resource::Console).is_ok()
        };
        Capability::ALL.into_iter().filter(has).collect()
    }
}
