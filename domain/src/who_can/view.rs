//! What a person sees of who can do what.

use serde::{Deserialize, Serialize};

use super::{Reach, RoleRef};
use crate::{
    grants::{Risk, RoleRule},
    ids::GrantId,
    names::{ClusterUser, GrantableRoleName, Login},
    time::Timestamp,
};

/// Who can do what in a tenant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessView {
    /// Each path by itself: temporary ones first, then people, and the cluster's own last.
    pub items: Vec<AccessItem>,
    /// Whether there are more than are shown.
    pub is_cut: bool,
}

/// A path by which somebody has something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessItem {
    /// Who.
    pub who: Who,
    /// By which path.
    pub path: PathView,
    /// Whether it is for objects by their names alone, while all were asked about.
    pub only_named: bool,
    /// The worst of it.
    pub risk: Risk,
}

/// By which path, as far as the person may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathView {
    /// The binding; absent where its name is not to be known.
    pub binding: Option<String>,
    /// Where it counts.
    pub reach: Reach,
    /// The role; absent where its name is not to be known.
    pub role: Option<RoleRef>,
    /// Its rules that were asked about.
    pub rules: Vec<RoleRule>,
}

/// Who has something. Their order is that in which they are told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Who {
    /// Whoever holds a temporary role.
    Grant {
        /// The holder.
        login: Login,
        /// Until when; absent while it is being made.
        until: Option<Timestamp>,
        /// Which role.
        role: GrantableRoleName,
        /// The grant.
        id: GrantId,
    },
    /// A person whom the policy knows.
    Person {
        /// What they are called here.
        login: Login,
        /// The user that they are to the cluster.
        user: ClusterUser,
    },
    /// A user whom it does not.
    User {
        /// As the API server knows them.
        name: String,
    },
    /// Whoever is in a group.
    Group {
        /// What it is called.
        name: String,
    },
    /// Whoever carries an approved request of this action out, through the console.
    Action {
        /// Its name in the API.
        action: String,
    },
    /// A service account.
    ServiceAccount {
        /// Where.
        namespace: String,
        /// What it is called there.
        name: String,
    },
    /// One or all service accounts of a namespace that this person may not see.
    HiddenAccount,
}
