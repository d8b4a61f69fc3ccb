//! People and teams, as `people.toml` and `teams.toml` list them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::names::{ClusterName, ClusterUser, Login, TeamName};

/// What a team is trusted with across tenants: `security`, `platform-admin`, `on-call`…
/// What a role may do is written in `console.cedar`.
pub type RoleName = String;

/// A person who may use the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// What they are called here.
    pub login: Login,
    /// Their name for people.
    pub name: String,
    /// The teams they belong to.
    pub teams: BTreeSet<TeamName>,
    /// The roles of those teams together.
    pub roles: BTreeSet<RoleName>,
    /// As which user their calls reach a cluster. A cluster that is not listed is closed to them.
    pub cluster_users: BTreeMap<ClusterName, ClusterUser>,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// What CODEOWNERS calls it.
    pub name: TeamName,
    /// What it is called for people.
    pub title: String,
    /// The roles of its members.
    pub roles: BTreeSet<RoleName>,
}
