//! Roles that may be held for a time: what the policy says of them, and what they are in a cluster.

use std::{collections::BTreeSet, time::Duration};

use serde::{Deserialize, Serialize};

use super::RoleRule;
use crate::{
    names::{ClusterRoleName, GrantableRoleName},
    policy::ApprovalSettings,
};

/// A role that may be granted, as `roles.toml` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantableRole {
    /// What it is called here.
    pub name: GrantableRoleName,
    /// The cluster role that is bound for it.
    pub cluster_role: ClusterRoleName,
    /// What it is for, in the words of who listed it.
    pub summary: String,
    /// The rules of that cluster role, where the policy says them; otherwise the company has it already.
    pub rules: Option<Vec<RoleRule>>,
    /// Who must agree, and what must be written.
    pub asking: ApprovalSettings,
    /// For how long it may be asked.
    pub longest: Duration,
    /// For how long it may be held in one stretch, extensions included.
    pub longest_in_all: Duration,
}

/// The roles that may be granted, the smallest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ladder(pub Vec<GrantableRole>);

impl Ladder {
    /// The role of that name.
    #[must_use]
    pub fn role(&self, name: &GrantableRoleName) -> Option<&GrantableRole> {
        self.0.iter().find(|role| role.name == *name)
    }

    /// The rung on which a role of that name stands, counted from 1.
    #[must_use]
    pub fn rung(&self, name: &GrantableRoleName) -> Option<usize> {
        self.0.iter().position(|role| role.name == *name).map(|below| below + 1)
    }

    /// The cluster roles that are bound for them.
    #[must_use]
    pub fn cluster_roles(&self) -> BTreeSet<&ClusterRoleName> {
        self.0.iter().map(|role| &role.cluster_role).collect()
    }
}

/// A cluster role as a cluster holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterRole {
    /// What tells it from another of its name.
    pub uid: String,
    /// What it lets its holder do in a namespace, in an order of its own.
    pub rules: Vec<RoleRule>,
    /// Whether its rules are put together from other roles.
    pub aggregated: bool,
}
