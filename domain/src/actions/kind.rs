//! The kinds of action.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::TargetKind;

/// A kind of emergency action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionKind {
    /// Evicts a pod, honouring disruption budgets, so that its controller replaces it.
    RestartPod,
}

impl ActionKind {
    /// Every kind.
    pub const ALL: [Self; 1] = [Self::RestartPod];

    /// Its name: in the API, in `actions.toml`, in the group `sekisho:act:<name>`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RestartPod => "restart-pod",
        }
    }

    /// The kind of object it is done to.
    #[must_use]
    pub const fn target_kind(self) -> TargetKind {
        match self {
            Self::RestartPod => TargetKind::Pod,
        }
    }

    /// The one group that a call for it carries; reviewed code binds it per tenant.
    #[must_use]
    pub fn cluster_group(self) -> String {
        format!("sekisho:act:{self}")
    }
}

impl fmt::Display for ActionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// There is no action of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no action {0:?}")]
pub struct UnknownAction(pub String);

impl FromStr for ActionKind {
    type Err = UnknownAction;

    fn from_str(text: &str) -> Result<Self, UnknownAction> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownAction(text.chars().take(80).collect()))
    }
}
