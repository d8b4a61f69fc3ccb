//! What can be asked for, and on what.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    actions::ActionKind,
    names::{GrantableRoleName, Login, TeamName},
    tenants::TenantName,
};

/// Something that a person may or may not do in the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "act", content = "action", rename_all = "kebab-case")]
pub enum Act {
    /// See a tenant's resources.
    View,
    /// Ask for an action (and see its preview).
    Ask(ActionKind),
    /// Approve or deny somebody's request.
    Decide(ActionKind),
    /// Lift a guard rail that stands against somebody's request, by approving it all the same.
    Lift(ActionKind),
    /// Carry out one's own approved request.
    Execute(ActionKind),
    /// Ask for a role for oneself.
    AskRole,
    /// Approve or deny that somebody holds a role.
    DecideGrant,
    /// End a role that somebody holds.
    EndGrant,
    /// Declare an emergency and open the session that it needs.
    BreakGlass,
    /// Judge a break-glass session in a tenant.
    ReviewSession,
    /// Read everybody's history.
    ReadHistory,
    /// Invite, lock and unlock people.
    ManagePeople,
}

impl Act {
    /// Its name in the rules, without the action.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Ask(_) => "ask",
            Self::Decide(_) => "decide",
            Self::Lift(_) => "lift",
            Self::Execute(_) => "execute",
            Self::AskRole => "ask-role",
            Self::DecideGrant => "decide-grant",
            Self::EndGrant => "end-grant",
            Self::BreakGlass => "break-glass",
            Self::ReviewSession => "review-session",
            Self::ReadHistory => "read-history",
            Self::ManagePeople => "manage-people",
        }
    }

    /// The emergency action it is about, if any.
    #[must_use]
    pub const fn action(self) -> Option<ActionKind> {
        match self {
            Self::Ask(action)
            | Self::Decide(action)
            | Self::Lift(action)
            | Self::Execute(action) => Some(action),
            Self::View
            | Self::AskRole
            | Self::DecideGrant
            | Self::EndGrant
            | Self::BreakGlass
            | Self::ReviewSession
            | Self::ReadHistory
            | Self::ManagePeople => None,
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.action() {
            Some(action) => write!(f, "{} {action}", self.verb()),
            None => f.write_str(self.verb()),
        }
    }
}

/// What an act is done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A tenant, existing or not.
    Tenant {
        /// Its name.
        name: TenantName,
        /// The teams that own it.
        owners: Vec<TeamName>,
    },
    /// A request for an action in a tenant.
    Request {
        /// Who asked.
        requester: Login,
        /// The tenant it reaches.
        tenant: TenantName,
        /// The teams that own that tenant.
        owners: Vec<TeamName>,
    },
    /// A role for somebody in a tenant: asked about, waiting, or held.
    Grant {
        /// Who is to hold it.
        holder: Login,
        /// The role.
        role: GrantableRoleName,
        /// The tenant it reaches.
        tenant: TenantName,
        /// The teams that own that tenant.
        owners: Vec<TeamName>,
    },
    /// The console itself.
    Console,
}
