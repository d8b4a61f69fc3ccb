//! Where a grant stands. Each state carries the evidence that it was reached rightly, and outranks every time beside it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{approvals::SignedDecision, names::Login, time::Timestamp};

/// Where a grant stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum GrantState {
    /// Waits for approvals; the cluster holds nothing of it.
    Pending,
    /// An approver said no.
    Denied {
        /// Who, when, why, signed.
        denial: Box<SignedDecision>,
    },
    /// Whoever asked took it back, or lost the right to have it.
    Withdrawn {
        /// When.
        at: Timestamp,
        /// By whom, where it was not its holder.
        by: Option<Login>,
    },
    /// Its time to be approved ran out.
    Expired {
        /// When.
        at: Timestamp,
    },
    /// Role or namespace were no longer what was asked about.
    Void {
        /// When that was seen.
        at: Timestamp,
        /// What was seen.
        reason: GrantVoid,
    },
    /// The word was given; the cluster is being told.
    Activating(Activation),
    /// The cluster holds its one binding.
    Active(Hold),
    /// The word was given that it ends; the power lasts until the binding is gone.
    Ending(Ending),
    /// The cluster holds nothing of it any more.
    Ended {
        /// How it came to that.
        ending: Ending,
        /// When that was seen.
        at: Timestamp,
    },
}

/// The word that a role is given, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activation {
    /// When it was given.
    pub at: Timestamp,
    /// After this nothing may be made in the cluster for it.
    pub deadline: Timestamp,
    /// When it ends by itself.
    pub until: Timestamp,
}

/// What the cluster holds of a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The UID of its account.
    pub account_uid: String,
    /// The UID of its binding.
    pub binding_uid: String,
}

impl Held {
    /// What a drill holds: nothing.
    pub(super) const fn nothing() -> Self {
        Self { account_uid: String::new(), binding_uid: String::new() }
    }
}

/// A role that is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The word by which.
    pub activation: Activation,
    /// What the cluster holds of it.
    pub held: Held,
    /// Since when, as seen by the console.
    pub since: Timestamp,
}

/// The word that a grant ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// The word by which it was given.
    pub activation: Activation,
    /// What the cluster was known to hold of it; nothing where no answer was heard.
    pub held: Option<Held>,
    /// Why it ends.
    pub reason: EndReason,
    /// Who ends it, where somebody does.
    pub by: Option<Login>,
    /// When that was said.
    pub at: Timestamp,
}

/// Why a grant ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// Its time is over.
    Expired,
    /// Its holder gave it back.
    Returned,
    /// Somebody ended it.
    Revoked,
    /// Another grant took its place, for longer.
    Extended,
    /// Its holder was recovered: what they held before may be in a thief's hands.
    Recovered,
    /// Its holder was locked.
    Locked,
    /// Its holder might not ask for it any more.
    LostRight,
    /// The role is not what was signed any more.
    RoleChanged,
    /// The namespace is gone, or another one has its name.
    TenantGone,
    /// What the cluster held of it was changed by somebody else.
    Tampered,
    /// The cluster refused it, or nobody heard that it was given and it was not there.
    NotGiven,
}

/// Why a grant that waits is void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantVoid {
    /// The role is not what was asked about.
    RoleChanged,
    /// The namespace is gone, or another one has its name.
    TenantGone,
}

/// The name of a state, as the API writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantStateName {
    /// See [`GrantState::Pending`].
    Pending,
    /// See [`GrantState::Denied`].
    Denied,
    /// See [`GrantState::Withdrawn`].
    Withdrawn,
    /// See [`GrantState::Expired`].
    Expired,
    /// See [`GrantState::Void`].
    Void,
    /// See [`GrantState::Activating`].
    Activating,
    /// See [`GrantState::Active`].
    Active,
    /// See [`GrantState::Ending`].
    Ending,
    /// See [`GrantState::Ended`].
    Ended,
}

impl GrantStateName {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Pending,
        Self::Denied,
        Self::Withdrawn,
        Self::Expired,
        Self::Void,
        Self::Activating,
        Self::Active,
        Self::Ending,
        Self::Ended,
    ];

    /// As the API and the database write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Denied => "denied",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Void => "void",
            Self::Activating => "activating",
            Self::Active => "active",
            Self::Ending => "ending",
            Self::Ended => "ended",
        }
    }

    /// Those in which it waits or is held: somebody may still end it.
    pub const OPEN: [Self; 3] = [Self::Pending, Self::Activating, Self::Active];

    /// Those in which the word stands that it is given, and none that it ends.
    pub const HELD: [Self; 2] = [Self::Activating, Self::Active];

    /// Those in which the cluster may hold something of it.
    pub const IN_CLUSTER: [Self; 3] = [Self::Activating, Self::Active, Self::Ending];

    /// Whether nothing can change it any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Pending | Self::Activating | Self::Active | Self::Ending)
    }
}

impl GrantState {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> GrantStateName {
        match self {
            Self::Pending => GrantStateName::Pending,
            Self::Denied { .. } => GrantStateName::Denied,
            Self::Withdrawn { .. } => GrantStateName::Withdrawn,
            Self::Expired { .. } => GrantStateName::Expired,
            Self::Void { .. } => GrantStateName::Void,
            Self::Activating(_) => GrantStateName::Activating,
            Self::Active(_) => GrantStateName::Active,
            Self::Ending(_) => GrantStateName::Ending,
            Self::Ended { .. } => GrantStateName::Ended,
        }
    }

    /// The word by which it was given, once it was.
    #[must_use]
    pub const fn activation(&self) -> Option<&Activation> {
        match self {
            Self::Activating(activation) => Some(activation),
            Self::Active(hold) => Some(&hold.activation),
            Self::Ending(ending) | Self::Ended { ending, .. } => Some(&ending.activation),
            _ => None,
        }
    }

    /// What the cluster was last known to hold of it.
    #[must_use]
    pub const fn held(&self) -> Option<&Held> {
        match self {
            Self::Active(hold) => Some(&hold.held),
            Self::Ending(ending) => ending.held.as_ref(),
            _ => None,
        }
    }

    /// When it ended, once it did.
    #[must_use]
    pub fn ended_at(&self) -> Option<Timestamp> {
        match self {
            Self::Denied { denial } => Some(denial.at),
            Self::Withdrawn { at, .. }
            | Self::Expired { at }
            | Self::Void { at, .. }
            | Self::Ended { at, .. } => Some(*at),
            Self::Pending | Self::Activating(_) | Self::Active(_) | Self::Ending(_) => None,
        }
    }

    pub(super) const fn was_approved(&self) -> bool {
        self.activation().is_some()
    }
}

impl EndReason {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Returned => "returned",
            Self::Revoked => "revoked",
            Self::Extended => "extended",
            Self::Recovered => "recovered",
            Self::Locked => "locked",
            Self::LostRight => "lost_right",
            Self::RoleChanged => "role_changed",
            Self::TenantGone => "tenant_gone",
            Self::Tampered => "tampered",
            Self::NotGiven => "not_given",
        }
    }
}

impl GrantVoid {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RoleChanged => "role_changed",
            Self::TenantGone => "tenant_gone",
        }
    }
}

impl fmt::Display for EndReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for GrantVoid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for GrantStateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
