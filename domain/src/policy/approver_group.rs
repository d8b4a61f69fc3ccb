//! Groups of people of whom an approval may have to come, as `actions.toml` names them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A group of people, as seen from a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApproverGroup {
    /// Who is in a team that owns the tenant.
    CodeOwners,
    /// Who has the role `on-call`, by their team or by a shift that lasts.
    OnCall,
    /// Who shares no team with the requester.
    AnotherTeam,
}

impl ApproverGroup {
    /// The role by which somebody is on call.
    pub const ON_CALL_ROLE: &str = "on-call";

    /// As `actions.toml` and the API write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CodeOwners => "code-owners",
            Self::OnCall => "on-call",
            Self::AnotherTeam => "another-team",
        }
    }

    /// Some of them in one line.
    #[must_use]
    pub fn list(groups: &[Self]) -> String {
        groups.iter().map(|group| group.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for ApproverGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
