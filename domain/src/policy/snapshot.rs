//! The policy in force: a whole, valid value and the rules compiled from it.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};

use super::{ActionSettings, ApproverGroup, Freeze, OnCall, Person, Team, Tiers};
use crate::{
    access::{Act, Question, Resource, Rules},
    actions::ActionKind,
    break_glass::BreakGlassSettings,
    canonical::Digest,
    grants::Ladder,
    names::{DestinationName, Login, TeamName},
    notifications::{Destination, EventKind},
    tenants::TenantName,
    time::Timestamp,
};

/// The digest of every file of a policy folder together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PolicyDigest(pub Digest);

/// Everything the policy folder says but the rules themselves.
#[derive(Clone)]
pub struct Policy {
    /// What tells this policy from every other.
    pub digest: PolicyDigest,
    /// Who may use the console.
    pub people: BTreeMap<Login, Arc<Person>>,
    /// The teams.
    pub teams: BTreeMap<TeamName, Team>,
    /// What each action asks for.
    pub actions: BTreeMap<ActionKind, ActionSettings>,
    /// The roles that may be held for a time.
    pub roles: Ladder,
    /// How glass is broken; nobody can where it is absent.
    pub break_glass: Option<BreakGlassSettings>,
    /// How much hangs on each tenant.
    pub tiers: Tiers,
    /// Who is on call when.
    pub on_call: OnCall,
    /// The times in which nothing is to be changed.
    pub freezes: Vec<Freeze>,
    /// Who owns which tenant.
    pub ownership: Arc<dyn Ownership>,
    /// Who is notified of what.
    pub destinations: BTreeMap<DestinationName, Destination>,
}

impl Policy {
    /// How long after its close a session is to be accounted for and reviewed. What was opened by an earlier policy is
    /// due, too.
    #[must_use]
    pub fn review_within(&self) -> Duration {
        const USUAL: Duration = Duration::from_hours(24);
        self.break_glass.as_ref().map_or(USUAL, |settings| settings.review_within)
    }

    /// Whether glass can be broken, and nobody outside the console would hear of it, wherever it is.
    #[must_use]
    pub fn breaks_glass_unheard(&self) -> bool {
        let hears = |it: &Destination| it.events.contains(&EventKind::BreakGlassOpened);
        self.break_glass.is_some() && !self.destinations.values().any(hears)
    }
}

/// Who owns which tenant, by CODEOWNERS.
pub trait Ownership: Send + Sync {
    /// The teams that own a tenant, existing or not, in the file's order; none when nobody does.
    fn owners(&self, tenant: &TenantName) -> Vec<TeamName>;
}

/// A policy and the rules that belong to it; always used together.
#[derive(Clone)]
pub struct PolicySnapshot {
    /// What the folder says.
    pub policy: Arc<Policy>,
    /// What its rules decide.
    pub rules: Arc<dyn Rules>,
    /// The moment at which they are asked: who is on call goes by it.
    pub at: Timestamp,
}

impl PolicySnapshot {
    /// The same, asked at that moment.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Self {
        Self { at, ..self.clone() }
    }

    /// Who is on call now, by shift or always; by login.
    #[must_use]
    pub fn on_call_now(&self) -> Vec<Login> {
        let people = self.policy.people.values();
        people.filter(|person| self.is_on_call(person)).map(|person| person.login.clone()).collect()
    }

    /// Whether a person is on call now, by shift or always.
    #[must_use]
    pub fn is_on_call(&self, person: &Person) -> bool {
        let role = ApproverGroup::ON_CALL_ROLE;
        let shifts = self.policy.on_call.roles_of(&person.login, self.at);
        person.roles.contains(role) || shifts.into_iter().any(|shift| shift == role)
    }

    /// Who, but one person, the rules let do something; by login.
    #[must_use]
    pub fn who_may(&self, act: Act, resource: &Resource, but: &Login) -> Vec<Login> {
        let others = self.policy.people.values().filter(|person| person.login != *but);
        let allowed = others.filter(|person| {
            self.rules.decide(Question { person, act, resource, at: self.at }).is_allowed()
        });
        allowed.map(|person| person.login.clone()).collect()
    }
}

/// Where the policy in force comes from.
pub trait PolicySource: Send + Sync {
    /// The last policy that was valid.
    fn current(&self) -> Arc<PolicySnapshot>;

    /// How the folder stands to it.
    fn status(&self) -> PolicyStatus;
}

/// How the policy folder stands to the policy in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyStatus {
    /// The policy in force.
    pub digest: PolicyDigest,
    /// Since when it is in force here.
    pub loaded_at: Timestamp,
    /// Why a newer folder was not taken; the last valid policy stays in force.
    pub trouble: Option<PolicyTrouble>,
}

/// Why a policy folder is not valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{file}{}: {reason}", .line.map(|n| format!(":{n}")).unwrap_or_default())]
pub struct PolicyTrouble {
    /// The file, relative to the folder.
    pub file: String,
    /// The line in it, counted from 1, where one can be named.
    pub line: Option<u32>,
    /// What is wrong there.
    pub reason: String,
}
