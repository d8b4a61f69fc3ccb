//! As what somebody signs a recovery. Nobody chooses that: the policy says who manages people and who is on which team.

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    access::{Act, Question, Resource},
    approvals::SignedDecision,
    names::Login,
    policy::{Person, PolicySnapshot},
};

/// As what somebody signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// As somebody who may manage people.
    Admin,
    /// As somebody who shares a team with the person.
    TeamMate,
}

/// A signature, with all that its signer could sign as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// As what it counts: never nothing.
    pub parts: BTreeSet<Part>,
    /// The signature.
    pub signed: SignedDecision,
}

impl Part {
    /// Both parts; each is needed, by somebody else.
    pub const ALL: [Self; 2] = [Self::Admin, Self::TeamMate];

    /// As the API writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::TeamMate => "team_mate",
        }
    }

    /// Several, as facts of a problem name them.
    #[must_use]
    pub fn list(parts: &[Self]) -> String {
        parts.iter().map(|part| part.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Whether these two people are one of each.
    #[must_use]
    pub fn are_both(one: &BTreeSet<Self>, other: &BTreeSet<Self>) -> bool {
        let way = |first: Self, second: Self| one.contains(&first) && other.contains(&second);
        way(Self::Admin, Self::TeamMate) || way(Self::TeamMate, Self::Admin)
    }

    /// What is missing beside somebody who may be these.
    #[must_use]
    pub fn missing_beside(one: &BTreeSet<Self>) -> Vec<Self> {
        let fits = |part: &Self| Self::are_both(one, &[*part].into());
        Self::ALL.into_iter().filter(fits).collect()
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Signature {
    /// Who signed.
    #[must_use]
    pub fn person(&self) -> &Login {
        self.signed.person()
    }
}

impl PolicySnapshot {
    /// As what of that which somebody signed as they may sign still.
    #[must_use]
    pub fn still_parts_of(
        &self,
        signature: &Signature,
        signer: &Person,
        person: &Login,
    ) -> BTreeSet<Part> {
        &self.parts_of(signer, person) & &signature.parts
    }

    /// As what somebody may sign that a person is recovered; as nothing for themself, or for somebody who is not listed.
    #[must_use]
    pub fn parts_of(&self, signer: &Person, person: &Login) -> BTreeSet<Part> {
        let Some(person) = self.policy.people.get(person) else { return BTreeSet::new() };
        if signer.login == person.login {
            return BTreeSet::new();
        }
        let (act, resource) = (Act::ManagePeople, &Resource::Console);
        let question = Question { person: signer, act, resource, at: self.at };
        let is_admin = self.rules.decide(question).is_allowed();
        let is_mate = !signer.teams.is_disjoint(&person.teams);
        let parts = [(Part::Admin, is_admin), (Part::TeamMate, is_mate)];
        parts.into_iter().filter_map(|(part, is)| is.then_some(part)).collect()
    }
}
